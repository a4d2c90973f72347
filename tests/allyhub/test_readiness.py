"""A hub that lacks something does not start half: it says what is missing and which command mends it."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from allyhub import readiness
from people.actions import hub_status, keys
from people.models import SealingKey
from tests.factories import make_event, make_hub, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

OTHER_KEY = {"0e0e0e0e": os.urandom(32)}


@pytest.fixture(autouse=True)
def prepared(monkeypatch, settings, tmp_path):
    """A hub that has what it needs. Tables of tests are made without migrations."""
    monkeypatch.setattr(readiness, "_migrations_left", lambda: 0)
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()


def refusal(command: str = "serve") -> str:
    with pytest.raises(CommandError) as refused:
        call_command(command, **{"port": 0} if command == "serve" else {"once": True})
    return str(refused.value)


def start(settings, sealing_keys) -> None:
    settings.SEALING_KEYS = dict(sealing_keys)
    readiness.require(web=True)


# --- Tables and files ---


def test_a_hub_that_has_everything_starts_and_remembers_its_key(settings):
    readiness.require(web=True)
    readiness.require(web=False)

    assert [key.fingerprint for key in SealingKey.objects.all()] == [next(iter(settings.SEALING_KEYS))]


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_migrations_that_did_not_run(command, monkeypatch):
    monkeypatch.setattr(readiness, "_migrations_left", lambda: 3)

    assert "3 migrations have not run. Run: manage.py serve --prepare" in refusal(command)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_the_table_of_attempts_is_missing(command, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "none_such"}}

    assert "lacks the table in which attempts are counted. Run: manage.py serve --prepare" in refusal(command)


def test_attempts_counted_elsewhere_need_no_table(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "x"}}

    readiness.require(web=True)


def test_static_files_that_are_not_there_or_older_than_the_program(tmp_path):
    manifest = tmp_path / "staticfiles.json"
    manifest.unlink()

    missing = refusal()
    manifest.touch()
    readiness.require(web=True)
    os.utime(manifest, (0, 0))
    old = refusal()

    assert "static files are not collected" in missing
    assert "older than the program" in old
    readiness.require(web=False)  # the worker serves none


def test_a_database_that_is_away(monkeypatch):
    def away() -> int:
        raise OperationalError("connection refused")

    monkeypatch.setattr(readiness, "_migrations_left", away)

    assert "The database does not answer (OperationalError)" in refusal()


@pytest.mark.django_db(transaction=True)
def test_what_did_not_run_is_counted_by_the_database_itself(monkeypatch):
    monkeypatch.undo()
    recorder = MigrationRecorder(connection)
    before = readiness._migrations_left()

    recorder.ensure_schema()
    recorder.record_applied("sessions", "0001_initial")
    after = readiness._migrations_left()
    with connection.schema_editor() as editor:
        editor.delete_model(recorder.Migration)

    assert before - after == 1


# --- Keys ---


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_wrong_key_is_refused_and_seals_nothing(command, settings):
    readiness.require(web=True)
    (right,) = [key.fingerprint for key in SealingKey.objects.all()]
    settings.SEALING_KEYS = OTHER_KEY

    words = refusal(command)

    assert f"It sealed with the key {right}, which is not in ALLYHUB_KEYS." in words
    assert f"manage.py reseal --without {right}" in words
    assert SealingKey.objects.count() == 1


def test_another_key_under_the_old_name_is_refused(settings):
    readiness.require(web=True)
    settings.SEALING_KEYS = {name: os.urandom(32) for name in settings.SEALING_KEYS}

    assert "It sealed with the key" in refusal()


def test_before_the_first_canary_the_sealed_texts_themselves_are_asked(settings):
    register(make_event(), needs={"bsl": "words"})
    settings.SEALING_KEYS = OTHER_KEY

    assert "1 sealed rows do not open with ALLYHUB_KEYS" in refusal()


def test_changing_keys_as_the_page_for_hosts_says(settings):
    old, new = list(settings.SEALING_KEYS.items())
    register(make_event(), needs={"bsl": "words"})

    start(settings, [old])
    start(settings, [new, old])
    call_command("reseal", stdout=StringIO())
    start(settings, [new, old])
    start(settings, [new])

    assert [key.fingerprint for key in SealingKey.objects.all()] == [new[0]]


@pytest.mark.parametrize("too_early", ["before resealing", "put back behind"])
def test_sisters_of_changing_keys_in_the_wrong_order(settings, too_early):
    old, new = list(settings.SEALING_KEYS.items())
    start(settings, [old])
    start(settings, [new, old])

    settings.SEALING_KEYS = dict([new] if too_early == "before resealing" else [old])

    assert "is not in ALLYHUB_KEYS" in refusal()


def test_a_backup_from_before_a_change_asks_for_its_key(settings):
    old, new = list(settings.SEALING_KEYS.items())
    start(settings, [old])
    settings.SEALING_KEYS = dict([new])
    refused = old[0] in refusal()

    start(settings, [new, old])

    assert refused


def test_a_hub_whose_key_is_lost_for_good_can_go_on(settings):
    make_hub()
    readiness.require(web=True)
    (lost,) = keys_before = [key.fingerprint for key in SealingKey.objects.all()]
    settings.SEALING_KEYS = OTHER_KEY

    with pytest.raises(CommandError, match="No key ffffffff is missing"):
        call_command("reseal", without="ffffffff")
    call_command("reseal", without=lost, stdout=StringIO())
    readiness.require(web=True)

    assert keys_before != [key.fingerprint for key in SealingKey.objects.all()] == [*OTHER_KEY]


def test_the_page_turns_red_while_a_key_is_missing(settings):
    keys.remember_the_first()
    right = next(iter(settings.SEALING_KEYS))
    fine = hub_status.keys()
    settings.SEALING_KEYS = OTHER_KEY
    red = hub_status.keys()

    assert fine.is_fine
    assert right in fine.words
    assert red.is_urgent
    assert right in red.words
