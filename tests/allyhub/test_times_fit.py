"""Wherever dates go, what is filled in for the times that hang on them makes sense; there and back changes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from allyhub import joins
from breakouts.models import BreakoutPlan
from events.actions import timetable
from events.actions.timetable import Dates, Span
from events.models import Event
from kit.times import local

NOW = datetime(2030, 4, 15, 12, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
MOMENTS = st.integers(-40 * 96, 40 * 96).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))
LENGTHS = st.integers(1, 40).map(lambda quarters: timedelta(minutes=15 * quarters))
ROOMS = ("rooms_start_at", "rooms_end_at")
TYPED = ("registration_opens_at", "registration_closes_at", "topics_until", "choices_until", *ROOMS)
TIMES = st.fixed_dictionaries({name: st.none() | MOMENTS for name in TYPED})


def dates(numbers: Any) -> st.SearchStrategy[Dates]:
    """One date for each number, in their order."""
    spans = st.lists(st.tuples(MOMENTS, LENGTHS), min_size=len(numbers), max_size=len(numbers))
    return st.builds(lambda zone, found: _dates(zone, numbers, found), ZONES, spans)


def _dates(zone: str, numbers: Any, found: list[tuple[datetime, timedelta]]) -> Dates:
    spans = (Span(pk, start, start + length) for pk, (start, length) in zip(numbers, found, strict=True))
    return Dates(zone, tuple(sorted(spans, key=lambda span: span.starts_at)))


def with_times(times: dict[str, datetime | None], at: Dates, day: datetime | None = None) -> Event:
    """Not saved; an event knows the plan that was made with it. What makes no sense at these dates is left out."""
    event = Event(interpreters_by=day.date() if day else None)
    plan = BreakoutPlan(event=event)
    write(event, times)
    while wrong := senseless(event, at):
        write(event, dict.fromkeys([*wrong, *(ROOMS if {*wrong} & {*ROOMS} else ())]))
    assert plan == event.breakout_plan
    return event


def write(event: Event, times: dict[str, datetime | None]) -> None:
    for name, at in times.items():
        setattr(event if hasattr(event, name) else event.breakout_plan, name, at)


def typed(event: Event) -> dict[str, datetime | None]:
    return {name: getattr(event if hasattr(event, name) else event.breakout_plan, name) for name in TYPED}


def senseless(event: Event, at: Dates) -> list[str]:
    rows = ((times, row) for times in joins.EVENT_TIMES for row in times.rows_of(event))
    return [str(field) for times, row in rows for field in times.misfits(row, at)]


EARLY = NOW - timedelta(days=400)


def follow(event: Event, before: Dates, after: Dates, now: datetime = NOW) -> None:
    for one in timetable.following(event, before, after, now):
        setattr(one.row, one.field, one.at)


@given(
    before=dates([1, 2]),
    after=dates([1, 2, None]) | dates([2]) | dates([None, 1]),
    times=TIMES,
    day=st.none() | MOMENTS,
)
def test_what_made_sense_before_makes_sense_afterwards(before, after, times, day):
    event = with_times(times, before, day)

    follow(event, before, after)

    assert senseless(event, after) == []


@given(before=dates([1]), days=st.integers(1, 60), times=TIMES)
def test_some_days_later_and_back_is_as_it_was(before, days, times):
    """Long before any of them: what has passed is asked about. UTC has no clock changes in between."""
    before, by = Dates("UTC", before.spans), timedelta(days=days)
    after = Dates("UTC", tuple(Span(pk, start + by, end + by) for pk, start, end in before.spans))
    event = with_times(times, before)
    kept = typed(event)

    follow(event, before, after, EARLY)
    moved = typed(event)
    follow(event, after, before, EARLY)

    assert moved == {name: at and at + by for name, at in kept.items()}
    assert typed(event) == kept


@given(before=dates([1]), zone=ZONES, times=TIMES)
def test_another_zone_keeps_each_time_of_day(before, zone, times):
    spans = [Span(pk, *(_read_in(zone, at, before.zone) for at in span)) for pk, *span in before.spans]
    after = Dates(zone, tuple(spans))
    assume(before.ends_at - before.starts_at == after.ends_at - after.starts_at)  # no clock change during it
    event = with_times(times | dict.fromkeys(ROOMS), before)
    kept = typed(event)

    follow(event, before, after, EARLY)

    assert typed(event) == {name: at and _read_in(zone, at, before.zone) for name, at in kept.items()}


def _read_in(zone: str, at: datetime, earlier: str) -> datetime:
    wall = local(at, earlier).replace(tzinfo=None)
    return timetable.instant_of(wall, zone, fold=local(at, earlier).fold)
