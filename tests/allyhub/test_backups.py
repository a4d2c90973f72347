"""Backups: whole or absent, the newest ones kept, without the keys, and they can be put back."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allyhub import backups
from people.models import ClockBeat
from tests.factories import make_hub

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "pictures").mkdir(parents=True)
    (settings.MEDIA_ROOT / "pictures" / "quilt.webp").write_bytes(b"quilt")
    return settings.MEDIA_ROOT


@pytest.fixture
def hub_database(settings, monkeypatch, tmp_path) -> Path:
    """A small database of its own, with somebody in it: whatever these tests themselves run on."""
    path = tmp_path / "hub.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table people_person (email text)")
        database.execute("insert into people_person values ('amara@example.org')")
        database.commit()
    place = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    monkeypatch.setitem(settings.DATABASES, "default", place)
    return path


def test_a_backup_holds_the_rows_and_the_pictures(hub_database, pictures, tmp_path):
    made = backups.make(tmp_path / "backups", keep=3, now=NOON)

    with closing(sqlite3.connect(made / "allyhub.sqlite3")) as copy:
        emails = copy.execute("select email from people_person").fetchall()
    assert made.name == "allyhub-20260327-120000"
    assert emails == [("amara@example.org",)]
    assert (made / "media" / "pictures" / "quilt.webp").read_bytes() == b"quilt"


def test_with_a_backup_nobody_goes_on_where_somebody_was_logged_in(hub_database, pictures, tmp_path):
    with closing(sqlite3.connect(hub_database)) as database, database:
        database.execute("create table django_session (session_key text)")
        database.execute("insert into django_session values ('the-key-of-a-session')")

    made = backups.make(tmp_path / "backups", keep=3)

    assert b"the-key-of-a-session" in hub_database.read_bytes()
    assert b"the-key-of-a-session" not in (made / "allyhub.sqlite3").read_bytes()


def test_nobody_else_on_the_machine_can_read_it(hub_database, pictures, tmp_path):
    made = backups.make(tmp_path / "backups", keep=3)

    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "allyhub.sqlite3").stat().st_mode) == 0o600


def test_the_newest_are_kept_and_nothing_else_in_the_folder_is_touched(hub_database, pictures, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")

    for day in range(4):
        backups.make(folder, keep=2, now=NOON + timedelta(days=day))

    assert sorted(path.name for path in folder.iterdir()) == [
        "allyhub-20260329-120000",
        "allyhub-20260330-120000",
        "notes.txt",
    ]


def test_the_command_tells_the_page_that_it_worked(hub_database, pictures, tmp_path, capsys):
    make_hub()

    call_command("backup", str(tmp_path / "backups"))

    assert ClockBeat.objects.get(job=ClockBeat.BACKUP).problem == ""
    assert len(backups.existing(tmp_path / "backups")) == 1


def test_a_copy_is_of_one_moment_while_somebody_writes(hub_database, pictures, tmp_path):
    with closing(sqlite3.connect(hub_database)) as writer:
        writer.execute("pragma journal_mode=wal")
        writer.execute("begin immediate")
        writer.execute("insert into people_person values ('half@example.org')")

        made = backups.make(tmp_path / "backups", keep=3)

    with closing(sqlite3.connect(made / "allyhub.sqlite3")) as copy:
        assert copy.execute("select count(*) from people_person").fetchone() == (1,)


def test_a_backup_that_fails_leaves_nothing_behind_and_says_so(
    transactional_db, pictures, settings, tmp_path
):
    settings.MEDIA_ROOT.joinpath("unreadable").symlink_to(tmp_path / "nowhere")

    with pytest.raises(CommandError, match="The backup failed"):
        call_command("backup", str(tmp_path / "backups"))

    assert list((tmp_path / "backups").iterdir()) == []
    assert ClockBeat.objects.get(job=ClockBeat.BACKUP).problem != ""


def test_a_folder_that_cannot_be_written_is_said_to_be_one(pictures, tmp_path):
    (tmp_path / "backups").write_text("a file, not a folder")

    with pytest.raises(CommandError, match="The backup failed"):
        call_command("backup", str(tmp_path / "backups"))


def test_keeping_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match="1 or more"):
        call_command("backup", str(tmp_path), keep=0)


def test_postgres_is_dumped_by_its_own_program_without_the_password_among_the_arguments(
    settings, pictures, tmp_path, monkeypatch
):
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\necho "$@" "$PGHOST" "$PGSSLMODE" "$PGDATABASE" "$PGPASSWORD" > "${3#--file=}"\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    postgres = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "allyhub",
        "PASSWORD": "secret-word",
        "HOST": "",
        "OPTIONS": {"sslmode": "require", "host": "db.example.org"},
    }
    monkeypatch.setitem(settings.DATABASES, "default", postgres)

    made = backups.make(tmp_path / "backups", keep=1)

    arguments, *place = (made / "allyhub.dump").read_text().rsplit(maxsplit=4)
    assert place == ["db.example.org", "require", "allyhub", "secret-word"]
    assert "secret-word" not in arguments
    assert "--exclude-table-data=django_session" in arguments
