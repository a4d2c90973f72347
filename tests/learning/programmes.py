"""Programmes that are over, for tests of what comes after them."""

from datetime import datetime, timedelta
from typing import Any

from events.models import Attendance, Event, Registration, Session
from events.models.attendance import Attendance as Row
from tests.factories import come, make_event

A_MINUTE = timedelta(minutes=1)


def make_programme(**fields: Any) -> Event:
    """Four dates a week apart, all of which complete it; to catch up on one counts."""
    own = {"title": "Inclusive Allyship", "kind": "programme", "dates_to_complete": 4}
    return make_event(dates=4, **own | {"missed_date": "catch_up", "catch_up_task": "Read."} | fields)


def dates(event: Event) -> list[Session]:
    return list(event.sessions.all())


def attend(person: Registration, *numbers: int) -> None:
    """Note that they were at these dates, counted from 1."""
    for number in numbers:
        come(person, dates(person.event)[number - 1], Row.How.ORGANISER)


def catch_up(person: Registration, number: int) -> None:
    date = dates(person.event)[number - 1]
    Attendance.objects.update_or_create(
        registration=person, session=date, defaults={"catch_up": Row.CatchUp.DONE}
    )


def settled(event: Event) -> datetime:
    """A minute after nothing can be noted any more."""
    return dates(event)[-1].ends_at + timedelta(days=7) + A_MINUTE
