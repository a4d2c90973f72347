"""Moving a date on which other times hang: the page asks, with the new times filled in, before anything is saved."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from breakouts.models import BreakoutPlan
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social
from tests.factories import make_session, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    with time_machine.travel("2030-04-15 12:00Z", tick=False):
        yield


@pytest.fixture
def event(group) -> Event:
    """On 5 May from 3pm to 5pm; registration closes five days before, the rooms meet within it."""
    event = make_social(group=group, slug="dated", dates=0, registration_closes_at=at(2030, 4, 30, 16))
    make_session(event, at(2030, 5, 5, 14))
    BreakoutPlan.objects.update(rooms_start_at=at(2030, 5, 5, 14, 30), rooms_end_at=at(2030, 5, 5, 15, 30))
    return event


PAGE = "/organise/events/dated/dates/"
CLOSES, BEGIN, END = (
    "event-registration_closes_at",
    "breakoutplan-rooms_start_at",
    "breakoutplan-rooms_end_at",
)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def typed(day: str = "2030-05-25", start: str = "15:00", end: str = "17:00", **more: Any) -> dict[str, Any]:
    row = {"number": 1, "date": day, "start": start, "end": end}
    form = {f"dates-0-{name}": value for name, value in row.items()}
    return form | {"time_zone": "Europe/London", "dates-TOTAL_FORMS": 1, "dates-INITIAL_FORMS": 0} | more


def as_filled_in(response: Any, **changed: str) -> dict[str, Any]:
    """What a browser sends of the times that the page asks about."""
    moving = response.context["page"].moving
    shown = {f"moves-{name}": moving[name].value() or "" for name in moving.fields}
    shown = {name: f"{value:%H:%M}" if hasattr(value, "hour") else value for name, value in shown.items()}
    return (
        shown | {"moves-filled": moving.filled} | {f"moves-{name}": value for name, value in changed.items()}
    )


def asked(response: Any) -> dict[str, tuple[str, str]]:
    """By name of the time: the day and the time of day that are filled in."""
    moving = response.context["page"].moving
    named = [(one.key, moving[f"{one.key}_on"].value()) for one in moving.followers]
    return {
        key: (str(on), str(moving[key].value())[:5]) if key in moving.fields else (str(on), "")
        for key, on in named
    }


def closes_at(event: Event) -> datetime | None:
    return Event.objects.get(pk=event.pk).registration_closes_at


def rooms(event: Event) -> tuple[datetime | None, datetime | None]:
    plan = BreakoutPlan.objects.get(event=event)
    return plan.rooms_start_at, plan.rooms_end_at


def test_the_page_asks_first_and_saves_nothing(signed_in, event):
    register(event)

    response = signed_in.post(PAGE, typed())

    assert asked(response) == {
        CLOSES: ("2030-05-20", "17:00"),
        BEGIN: ("2030-05-25", "15:30"),
        END: ("2030-05-25", "16:30"),
    }
    page = response.content.decode()
    assert "These move along" in page
    assert "These do not fit any more" not in page
    assert "Until now: Tuesday 30 April 2030, 5pm." in page
    assert "When you save, 1 person gets an email about the dates:" in page
    assert event.sessions.get().starts_at == at(2030, 5, 5, 14)
    assert not OutgoingMail.objects.filter(kind="event-changed").exists()
    # One press agrees to both.
    told = response.context["page"].told
    assert signed_in.post(PAGE, typed(told=told) | as_filled_in(response)).status_code == 302


def test_what_is_filled_in_is_saved_with_the_dates(signed_in, event):
    first = signed_in.post(PAGE, typed())

    response = signed_in.post(PAGE, typed() | as_filled_in(first))

    assert response.status_code == 302
    assert (event.sessions.get().starts_at, closes_at(event)) == (at(2030, 5, 25, 14), at(2030, 5, 20, 16))
    assert rooms(event) == (at(2030, 5, 25, 14, 30), at(2030, 5, 25, 15, 30))


def test_another_time_can_be_typed_or_none(signed_in, event):
    first = signed_in.post(PAGE, typed())
    none = {f"{BEGIN}_on": "", BEGIN: "", f"{END}_on": "", END: ""}

    signed_in.post(
        PAGE, typed() | as_filled_in(first, **{f"{CLOSES}_on": "2030-05-24", CLOSES: "12:00"}, **none)
    )

    assert (closes_at(event), rooms(event)) == (at(2030, 5, 24, 11), (None, None))


def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_lost(signed_in, event):
    first = signed_in.post(PAGE, typed())
    wrong = {f"{CLOSES}_on": "2030-05-26", END: "18:00"}

    response = signed_in.post(PAGE, typed() | as_filled_in(first, **wrong))

    assert response.context["page"].moving.errors == {
        f"{CLOSES}_on": ["Enter a time before the event ends"],
        f"{END}_on": ["The rooms must lie within the event: Saturday 25 May 2030, 3pm to 5pm (UK time)"],
    }
    assert (
        response.content.decode().count("Enter a time before the event ends") == 2
    )  # above, and at the field
    assert response.context["page"].moving[f"{CLOSES}_on"].value() == "2030-05-26"
    assert event.sessions.get().starts_at == at(2030, 5, 5, 14)


def test_half_a_time_is_asked_about(signed_in, event):
    first = signed_in.post(PAGE, typed())

    response = signed_in.post(PAGE, typed() | as_filled_in(first, **{CLOSES: ""}))

    assert response.context["page"].moving.errors == {CLOSES: ["Enter the time as well, or leave both empty"]}


def test_what_does_not_fit_any_more_says_why(signed_in, event):
    Event.objects.update(registration_closes_at=at(2030, 5, 2, 16))

    response = signed_in.post(PAGE, typed("2030-04-17", end="15:30"))

    page = response.content.decode()
    assert asked(response) == {
        CLOSES: ("2030-04-17", "15:00"),  # by its rule it would be over already
        BEGIN: ("2030-04-17", "15:00"),
        END: ("2030-04-17", "15:30"),
    }
    assert "These do not fit any more" in page
    assert "That would be over already." in page
    assert "The rooms must lie within the event: Wednesday 17 April 2030, 3pm to 3.30pm (UK time)" in page


def test_other_dates_typed_meanwhile_are_asked_about_anew_and_keep_what_was_typed(signed_in, event):
    first = signed_in.post(PAGE, typed())
    mine = as_filled_in(first, **{f"{CLOSES}_on": "2030-05-24", CLOSES: "12:00"})

    second = signed_in.post(PAGE, typed("2030-05-26") | mine)
    saved = signed_in.post(PAGE, typed("2030-05-26") | as_filled_in(second))

    assert asked(second) == {
        CLOSES: ("2030-05-24", "12:00"),
        BEGIN: ("2030-05-26", "15:30"),
        END: ("2030-05-26", "16:30"),
    }
    assert saved.status_code == 302
    assert (closes_at(event), rooms(event)[0]) == (at(2030, 5, 24, 11), at(2030, 5, 26, 14, 30))


def test_another_date_that_is_added_on_the_way_loses_nothing_typed(signed_in, event):
    first = signed_in.post(PAGE, typed())
    mine = as_filled_in(first, **{f"{CLOSES}_on": "2030-05-24", CLOSES: "12:00"})

    between = signed_in.post(PAGE, typed() | mine | {"add": "1"})
    carried = dict(between.context["page"].carried())
    second = signed_in.post(PAGE, typed("2030-05-26") | carried)

    assert f'name="moves-{CLOSES}" value="12:00"' in between.content.decode()
    assert asked(second)[CLOSES] == ("2030-05-24", "12:00")


def test_a_time_that_somebody_else_saved_meanwhile_is_asked_about_anew(signed_in, event):
    first = signed_in.post(PAGE, typed())
    Event.objects.update(registration_closes_at=at(2030, 5, 1, 16))

    second = signed_in.post(PAGE, typed() | as_filled_in(first))

    assert asked(second)[CLOSES] == ("2030-05-21", "17:00")
    assert closes_at(event) == at(2030, 5, 1, 16)


def test_a_new_title_asks_nothing(signed_in, event):
    response = signed_in.post(PAGE, typed("2030-05-05") | {"dates-0-title": "Welcome"})

    assert response.status_code == 302
    assert closes_at(event) == at(2030, 4, 30, 16)


def test_another_zone_asks_and_each_time_keeps_its_time_of_day(signed_in, event):
    there = typed("2030-05-05") | {"time_zone": "America/New_York"}
    first = signed_in.post(PAGE, there)

    signed_in.post(PAGE, there | as_filled_in(first))

    assert asked(first)[CLOSES] == ("2030-04-30", "17:00")
    assert (closes_at(event), rooms(event)[0]) == (at(2030, 4, 30, 21), at(2030, 5, 5, 19, 30))


def test_the_last_day_to_ask_for_interpreters_is_a_day(signed_in, event):
    Event.objects.update(interpreters_by=date(2030, 4, 21))

    first = signed_in.post(PAGE, typed())
    signed_in.post(PAGE, typed() | as_filled_in(first))

    assert asked(first)["event-interpreters_by"] == ("2030-05-11", "")
    assert Event.objects.get(pk=event.pk).interpreters_by == date(2030, 5, 11)


@pytest.mark.parametrize(
    "filled", ["", "[]", "nonsense", '{"event-registration_closes_at": 1}', "\x00", "[" * 9999]
)
def test_a_page_that_was_tampered_with_asks_again(signed_in, event, filled):
    response = signed_in.post(
        PAGE, typed() | {"moves-filled": filled, f"moves-{CLOSES}": "\x00", "moves-x": "y"}
    )

    assert response.status_code == 200
    assert event.sessions.get().starts_at == at(2030, 5, 5, 14)


def test_a_draft_tells_nobody(signed_in: Client, event: Event):
    Event.objects.update(state="draft")

    page = signed_in.post(PAGE, typed()).content.decode()

    assert "These move along" in page
    assert "gets an email" not in page


AGENDA = "15:00 Welcome\nA break when you need one\n16.20 Rooms"


@pytest.mark.parametrize(
    ("answer", "agenda"),
    [
        ({}, None),
        ({"dates-0-agenda_times": "move"}, "18:30 Welcome\nA break when you need one\n19:50 Rooms"),
        ({"dates-0-agenda_times": "leave"}, AGENDA),
        ({"dates-0-agenda": "18:00 Come in"}, "18:00 Come in"),
    ],
)
def test_the_times_of_day_in_how_it_runs_are_asked_about_too(signed_in, event, answer, agenda):
    event.sessions.update(agenda=AGENDA)
    later = typed("2030-05-05", "18:30", "20:30") | {"dates-0-agenda": AGENDA} | answer

    first = signed_in.post(PAGE, later)
    errors = first.context["page"].rows.forms[0].errors
    if agenda:
        signed_in.post(PAGE, later | as_filled_in(first))

    asked_for = {
        "agenda_times": [
            "The start is another one, and the times in how it runs are not. Say whether they move along"
        ]
    }
    assert errors == ({} if agenda else asked_for)
    assert event.sessions.get().agenda == (agenda or AGENDA)


def test_on_another_day_at_the_same_time_how_it_runs_stays(signed_in, event):
    event.sessions.update(agenda=AGENDA)

    first = signed_in.post(PAGE, typed() | {"dates-0-agenda": AGENDA})

    assert first.context["page"].rows.forms[0].errors == {}
