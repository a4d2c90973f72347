"""Who hears of a change: everyone who has something to do with the event, one mail each, whatever they are."""

from collections import Counter

import pytest

from events.models import Event
from mail.actions import outbox
from tests.breakouts.everyone import (
    CHANGES,
    HEAR,
    arrived,
    cancel,
    everyone_at_an_event,
    later,
    postpone,
    words_to,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return everyone_at_an_event()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_everyone_who_has_to_do_with_it_hears_once_and_nobody_else(event, change):
    change(event)

    outbox.send_due()
    before = arrived()
    with later(minutes=10, seconds=1):
        outbox.send_due()
    assert (before, arrived()) == (Counter(), Counter(HEAR.values()))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_people_are_not_told_what_does_not_fit_them(event, change):
    change(event)

    for role in ("waits", "would host", "is in reserve", "asked a question", "proposed, waiting"):
        assert "give it up" not in words_to(HEAR[role]), role
    for role in ("is offered one", "was just asked to host"):
        assert ("Please answer by" in words_to(HEAR[role])) == (change not in (cancel, postpone)), role
