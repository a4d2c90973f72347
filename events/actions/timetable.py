"""What has a time and belongs to an event: one list (joins.EVENT_TIMES), and what becomes of each time when the dates
are others. docs/decisions/0019 says how times are kept.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, Self

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Event, Session
from kit.joins import joins
from kit.times import MIDNIGHT, NoSuchTime, UnusableTime, local, make_instant, zone_of

# An instant, or a whole day in the event's zone.
Time = datetime | date


class Span(NamedTuple):
    """From when to when one date of an event is. `pk` is None for one that is new."""

    pk: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Dates:
    """The dates of an event in their order, and the zone in which they are told: as kept, or as they are to be."""

    zone: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, event: Event, sessions: Iterable[Session] | None = None, zone: str = "") -> Self:
        """Of what is kept (one query), or of sessions and a zone as somebody typed them."""
        found = event.sessions.all() if sessions is None else sessions
        spans = (Span(session.pk, session.starts_at, session.ends_at) for session in found)
        return cls(zone or event.time_zone, tuple(sorted(spans, key=lambda span: span.starts_at)))

    @property
    def starts_at(self) -> datetime | None:
        return self.spans[0].starts_at if self.spans else None

    @property
    def ends_at(self) -> datetime | None:
        return max((span.ends_at for span in self.spans), default=None)

    @property
    def first_day(self) -> date | None:
        return local(self.starts_at, self.zone).date() if self.starts_at else None

    def are_told_anew(self, after: "Dates") -> bool:
        """Whether people hear of it: one of these is another now, gone or new, or told in another zone."""
        return self.zone != after.zone or {*self.spans} != {*after.spans}

    def date_of(self, at: datetime) -> Span | None:
        """The date that a moment goes with: the one it lies in, else the next, else the last."""
        return next((span for span in self.spans if at <= span.ends_at), self._last())

    def instead_of(self, earlier: Span) -> Span | None:
        """The same date as it is in these; where it was taken out the next after it, else the last."""
        same = (span for span in self.spans if span.pk is not None and span.pk == earlier.pk)
        later = (span for span in self.spans if span.starts_at >= earlier.starts_at)
        return next(same, None) or next(later, self._last())

    def wall(self, at: datetime) -> datetime:
        """What clocks there show, without a zone."""
        return local(at, self.zone).replace(tzinfo=None)

    def _last(self) -> Span | None:
        return self.spans[-1] if self.spans else None


class Misfit(NamedTuple):
    """Why a time makes no sense beside the dates, as a sentence for organisers, and the nearest one that does: None is
    none at all."""

    words: str
    instead: Time | None = None


@dataclass(frozen=True, eq=False)
class Times:
    """The times of rows of one kind that organisers typed. `pages` has for each field the page where it is typed;
    `misfits` looks at a row that may not be saved yet, and answers by field; `opening` begin something: once passed they
    stay. `are_many`: an event may have several such rows."""

    model: type[models.Model]
    pages: Mapping[str, str]
    rows_of: Callable[[Event], Iterable[Any]]
    misfits: Callable[[Any, Dates], Mapping[str, Misfit]]
    save: Callable[[Any, Iterable[str]], object]
    opening: frozenset[str] = frozenset()
    are_many: bool = False

    def label(self, field: str, row: Any) -> str:
        """With the name of the row where an event may have several."""
        label = capfirst(str(getattr(self.model._meta.get_field(field), "verbose_name", field)))
        return _("%(what)s, for %(name)s") % {"what": label, "name": row} if self.are_many else label


@dataclass(frozen=True)
class Limits:
    """The times until which somebody may answer. `shorten` brings those of an event in line with its dates, and tells
    whoever has less time now; called under the lock of the event. `is_told`: everyone who has to do with the
    event gets a mail that tells of the dates, and until when they can answer."""

    model: type[models.Model]
    fields: tuple[str, ...]
    shorten: Callable[..., None]


@dataclass(frozen=True, eq=False)
class Following:
    """A time of a row, and what becomes of it with other dates: `at` moves along, or is the nearest that fits, and then
    `misfit` says why."""

    times: Times
    row: Any
    field: str
    was: Time
    at: Time | None
    misfit: str = ""

    @property
    def key(self) -> str:
        number = f"-{self.row.pk}" if self.times.are_many else ""
        return f"{self.times.model._meta.model_name}{number}-{self.field}"

    @property
    def label(self) -> str:
        return self.times.label(self.field, self.row)

    def is_of(self, times: Times, row: Any) -> bool:
        return self.times is times and self.row.pk == row.pk


def following(event: Event, before: Dates, after: Dates, now: datetime) -> list[Following]:
    """Every time that is another with these dates, or fits them no more. One query for each row that has times."""
    if before == after or not after.spans:
        return []
    return [one for times, row in _rows(event) for one in _of_row(times, row, before, after, now)]


def misfits(times: Times, row: Any, dates: Dates, values: Mapping[str, Time | None]) -> Mapping[str, Misfit]:
    """What would make no sense if a row had these values."""
    there = copy.copy(row)
    for field, at in values.items():
        setattr(there, field, at)
    return times.misfits(there, dates)


def senseless(event: Event) -> list[tuple[str, str, str]]:
    """What of the times that are kept makes no sense beside the dates, each sentence once: the name of the time, the
    sentence, and the page where it is typed."""
    dates = Dates.of(event)
    found: dict[str, tuple[str, str, str]] = {}
    for times, row in _rows(event):
        for field, misfit in times.misfits(row, dates).items():
            found.setdefault(misfit.words, (times.label(field, row), misfit.words, times.pages[field]))
    return [*found.values()]


def move(
    event: Event, followers: Iterable[Following], typed: Mapping[str, Time | None] | None = None
) -> None:
    """Write the times that follow: as `typed` (by key), else as they are proposed. Under the lock of the event, in the
    transaction of what they follow."""
    chosen = {one: (typed or {}).get(one.key, one.at) for one in followers}
    for times, row in [*_rows(event)]:
        values = {one.field: at for one, at in chosen.items() if one.is_of(times, row)}
        if values:
            for field, at in values.items():
                setattr(row, field, at)
            times.save(row, values)


# An instant, as it is to be now.
Reading = Callable[[datetime], datetime]


def read_again(event: Event, read: Reading, now: datetime) -> bool:
    """Give every time that was typed, and has not passed, the instant that `read` finds for it; whether any is another.
    Under the lock of the event."""
    is_another = False
    for times, row in [*_rows(event)]:
        held = {field: getattr(row, field) for field in times.pages}
        typed = {field: at for field, at in held.items() if isinstance(at, datetime) and at > now}
        moved = {field: read(at) for field, at in typed.items() if read(at) != at}
        for field, at in moved.items():
            setattr(row, field, at)
        if moved:
            times.save(row, moved)
        is_another |= bool(moved)
    return is_another


def shorten_limits(event: Event, now: datetime, *, is_told: bool) -> None:
    """Bring every limit that was given to anybody in line with the dates as they are now."""
    for limits in joins.LIMITS:
        limits.shorten(event, now, is_told=is_told)


def moved_along(at: Time, before: Dates, after: Dates) -> Time:
    """By as many days as the date it goes with, at the same time of day; by the same hours too when it lies in it."""
    if not isinstance(at, datetime):
        midnight = datetime.combine(at, MIDNIGHT, tzinfo=zone_of(before.zone))
        return at + timedelta(days=_shift(midnight, before, after).days)
    try:
        return instant_of(
            before.wall(at) + _shift(at, before, after), after.zone, fold=local(at, before.zone).fold
        )
    except (UnusableTime, OverflowError):
        return at


def instant_of(wall: datetime, zone: str, *, fold: int) -> datetime:
    """When clocks there show this; as far after the jump, where they skip it. Raises UnusableTime."""
    try:
        return make_instant(wall.date(), wall.time(), zone, fold=fold)
    except NoSuchTime as gap:
        return gap.later


def _rows(event: Event) -> Iterator[tuple[Times, Any]]:
    return ((times, row) for times in joins.EVENT_TIMES for row in times.rows_of(event))


def _of_row(times: Times, row: Any, before: Dates, after: Dates, now: datetime) -> list[Following]:
    held = {field: at for field in times.pages if (at := getattr(row, field)) is not None}
    moved = {field: _moved(times, field, at, before, after, now) for field, at in held.items()}
    wrong = misfits(times, row, after, moved) if held else {}
    be = partial(_be, times, row, before=before, after=after, now=now)
    found = [be(field, held[field], moved[field], wrong.get(field)) for field in held]
    return [one for one in found if one.at != one.was or one.misfit]


def _moved(times: Times, field: str, at: Time, before: Dates, after: Dates, now: datetime) -> Time:
    # What has been opened is not closed again because the event is later.
    has_opened = field in times.opening and _has_passed(at, now, before.zone)
    return at if has_opened else moved_along(at, before, after)


def _be(
    times: Times,
    row: Any,
    field: str,
    was: Time,
    moved: Time,
    wrong: Misfit | None,
    *,
    before: Dates,
    after: Dates,
    now: datetime,
) -> Following:
    if wrong:
        return Following(times, row, field, was, wrong.instead, wrong.words)
    was_to_come, is_over = not _has_passed(was, now, before.zone), _has_passed(moved, now, after.zone)
    if field not in times.opening and was_to_come and is_over:
        return Following(
            times, row, field, was, _nearest_to_come(moved, after, now), _("That would be over already.")
        )
    return Following(times, row, field, was, moved)


def _has_passed(at: Time, now: datetime, zone: str) -> bool:
    return at <= now if isinstance(at, datetime) else at < local(now, zone).date()


def _nearest_to_come(at: Time, after: Dates, now: datetime) -> Time:
    """Today, or when the date that it goes with begins; where that is over too it stays."""
    if not isinstance(at, datetime):
        today = local(now, after.zone).date()
        return today if after.first_day and today <= after.first_day else at
    span = after.date_of(at)
    return span.starts_at if span and span.starts_at > now else at


def _shift(at: datetime, before: Dates, after: Dates) -> timedelta:
    """How far clocks are apart between the date that a moment goes with and what that date is now."""
    earlier = before.date_of(at)
    later = after.instead_of(earlier) if earlier else None
    if earlier is None or later is None:
        return timedelta(0)
    if at == earlier.ends_at:
        return after.wall(later.ends_at) - before.wall(earlier.ends_at)
    start, end = before.wall(earlier.starts_at), after.wall(later.starts_at)
    return (
        end - start
        if earlier.starts_at <= at < earlier.ends_at
        else timedelta(days=(end.date() - start.date()).days)
    )
