"""A month as a table: weeks of seven days, each with what takes place on it."""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Max

from events.models import Event, Session
from events.models.event_details import SEALED, ways_into
from events.models.session import SessionQuerySet
from events.pages.filters import AgendaFilter
from events.pages.lines import dates_of
from kit.times import UTC, local
from kit.ways_in import withheld

YEARS = range(1990, 2101)
# A day shows so many and leads to the rest: a month full of events stays quick to read.
ON_A_DAY = 4
ONE_DAY = timedelta(days=1)


class Chip(NamedTuple):
    """One date on one of its days: the `number`th `of` its event's; `continues` on every day but the first."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    slug: str
    title: str
    kind: str
    state: str
    called_off_at: datetime | None
    number: int
    of: int
    continues: bool = False

    @property
    def is_off(self) -> bool:
        """As Session.is_off."""
        is_called_off = self.state in Event.CALLED_OFF
        return is_called_off and (self.called_off_at is None or self.ends_at > self.called_off_at)


# What of a session a Chip tells, before its number.
TOLD = (
    "starts_at",
    "ends_at",
    *(f"event__{name}" for name in ("time_zone", "slug", "title", "kind", "state", "called_off_at")),
)
WAY_IN = tuple(f"event__{name}" for name in SEALED)


class Day(NamedTuple):
    """One cell of the table. `is_off` marks days of the months beside this one; `more` is how many dates it does not
    show."""

    on: date
    is_off: bool
    chips: list[Chip]
    more: int


class Month(NamedTuple):
    """One month. `first` is its first day; `previous` and `next` those of the months beside it, None at the ends of
    time. Two months with the same `version` tell the same."""

    version: str
    first: date
    weeks: list[list[Day]]
    previous: date | None
    next: date | None

    @property
    def is_empty(self) -> bool:
        return not any(day.chips for week in self.weeks for day in week)

    def has_something_from(self, today: date) -> bool:
        return any(day.chips and day.on >= today for week in self.weeks for day in week)


def month_of(first: date, wanted: AgendaFilter) -> Month:
    """The month that starts on `first`, with the public dates that `wanted` leaves.

    Three queries, or one while nothing in the month has changed since it was last asked for.
    """
    days = calendar.Calendar().monthdatescalendar(first.year, first.month)
    # A date belongs to the day on its organisers' clock. Clocks differ, so a day more is read at either end.
    span = _midnight(days[0][0] - ONE_DAY), _midnight(days[-1][-1] + 2 * ONE_DAY)
    sessions = wanted.narrow(Session.objects.on_the_calendar()).between(*span)
    key = (first, wanted.query, *_version(sessions))
    if key not in _kept:
        chips = _chips_by_day(sessions)
        weeks = [[_day(on, first, chips.get(on, [])) for on in week] for week in days]
        _keep(key, Month(str(key), first, weeks, _month(first - ONE_DAY), _month(first + timedelta(days=31))))
    return _kept[key]


def month_with_something_to_come(today: date, wanted: AgendaFilter) -> Month:
    """The month of today or, when nothing is left in it, the next one that has something. Two queries more then."""
    this_month = month_of(today.replace(day=1), wanted)
    if this_month.has_something_from(today):
        return this_month
    to_come = wanted.narrow(Session.objects.on_the_calendar()).upcoming()
    found = to_come.values_list("starts_at", "event__time_zone").first()
    next_day = local(*found).date() if found else today
    return month_of(next_day.replace(day=1), wanted) if next_day > today else this_month


_kept: dict[tuple, Month] = {}
# Months times filters times languages: the oldest goes first.
KEPT = 100


def _keep(key: tuple, month: Month) -> None:
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = month


def _version(sessions: SessionQuerySet) -> tuple:
    """A mark that is another one whenever a date comes, goes, or tells something else."""
    # events.actions.calendar_texts moves `changed_at` of every date of an event with each of its changes.
    told = sessions.order_by().aggregate(Count("pk"), Max("changed_at"), Max("uid"))
    return tuple(told.values())


def _month(day: date) -> date | None:
    return day.replace(day=1) if day.year in YEARS else None


def _day(on: date, first: date, chips: list[Chip]) -> Day:
    if on.month != first.month:
        return Day(on, True, [], 0)
    return Day(on, False, chips[:ON_A_DAY], max(0, len(chips) - ON_A_DAY))


def _chips_by_day(sessions: SessionQuerySet) -> dict[date, list[Chip]]:
    found: dict[date, list[Chip]] = defaultdict(list)
    for chip in _chips(sessions):
        for number, day in enumerate(_days(chip)):
            found[day].append(chip._replace(continues=True) if number else chip)
    return found


def _chips(sessions: SessionQuerySet) -> Iterator[Chip]:
    rows = list(sessions.order_by("starts_at", "pk").values_list("event", "pk", *WAY_IN, *TOLD))
    dates = dates_of({event_id for event_id, *_told in rows})
    for event_id, pk, *more in rows:
        way_in, told = more[: len(WAY_IN)], more[len(WAY_IN) :]
        chip = Chip._make((*told, dates[event_id].position(pk), dates[event_id].number, False))
        yield chip._replace(title=withheld(chip.title, ways_into(Event, *way_in)))


def _days(chip: Chip) -> Iterator[date]:
    """The days on which a date stands: its first; when it lasts more than 24 hours, every day up to its end."""
    day = local(chip.starts_at, chip.zone).date()
    yield day
    if chip.ends_at - chip.starts_at <= ONE_DAY:
        return
    last = local(chip.ends_at - timedelta(microseconds=1), chip.zone).date()
    while day < last:
        day += ONE_DAY
        yield day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
