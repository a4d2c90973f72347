"""What is known of people and the dates of an event, in words for a list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Attendance, Event, Session
from kit.times import local, short_day


class Noted(NamedTuple):
    """What an Attendance says: read for many people at once."""

    can_come: bool | None
    catch_up: str
    was_there: bool
    noted_at: datetime | None


# The first that is true of a date is said of it.
KNOWN: tuple[tuple[Promise, Callable[[Noted, Session], bool]], ...] = (
    (
        _("Was there: %(dates)s"),
        lambda one, date: one.was_there and one.noted_at is not None and one.noted_at >= date.opens_at,
    ),
    (_("Has caught up: %(dates)s"), lambda one, _date: one.catch_up == Attendance.CatchUp.DONE),
    (_("Cannot come: %(dates)s"), lambda one, _date: one.can_come is False),
    (_("Can come: %(dates)s"), lambda one, _date: one.can_come is True),
)
# Of each date the number of what is known of it in KNOWN; None where nothing is.
Standing = tuple[int | None, ...]


def has_several(event: Event) -> bool:
    return len(event.sessions.all()) > 1


def standings(event: Event, registrations: Any) -> dict[int, Standing]:
    """How people stand to each date, by registration; of nobody where the event has one date. `registrations`: rows, or
    keys. One query."""
    if not has_several(event):
        return {}
    noted: dict[int, dict[int, Noted]] = {}
    rows = Attendance.objects.filter(registration__in=registrations)
    for who, date, *known in rows.values_list("registration", "session", *Noted._fields):
        noted.setdefault(who, {})[date] = Noted(*known)
    dates = event.sessions.all()
    return {who: tuple(_number(known.get(date.pk), date) for date in dates) for who, known in noted.items()}


def dates_of(event: Event, registrations: Any) -> dict[int, str]:
    """By registration: "Was there: Tue 3 Mar. Cannot come: Thu 19 Mar". Many stand to the dates alike: each is said
    once."""
    found = standings(event, registrations)
    days = [short_day(session.starts_at, event.time_zone) for session in event.sessions.all()]
    said = {standing: _words(standing, days) for standing in set(found.values())}
    return {pk: said[standing] for pk, standing in found.items()}


def at_date(number: int | None) -> str:
    """The same of one date, for a column: "Was there"."""
    return "" if number is None else (str(KNOWN[number][0]) % {"dates": ""}).rstrip(": ")


def column_words(event: Event, session: Session) -> str:
    return f"{local(session.starts_at, event.time_zone):%Y-%m-%d}"


def _number(noted: Noted | None, date: Session) -> int | None:
    numbers = (number for number, (_words, is_so) in enumerate(KNOWN) if noted and is_so(noted, date))
    return next(numbers, None)


def _words(standing: Standing, days: Sequence[str]) -> str:
    if len({*standing}) == 1 and standing[0] is not None:
        all_of_them = _("all %(number)s dates") % {"number": len(days)}
        return str(KNOWN[standing[0]][0]) % {"dates": all_of_them}
    of_each: dict[int, list[str]] = {}
    for number, day in zip(standing, days, strict=True):
        if number is not None:
            of_each.setdefault(number, []).append(day)
    return ". ".join(
        str(KNOWN[number][0]) % {"dates": ", ".join(of_each[number])} for number in sorted(of_each)
    )
