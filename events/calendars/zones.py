"""VTIMEZONE texts that every calendar program reads the same way (RFC 5545 §3.6.5).

A zone is told by its yearly rule (RRULE) wherever one holds. Lists of dates (one RDATE with many values), as
libraries write them, are misread by several programs: only the first date counts, or none. Clocks that follow
no yearly rule (Gaza, Morocco) are told change by change, each in a part of its own.

The rule is the POSIX one at the end of the zone's file in the package tzdata (RFC 9636 §3.3). It is believed
only for the years in which it says what the zone itself says.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib import resources

from kit.times import zone_of

YEARS = range(2020, 2038)
LONG_AGO = 1970
STEP = timedelta(days=7)  # between two changes of a clock there is more than a week

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET = r"[+-]?[\d:]+"
_CHANGE = r"M(\d+)\.(\d)\.(\d)(?:/([+-]?)(\d+)(?::(\d+))?)?"
POSIX_RULE = re.compile(rf"{_NAME}{_OFFSET}{_NAME}(?:{_OFFSET})?,{_CHANGE},{_CHANGE}")
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # in POSIX order
LAST_WEEK = 5
FEBRUARY = 2  # the month whose length changes


@dataclass(frozen=True)
class YearlyDay:
    """When a rule sets the clock: "2 am on the last Sunday of March". `at` may be below 0 or beyond a day."""

    month: int
    week: int
    weekday: int
    at: timedelta

    def in_year(self, year: int) -> datetime:
        """What the clock shows in that year just before it is set."""
        column = (self.weekday - 1) % 7  # calendar counts from Monday
        days = [week[column] for week in calendar.monthcalendar(year, self.month) if week[column]]
        day = days[-1] if self.week == LAST_WEEK else days[self.week - 1]
        return datetime.combine(datetime(year, self.month, day), time()) + self.at  # noqa: DTZ001 (a wall clock)

    @property
    def rrule(self) -> str:
        """The day in the words of RFC 5545 §3.3.10; "" where they have none for it."""
        days_later = self.at.days  # 26 hours into the fourth Thursday is 2 am on Friday
        weekday = WEEKDAYS[(self.weekday + days_later) % 7]
        if not days_later:
            week = -1 if self.week == LAST_WEEK else self.week
            return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{weekday}"
        length = calendar.monthrange(YEARS[0], self.month)[1]
        last = (length if self.week == LAST_WEEK else self.week * 7) + days_later
        if last < 7 or last > length or self.month == FEBRUARY:
            return ""
        days = ",".join(str(day) for day in range(last - 6, last + 1))
        return f"FREQ=YEARLY;BYMONTH={self.month};BYMONTHDAY={days};BYDAY={weekday}"


@dataclass(frozen=True)
class Change:
    """One setting of a clock. `wall` is what it shows just before: an onset is told in TZOFFSETFROM time."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool
    rrule: str = ""

    @property
    def text(self) -> str:
        kind = "DAYLIGHT" if self.is_daylight else "STANDARD"
        lines = [
            f"BEGIN:{kind}",
            f"DTSTART:{self.wall:%Y%m%dT%H%M%S}",
            *([f"RRULE:{self.rrule}"] if self.rrule else []),
            f"TZNAME:{self.name}",
            f"TZOFFSETFROM:{_offset(self.before)}",
            f"TZOFFSETTO:{_offset(self.after)}",
            f"END:{kind}",
        ]
        return "".join(f"{line}\r\n" for line in lines)


@cache
def vtimezone(zone: str) -> str:
    """The VTIMEZONE of an IANA zone, its lines ending in CRLF: right from 2020 to 2037, and on for ever where
    a rule holds. UTC needs none, as its times are written with a Z."""
    parts = "".join(change.text for change in _told(zone))
    return f"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n{parts}END:VTIMEZONE\r\n"


