"""The same event again, on other days: drafts like it, each with the dates, the times of day and what else is to be
taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from events.actions import events, quotas
from events.models import Event, Session
from kit.joins import joins
from kit.times import local, make_instant, zone_of
from people.models import Person

# Instants and the day that move as far as the first date.
WINDOW = ("registration_opens_at", "registration_closes_at")
PICTURE = ("picture", "picture_alt")
WAY_IN = ("join_address", "join_help")


@dataclass(frozen=True)
class Taken:
    """What a copy takes beside what every copy has. The way into the meeting only on purpose: who has it from one event
    could go into the next."""

    picture: bool = True
    window: bool = True
    feedback: bool = True
    way_in: bool = False

    @property
    def fields(self) -> list[str]:
        return [*(PICTURE if self.picture else ()), *(WAY_IN if self.way_in else ())]


@transaction.atomic
def copies(event: Event, days: Iterable[date], *, start: time, taken: Taken, by: Person) -> list[Event]:
    """Make a draft for each of these first days, at that time of day; a day that has one already is left out, so pressed
    twice is once. Raises UnusableTime where the clocks skip or repeat one of its times."""
    event = event.locked()
    there = days_there_already(event, days, start)
    return [_copy(event, day, start, taken, by) for day in days if day not in there]


def days_there_already(event: Event, days: Iterable[date], start: time) -> set[date]:
    """Those at which the group has an event of the same title that begins then. One query."""
    begins = {day: _begin(event, day, start) for day in days}
    same = Session.objects.filter(event__group=event.group_id, event__title=event.title)
    taken = set(same.exclude(event__state=Event.State.CANCELLED).values_list("starts_at", flat=True))
    return {day for day, at in begins.items() if at in taken}


def spans_on(event: Event, day: date, start: time) -> list[tuple[Session, datetime, datetime]]:
    """Each date of an event with from when to when it is, were the first on that day at that time: the others as many
    days later, all at the same times of day as far as the first. Raises UnusableTime."""
    zone, sessions = event.time_zone, list(event.sessions.all())
    shift = datetime.combine(day, start) - _wall(sessions[0].starts_at, zone)
    return [(one, *(_at(at, shift, zone) for at in (one.starts_at, one.ends_at))) for one in sessions]


def _copy(event: Event, day: date, start: time, taken: Taken, by: Person) -> Event:
    copy = events.create(event.group, title=event.title, by=by, copy_of=event)
    spans = spans_on(event, day, start)
    for name in taken.fields:
        setattr(copy, name, getattr(event, name))
    window = _window(event, copy, spans) if taken.window else []
    events.save(copy, fields=[*taken.fields, *window])
    events.save_sessions(copy, saved=_sessions(event, spans))
    quotas.share_again(copy, event)
    for bring in joins.TAKEN_ALONG:
        bring(event, copy)
    if taken.feedback:
        for also in joins.COPIED:
            also(event, copy)
    return copy


def _sessions(event: Event, spans: Sequence[tuple[Session, datetime, datetime]]) -> list[Session]:
    return [
        Session(
            title=one.title,
            venue_id=one.venue_id,
            agenda=one.agenda_moved_by(_shift(one, starts_at, event.time_zone)),
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for one, starts_at, ends_at in spans
    ]


def _window(event: Event, copy: Event, spans: Sequence[tuple[Session, datetime, datetime]]) -> list[str]:
    """Let the times of registration be as far from the first date as they were. Returns the fields."""
    first, starts_at, _ends_at = spans[0]
    zone = event.time_zone
    shift = _shift(first, starts_at, zone)
    for name in WINDOW:
        if at := getattr(event, name):
            # Between the hours that clocks skip there is a nearest one; nobody comes too late for that.
            setattr(copy, name, (_wall(at, zone) + shift).replace(tzinfo=zone_of(zone)))
    if event.interpreters_by:
        copy.interpreters_by = event.interpreters_by + timedelta(days=shift.days)
    return [*WINDOW, "interpreters_by"]


def _begin(event: Event, day: date, start: time) -> datetime:
    return datetime.combine(day, start, zone_of(event.time_zone))


def _at(at: datetime, shift: timedelta, zone: str) -> datetime:
    wall = _wall(at, zone) + shift
    return make_instant(wall.date(), wall.time(), zone)


def _wall(at: datetime, zone: str) -> datetime:
    return local(at, zone).replace(tzinfo=None)


def _shift(one: Session, starts_at: datetime, zone: str) -> timedelta:
    """As the clocks there show it."""
    return _wall(starts_at, zone) - _wall(one.starts_at, zone)
