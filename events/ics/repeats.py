"""The dates of an event that repeats, within bounds that are looked at before anything is worked out.

They are worked out by the clock of its zone, as people mean them: "every Tuesday at seven" stays at seven when the clocks
change (RFC 5545 §3.8.5.3).
"""

import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from typing import Any, NamedTuple

from dateutil.rrule import rruleset, rrulestr

EVERY = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# What would make several dates of one day.
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
MOST_DATES = 200
LONGEST = timedelta(days=731)
# Added by hand, or taken out.
MOST_SINGLE = 400
# Seconds of the processor: for one event, and for all of a file.
FOR_ONE, FOR_ALL = 0.5, 2.0
# Said again after so many: Python drops what is raised while it throws an object away.
SAID_AGAIN = 0.1
END_OF_DAY = time_of_day(23, 59, 59)


class NotWithinBounds(Exception):
    """`reason`: "too_often", or "too_long" when it takes too long to work out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Span(NamedTuple):
    """A date: the one that it stands for, its start and its end."""

    key: date
    starts: date
    ends: date


class Other(NamedTuple):
    """A date of a series that is otherwise: moved to this span, or not taking place. `and_future`: so are all that
    follow, by as much (RFC 5545 §3.2.13)."""

    span: Span
    is_off: bool
    and_future: bool = False


def expanded(row: Any, first: Span, others: list[Other], now: datetime) -> tuple[list[Span], int]:
    """The dates that are not over, at most MOST_DATES of them and none later than LONGEST from now; and how many more
    there are until then. `row` is the series, `first` its first date. Raises NotWithinBounds."""
    refuse_too_often(row)
    with ALLOWANCE.limited():
        spans = list(_dates(row, first, others, now))
    spans.sort(key=lambda span: wall(span.starts, zone_of(first.starts)))
    return spans[:MOST_DATES], len(spans[MOST_DATES:])


def refuse_too_often(row: Any) -> None:
    """Before any date is worked out. Raises NotWithinBounds."""
    for rule in listed(row, "RRULE"):
        every = str(next(iter(rule.get("FREQ", [])), "")).upper()
        if every not in EVERY or any(len(rule.get(part, [])) > 1 for part in WITHIN_A_DAY):
            raise NotWithinBounds("too_often")
        if any(number < 1 for number in rule.get("INTERVAL", [])):
            raise NotWithinBounds("too_often")
    if sum(len(one.dts) for name in ("RDATE", "EXDATE") for one in listed(row, name)) > MOST_SINGLE:
        raise NotWithinBounds("too_often")


def _dates(row: Any, first: Span, others: list[Other], now: datetime) -> Iterator[Span]:
    zone, length = zone_of(first.starts), first.ends - first.starts
    now_there = wall(now, zone)
    left = {wall(other.span.key, zone): other for other in others}
    since = sorted((at, other) for at, other in left.items() if other.and_future)
    for at in _all(row, first, zone, now_there + LONGEST):
        other = left.pop(at, None) or _as_since(at, since, first, zone)
        starts = _as_before(at, first.starts, zone)
        span = other.span if other else Span(starts, starts, starts + length)
        if not (other and other.is_off) and wall(span.ends, zone) > now_there:
            yield span
    yield from (o.span for o in left.values() if not o.is_off and wall(o.span.ends, zone) > now_there)


def _as_since(
    at: datetime, since: list[tuple[datetime, Other]], first: Span, zone: tzinfo | None
) -> Other | None:
    """As the last change before that also means this date has it: as much later, and as long."""
    begin, change = next(((key, other) for key, other in reversed(since) if key < at), (at, None))
    if change is None:
        return None
    key, starts, ends = change.span
    new = _as_before(at + (wall(starts, zone) - begin), first.starts, zone)
    return Other(Span(_as_before(at, first.starts, zone), new, new + (ends - starts)), change.is_off)


def _all(row: Any, first: Span, zone: tzinfo | None, until: datetime) -> Iterator[datetime]:
    """Every start of a rule, added by hand or taken out, until then, by the clock of the zone."""
    begin = wall(first.starts, zone)
    every = rruleset()
    every.rdate(begin)
    for rule in listed(row, "RRULE"):
        every.rrule(_rule(rule, begin, zone, until))
    for at in _single(row, "RDATE"):
        every.rdate(wall(at, zone))
    out = list(_single(row, "EXDATE"))
    whole_days = {at for at in out if not isinstance(at, datetime)}
    for at in out:
        every.exdate(wall(at, zone))
    for at in every:
        if at > until:
            return
        if at.date() not in whole_days:
            yield at


def _rule(rule: Any, begin: datetime, zone: tzinfo | None, until: datetime) -> Any:
    ends = [_until(at, zone) for at in rule.get("UNTIL", [])]
    parts = rule.to_ical().decode().split(";")
    text = ";".join(part for part in parts if not part.upper().startswith("UNTIL="))
    every = rrulestr(text, dtstart=begin)
    return every if rule.get("COUNT") else every.replace(until=min([until, *ends]))


def _until(at: date, zone: tzinfo | None) -> datetime:
    """A last day is meant whole."""
    return wall(at, zone) if isinstance(at, datetime) else datetime.combine(at, END_OF_DAY)


def _single(row: Any, name: str) -> Iterator[date]:
    for one in listed(row, name):
        for value in one.dts:
            yield value.dt[0] if isinstance(value.dt, tuple) else value.dt  # of a period its start


def listed(row: Any, name: str) -> list[Any]:
    """What a property holds, however often it stands there."""
    value = row.get(name, [])
    return value if isinstance(value, list) else [value]


def zone_of(at: date) -> tzinfo | None:
    return at.tzinfo if isinstance(at, datetime) else None


def wall(at: date, zone: tzinfo | None) -> datetime:
    """As a clock there shows it; a day as its midnight."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time_of_day())
    return (at.astimezone(zone) if at.tzinfo and zone else at).replace(tzinfo=None)


def _as_before(at: datetime, first: date, zone: tzinfo | None) -> Any:
    """In the form of the first date: a day, or a time with its zone."""
    return at.replace(tzinfo=zone) if isinstance(first, datetime) else at.date()


class Allowance:
    """How much of the processor's time is left for working out dates."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Ends what takes too long: there are rules for which no date is ever found. Raises NotWithinBounds."""
        if self.left <= 0:
            raise NotWithinBounds("too_long")
        began = time.process_time()
        gc.disable()  # what others left lying about would be tidied in this time, and the end be raised in there
        if hasattr(signal, "setitimer"):  # on Windows the patience of whoever started this ends it
            signal.signal(signal.SIGVTALRM, _end)
            signal.setitimer(signal.ITIMER_VIRTUAL, min(FOR_ONE, self.left), SAID_AGAIN)
        try:
            yield
        finally:
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            gc.enable()
            self.left -= time.process_time() - began


ALLOWANCE = Allowance(FOR_ALL)


def _end(signal_number: int, frame: Any) -> None:
    raise NotWithinBounds("too_long")
