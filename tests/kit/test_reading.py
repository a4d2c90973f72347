"""Questions of a page, and gaps in it, asked again."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from events.models import Event, Tag
from kit.reading import Gap, Reading, Words, _digest, tables_in, watched
from tests.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TABLES = frozenset({"events_tag", "events_event"})
NAMES = Tag.objects.order_by("pk").values_list("name")


def names(rows: Iterable[Any]) -> Words:
    return {"mark": ", ".join(name for (name,) in rows)}


def gap_with(words_for: Any) -> Gap:
    with watched(TABLES) as reading:
        assert reading.leave_gap([NAMES.all()], words_for)
    return reading.gaps[0]


def test_a_gap_is_filled_anew_only_when_the_answer_is_another_one():
    Tag.objects.create(name="Voice", slug="voice")
    gap = gap_with(names)
    assert gap.asked_again() is gap

    Tag.objects.update(name="Work")

    again = gap.asked_again()
    assert again is not None
    assert (again.words, again.asked_again()) == ({"mark": "Work"}, again)


def test_equal_rows_are_one_answer_whatever_is_the_same_in_memory_and_others_are_another():
    text, moment = "Being better allies", datetime(2026, 5, 3, tzinfo=UTC)
    twin = " ".join(text.split())
    assert twin is not text

    assert _digest([(text, text)]) == _digest([(text, twin)])
    assert _digest([(text, moment)]) == _digest([(twin, moment.replace())])
    different = [[(1,)], [(True,)], [("1",)], [(None,)], [(1.0,)], [(1,), (1,)], [(moment,)], []]
    assert len({_digest(rows) for rows in different}) == len(different)


def test_there_is_no_gap_whose_words_need_more_than_its_rows():
    Tag.objects.create(name="Voice", slug="voice")

    def asks_more(rows: Iterable[Any]) -> Words:
        return {"mark": f"{names(rows)} {Event.objects.count()}"}

    def asks_more_later(rows: Iterable[Any]) -> Words:
        return asks_more(rows) if ("Work",) in rows else names(rows)

    gap = gap_with(asks_more_later)
    Tag.objects.update(name="Work")

    assert gap.asked_again() is None
    assert not _leaves_gap([NAMES.all()], asks_more)


def test_there_is_no_gap_for_rows_that_the_database_gives_in_another_way():
    make_event()

    assert not _leaves_gap([Event.objects.all()], lambda rows: {"mark": str(len(rows))})


def _leaves_gap(queries: list[Any], words_for: Any) -> bool:
    with watched(TABLES) as reading:
        return Reading.leave_gap(reading, queries, words_for)


@pytest.mark.parametrize(
    "sql",
    [
        'WITH x AS (SELECT 1 FROM "events_event") SELECT * FROM "events_tag"',
        'UPDATE "events_tag" SET name = 1',
        "SELECT 1",
        "SELECT a_function()",
        'SELECT * FROM "events_tag", "mail_outgoingmail"',
        'SELECT * FROM "events_tag" T1, "mail_outgoingmail"',
    ],
)
def test_of_what_is_not_understood_no_page_is_kept(sql):
    assert not tables_in(sql)


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT 1 FROM "events_tag" WHERE "events_tag"."id" IN (1, 2)', {"events_tag"}),
        ("SELECT * from events_tag left join events_event on 1", {"events_tag", "events_event"}),
        (
            'SELECT * FROM (SELECT 1 FROM "events_tag" UNION ALL SELECT 1 FROM "events_event")',
            {"events_tag", "events_event"},
        ),
        (
            'SELECT (SELECT COUNT(*) FROM "events_tag" U0), 1 FROM "events_event"',
            {"events_tag", "events_event"},
        ),
    ],
)
def test_every_table_of_a_query_is_known(sql, tables):
    assert tables_in(sql) == tables
