"""A month as a table: weeks of seven days, each with what takes place on it."""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from allyhub.times import UTC, clock_words, local, machine_time
from events.models import Event
from events.models.session import SessionQuerySet

YEARS = range(1990, 2101)
# A day shows so many and leads to the rest: a month full of events stays quick to read and to write.
ON_A_DAY = 4
ONE_DAY = timedelta(days=1)
FIELDS = [
    "starts_at",
    "ends_at",
    "event__time_zone",
    "event__slug",
    "event__title",
    "event__kind",
    "event__state",
]


class Chip(NamedTuple):
    """One date on one day. `clock` is "" on the later days of a date that lasts several."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    slug: str
    title: str
    kind: str
    state: str
    clock: str = ""

    @property
    def machine_time(self) -> str:
        return machine_time(self.starts_at, self.zone)

    @property
    def is_cancelled(self) -> bool:
        return self.state == Event.State.CANCELLED


class Day(NamedTuple):
    """`is_off` marks days of the months beside this one; `more` is how many dates it does not show."""

    on: date
    is_off: bool
    chips: list[Chip]
    more: int


class Month(NamedTuple):
    """`first` is its first day; `previous` and `next` those of the months beside it, None at the ends of time."""

    first: date
    weeks: list[list[Day]]
    previous: date | None
    next: date | None

    @property
    def is_empty(self) -> bool:
        return not any(day.chips for week in self.weeks for day in week)


def month_of(first: date, sessions: SessionQuerySet) -> Month:
    """The month that starts on `first`, with those of `sessions` that lie in it. One query."""
    days = calendar.Calendar().monthdatescalendar(first.year, first.month)
    chips = _chips_by_day(sessions, days[0][0], days[-1][-1])
    weeks = [[_day(on, first, chips.get(on, [])) for on in week] for week in days]
    return Month(first, weeks, _month(first - ONE_DAY), _month(first + timedelta(days=31)))


def _month(day: date) -> date | None:
    return day.replace(day=1) if day.year in YEARS else None


def _day(on: date, first: date, chips: list[Chip]) -> Day:
    if on.month != first.month:
        return Day(on, True, [], 0)
    shown = [_with_clock(chip, on) for chip in chips[:ON_A_DAY]]
    return Day(on, False, shown, max(0, len(chips) - ON_A_DAY))


def _with_clock(chip: Chip, on: date) -> Chip:
    start = local(chip.starts_at, chip.zone)
    return chip._replace(clock=clock_words(start)) if start.date() == on else chip


def _chips_by_day(sessions: SessionQuerySet, first: date, last: date) -> dict[date, list[Chip]]:
    """A date belongs to the day on its organisers' clock. Clocks differ, so a day more is read at either end."""
    start, end = _midnight(first - ONE_DAY), _midnight(last + 2 * ONE_DAY)
    found: dict[date, list[Chip]] = defaultdict(list)
    for row in sessions.between(start, end).order_by("starts_at", "pk").values_list(*FIELDS):
        chip = Chip(*row)
        for day in _days(chip):
            found[day].append(chip)
    return found


def _days(chip: Chip) -> Iterator[date]:
    """Its first day; when it lasts more than 24 hours, every day up to its end."""
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