def offsets(zone: str) -> list[list[int]]:
    """What clocks of a zone show from 2020 to 2037: pairs of an instant (Unix seconds) and how many seconds they are
    ahead of UTC from then on. Raises UnknownZone."""
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    found = [[int(start.timestamp()), int(_utcoffset(start, zone).total_seconds())]]
    for change in _changes(zone):
        instant = (change.wall - change.before).replace(tzinfo=UTC)
        found.append([int(instant.timestamp()), int(change.after.total_seconds())])
    return found


def _told(zone: str) -> list[Change]:
    """The changes that tell a zone in the fewest words: single ones as long as there is no rule, then the rule."""
    changes = list(_changes(zone))
    days = _rule_of(zone)
    since = _first_year_of_rule(days, changes)
    ruled = [_yearly(day, since, changes) for day in days] if since in YEARS else []
    if ruled and since == YEARS[0]:
        ruled = [replace(change, wall=day.in_year(LONG_AGO)) for day, change in zip(days, ruled, strict=True)]
        return _in_order(ruled)
    single = [change for change in changes if not ruled or change.wall.year < since]
    return [_as_ever(zone), *single, *_in_order(ruled)]


def _in_order(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: change.wall)


def _changes(zone: str) -> Iterator[Change]:
    """Every change of the zone's clock in YEARS, found by looking at it once a week."""
    here = zone_of(zone)
    instant, end = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        if instant.astimezone(here).utcoffset() != (instant + STEP).astimezone(here).utcoffset():
            yield _change_between(zone, instant, instant + STEP)
        instant += STEP


def _change_between(zone: str, early: datetime, late: datetime) -> Change:
    here = zone_of(zone)
    before = _utcoffset(early, zone)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (middle, late) if _utcoffset(middle, zone) == before else (early, middle)
    local = late.astimezone(here)
    return Change(
        wall=(late + before).replace(tzinfo=None),
        before=before,
        after=_utcoffset(late, zone),
        name=str(local.tzname()),
        is_daylight=(local.dst() or timedelta()) > timedelta(),
    )


def _as_ever(zone: str) -> Change:
    """The state of the clock before the first change that is told."""
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    offset = _utcoffset(start, zone)
    name = str(start.astimezone(zone_of(zone)).tzname())
    return Change(datetime(LONG_AGO, 1, 1), offset, offset, name, is_daylight=False)  # noqa: DTZ001 (a wall clock)


def _rule_of(zone: str) -> list[YearlyDay]:
    """The two days of a zone's POSIX rule; none where there is no rule, or one beyond RFC 5545's words."""
    file = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    match = POSIX_RULE.fullmatch(file.rstrip(b"\n").rpartition(b"\n")[2].decode())
    if match is None:
        return []
    days = [_yearly_day(*match.groups()[start : start + 6]) for start in (0, 6)]
    return days if all(day.rrule for day in days) else []


def _yearly_day(
    month: str, week: str, weekday: str, sign: str | None, hours: str | None, minutes: str | None
) -> YearlyDay:
    at = timedelta(hours=int(hours or 2), minutes=int(minutes or 0))
    return YearlyDay(int(month), int(week), int(weekday), -at if sign == "-" else at)


def _first_year_of_rule(days: list[YearlyDay], changes: list[Change]) -> int:
    """The first year since when the rule has told every change; beyond YEARS when it does not hold."""
    since = YEARS[-1] + 1
    for year in reversed(YEARS):
        walls = sorted(change.wall for change in changes if change.wall.year == year)
        if not days or walls != sorted(day.in_year(year) for day in days):
            break
        since = year
    return since


def _yearly(day: YearlyDay, since: int, changes: list[Change]) -> Change:
    """The change that happens on this day every year, from `since` on."""
    change = next(change for change in changes if change.wall == day.in_year(since))
    return replace(change, rrule=day.rrule, is_daylight=change.after > change.before)


def _utcoffset(instant: datetime, zone: str) -> timedelta:
    return instant.astimezone(zone_of(zone)).utcoffset() or timedelta()


def _offset(offset: timedelta) -> str:
    """An offset as +0100, -0330, and with seconds where there are any (RFC 5545 §3.3.14)."""
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
