"""Prompts after a date: to those who asked, once each, until they stop."""

from datetime import timedelta

import pytest
import time_machine

from kit.meanwhile import NothingChanged
from learning.actions import spacing
from mail.actions import outbox
from mail.models import OutgoingMail
from tests import mails
from tests.factories import register
from tests.learning.programmes import dates, make_programme
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
@made_once
def nadia():
    event = make_programme()
    first, *_others = dates(event)
    spacing.save(event, {(first.pk, 1): "Who was silent *today*?", (first.pk, 4): "And now?"})
    register(event, "kit@example.org", name="Kit")
    return register(event, "nadia@example.org", name="Nadia")


def sent() -> list[tuple[str, int]]:
    rows = OutgoingMail.objects.of_kind("spacing-prompt").order_by("pk")
    return [(row.to_email, row.context["weeks"]) for row in rows]


def test_each_prompt_leaves_once_to_those_who_asked_for_it(nadia):
    ends_at = dates(nadia.event)[0].ends_at
    spacing.wish(nadia)
    to_nadia = [("nadia@example.org", 1), ("nadia@example.org", 4)]
    for after, expected in (
        (A_WEEK - A_DAY, []),
        (A_WEEK, to_nadia[:1]),
        (A_WEEK + A_DAY, to_nadia[:1]),
        (3 * A_WEEK, to_nadia[:1]),
        (4 * A_WEEK, to_nadia),
        (8 * A_WEEK, to_nadia),
    ):
        spacing.prompt_due(ends_at + after)
        assert (after, sent()) == (after, expected)


def test_a_late_clock_a_late_wish_and_words_written_anew_send_nothing_twice_or_too_late(nadia):
    first = dates(nadia.event)[0]
    with nothing_stays():
        spacing.wish(nadia)
        assert spacing.prompt_due(first.ends_at + 2 * A_WEEK) == 0
    with nothing_stays(), time_machine.travel(first.ends_at + A_WEEK + A_DAY, tick=False):
        spacing.wish(nadia)
        assert spacing.prompt_due() == 0
    spacing.wish(nadia)
    assert spacing.prompt_due(first.ends_at + A_WEEK) == 1
    spacing.save(nadia.event, {(first.pk, 1): ""})
    spacing.save(nadia.event, {(first.pk, 1): "Who spoke?"})
    assert spacing.prompt_due(first.ends_at + A_WEEK) == 0


def test_whoever_stops_gets_none_that_was_owed_either(nadia):
    first = dates(nadia.event)[0]
    spacing.wish(nadia)
    with time_machine.travel(first.ends_at + A_WEEK, tick=False):
        spacing.prompt_due()
        written = mails.composed("spacing-prompt")
        assert written
        assert ("Who was silent" in written.text, "<em>today</em>" in written.html) == (True, False)
        assert written.unsubscribe_url.endswith("/no-prompts/")
        spacing.stop(nadia)
        assert mails.composed("spacing-prompt") is None
        outbox.send_due()
    assert spacing.prompt_due(first.ends_at + 4 * A_WEEK) == 0
    with pytest.raises(NothingChanged):
        spacing.stop(nadia)


def test_one_wishes_once_and_with_a_place(nadia):
    spacing.wish(nadia)
    with pytest.raises(NothingChanged):
        spacing.wish(nadia)
    with pytest.raises(NothingChanged):
        spacing.wish(register(make_programme(), confirmed=False))
