"""The event that tests begin with is what the hub itself would write."""

from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.actions import calendar_texts
from events.models import Event
from tests.factories import make_event, make_group, make_hub, make_venue
from tests.worlds import nothing_stays

pytestmark = pytest.mark.django_db

KINDS: list[dict[str, Any]] = [
    {},
    {"state": Event.State.DRAFT},
    {"state": Event.State.CANCELLED},
    {"description": "Read *this*: https://zoom.us/j/123", "content_note": "Gentle.", "facilitators": "Ruth"},
    {"format": Event.Format.IN_PERSON, "title": "Café O’Brien, again", "kind": Event.Kind.TRAINING},
    {"dates": 3, "needs_every_date": True},
]


@pytest.mark.parametrize("language", ["en-gb", "pl"])
def test_an_event_has_what_rewriting_its_texts_would_write(language, polish_too):
    make_hub(language=language)
    group = make_group("Socials")

    for fields in KINDS:
        with nothing_stays(), time_machine.travel(timezone.now(), tick=False):
            event = make_event(group=group, venue=make_venue(group, name="Mill & Co"), **fields)
            made = everything_of(event)

            calendar_texts.rewrite(event)

            assert everything_of(event) == made


def everything_of(event: Event) -> list[dict[str, object]]:
    (row,), dates = Event.objects.filter(pk=event.pk).values(), list(event.sessions.values())
    assert row["search_text"]
    assert [bool(date["vevent"]) for date in dates] == [event.is_public] * len(dates)
    return [row, *dates]
