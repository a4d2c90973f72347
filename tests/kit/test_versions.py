"""Every way of writing raises the number of a table; reading and what was undone do not."""

from collections.abc import Callable
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from events.models import Tag
from kit import versions
from tests.factories import make_hub
from tests.worlds import empty, nothing_stays

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TAGS = "events_tag"


def number_of(table: str) -> object:
    return dict(versions.of_all()).get(table)


def by_hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


WRITERS: dict[str, Callable[[], object]] = {
    "save": lambda: Tag.objects.create(name="Faith", slug="faith"),
    "bulk_create": lambda: Tag.objects.bulk_create([Tag(name="Faith", slug="faith")]),
    "ignoring": lambda: Tag.objects.bulk_create([Tag(name="Faith", slug="faith")], ignore_conflicts=True),
    "replacing": lambda: Tag.objects.bulk_create(
        [Tag(name="Voice", slug="voice")],
        update_conflicts=True,
        update_fields=["name"],
        unique_fields=["slug"],
    ),
    "update": lambda: Tag.objects.filter(slug="voice").update(name="Voices"),
    "delete": lambda: Tag.objects.all().delete(),
    "raw delete": lambda: Tag.objects.all()._raw_delete("default"),
    "by hand": lambda: by_hand("DELETE FROM events_tag"),
    "emptied": empty,
}


@pytest.mark.parametrize("way", WRITERS)
def test_every_way_of_writing_raises_the_number_and_of_this_table_alone(way):
    Tag.objects.create(name="Voice", slug="voice")
    Tag.objects.create(name="Work", slug="work")
    make_hub()
    before, other = number_of(TAGS), number_of("people_hub")

    WRITERS[way]()

    assert number_of(TAGS) != before
    assert way == "emptied" or number_of("people_hub") == other


def test_what_was_undone_never_was():
    Tag.objects.create(name="Voice", slug="voice")
    before = versions.of_all()

    with nothing_stays():
        Tag.objects.filter(slug="voice").update(name="Voices")
        within = versions.of_all()

    assert within != before == versions.of_all()


def test_a_number_that_was_passed_never_comes_again():
    seen = []
    for _ in range(5):
        with nothing_stays():
            Tag.objects.create(name="Voice", slug="voice")
            seen.append(number_of(TAGS))

    assert len({*seen}) == 5


def test_a_table_that_lost_its_triggers_gets_them_again_and_everything_another_number():
    Tag.objects.create(name="Voice", slug="voice")
    with connection.cursor() as cursor:
        on = f" ON {TAGS}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {versions.TRIGGER}{TAGS}{on}")
    before = number_of(TAGS)
    assert TAGS not in versions.watched_tables()

    versions.install()

    renewed = number_of(TAGS)
    Tag.objects.all().delete()
    assert TAGS in versions.watched_tables()
    assert len({before, renewed, number_of(TAGS)}) == 3


def test_what_connections_left_that_are_gone_is_joined_under_another_number():
    versions.tidy()  # what other tests left
    gone = [(TAGS, writer, 1) for writer in (4194998, 4194999)]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {versions.TABLE} VALUES (%s, %s, %s)", gone)  # noqa: S608
    before = number_of(TAGS)

    tidied = versions.tidy()

    if connection.vendor == "postgresql":
        assert (tidied, number_of(TAGS) != before) == (1, True)
        assert versions.tidy() == 0
    else:
        assert (tidied, number_of(TAGS)) == (0, before)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_to_one_table_do_not_wait_for_each_other():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    Tag.objects.create(name="Voice", slug="voice")
    Tag.objects.create(name="Work", slug="work")
    before, done = number_of(TAGS), Signal()

    def other() -> None:
        Tag.objects.filter(slug="work").update(name="Working")
        connection.close()
        done.set()

    with transaction.atomic():
        Tag.objects.filter(slug="voice").update(name="Voices")
        thread = Thread(target=other)
        thread.start()
        has_not_waited = done.wait(20)
        theirs = number_of(TAGS)
    thread.join()

    assert has_not_waited
    assert len({before, theirs, number_of(TAGS)}) >= 2


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_gone_is_found_out_without_another_question(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("A file has no connection to lose.")
    monkeypatch.setattr(connection, "is_usable", lambda: pytest.fail("Django asked."))
    before = versions.of_all()
    connection.health_check_enabled, connection.health_check_done = True, False

    assert versions.of_all() == before
    connection.health_check_done = False
    _end_from_elsewhere(connection.connection.info.backend_pid)

    assert versions.of_all() == before


def _end_from_elsewhere(backend_pid: int) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend_pid])
    finally:
        other.close()
