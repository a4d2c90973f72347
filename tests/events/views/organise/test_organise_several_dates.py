"""The rules of an event with several dates."""

from typing import Any

import pytest

from events.models import Event
from tests.factories import make_event

pytestmark = pytest.mark.django_db

EVERY = "You need to be free for all four."
IF = "If you were not there on a date: "
KEEPS = f"{IF}You keep your place, and come to the dates that are left."
ASKED = f"{IF}You keep your place. We ask you how you would like to catch up."
TASK = "How you can catch up: Read the summary."
RELEASED = f"{IF}Your place then ends. We write to you first, so tell us if you were there."
COUNTS = "A date that you catch up on counts like one that you came to."


def page_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/several-dates/"


def typed(missed: str = "allow", **more: str) -> dict[str, str]:
    return {"missed_date": missed, "catch_up_task": "", "dates_to_complete": ""} | more


def test_each_rule_is_read_before_it_is_saved_and_after(signed_in, group):
    event = make_event(group=group, dates=4)
    said = {
        (KEEPS,): typed(),
        (EVERY, RELEASED): typed("release", needs_every_date="on"),
        (ASKED, TASK, f"You complete it with 3 of 4 dates. {COUNTS}"): typed(
            "catch_up", catch_up_task="Read the summary.", dates_to_complete="3", catching_up_counts="on"
        ),
        (KEEPS, "You complete it with all 4 dates."): typed(dates_to_complete="4"),
    }
    before = Event.objects.values().get(pk=event.pk)
    for words, sent in said.items():
        shown = signed_in.post(page_of(event), sent | {"show": "1"})
        assert tuple(shown.context["form"].rules()) == words
        assert all(rule in shown.content.decode() for rule in words)
    assert Event.objects.values().get(pk=event.pk) == before

    assert signed_in.post(page_of(event), sent).status_code == 302
    assert tuple(signed_in.get(page_of(event)).context["form"].rules()) == words


def test_what_cannot_be_kept_is_refused(signed_in, group):
    event = make_event(group=group, dates=4)
    refused: dict[tuple[str, str], dict[str, str]] = {
        ("catch_up_task", "Write how somebody can catch up on a date"): typed("catch_up"),
        ("dates_to_complete", "There are 4 dates. Enter 4 or fewer"): typed(dates_to_complete="5"),
        ("dates_to_complete", "Enter at least one date, or leave this empty"): typed(dates_to_complete="0"),
        ("dates_to_complete", "Enter the dates as a whole number, for example 4"): typed(
            dates_to_complete="x"
        ),
    }
    for (name, words), sent in refused.items():
        errors: dict[str, Any] = signed_in.post(page_of(event), sent).context["form"].errors
        assert errors == {name: [words]}


def test_one_date_has_no_such_rules(signed_in, group):
    event = make_event(group=group)

    assert "Rules for several dates" not in signed_in.get(f"/organise/events/{event.slug}/").content.decode()
    assert "The event has one date" in signed_in.get(page_of(event)).content.decode().replace(
        "the event", "The event"
    )


def test_fewer_dates_than_complete_it_are_something_to_do(signed_in, group):
    event = make_event(group=group, dates=2, dates_to_complete=3)

    assert (
        "More dates needed than there are"
        in signed_in.get(f"/organise/events/{event.slug}/").content.decode()
    )
