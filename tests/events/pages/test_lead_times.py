from datetime import UTC, date, datetime

import pytest
import time_machine

from events.models import Event
from events.pages.lead_times import ask_by, tell_by, working_days_before
from tests.factories import make_event, make_session


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (0, date(2020, 5, 3)),
        (1, date(2020, 5, 1)),
        (5, date(2020, 4, 27)),
        (6, date(2020, 4, 24)),
        (10, date(2020, 4, 20)),
    ],
)
def test_working_days_leave_weekends_out(number: int, day: date):
    assert working_days_before(date(2020, 5, 3), number) == day


def at(starts_at: datetime, **fields: object) -> Event:
    event = make_event(dates=0, **fields)
    make_session(event, starts_at)
    return event


@pytest.mark.django_db
def test_days_are_counted_from_the_day_where_the_event_is():
    # 23:30 UTC on Sunday is Monday in London in summer.
    event = at(datetime(2020, 5, 3, 23, 30, tzinfo=UTC))

    assert ask_by(event, "captions", {"captions": 1}) == date(2020, 5, 1)


@pytest.mark.django_db
def test_without_a_lead_time_there_is_no_day():
    event = at(datetime(2020, 5, 3, 14, tzinfo=UTC))

    assert ask_by(event, "captions", {}) is None
    assert ask_by(event, "quiet", {"quiet": 0}) is None


@pytest.mark.django_db
def test_we_answer_at_noon_of_the_next_working_day_on_the_events_clock():
    event = at(datetime(2020, 5, 13, 14, tzinfo=UTC))
    wednesday, friday = (datetime(2020, 5, day, 22, tzinfo=UTC) for day in (6, 8))

    assert tell_by(event, wednesday) == datetime(2020, 5, 7, 11, tzinfo=UTC)
    assert tell_by(event, friday) == datetime(2020, 5, 11, 11, tzinfo=UTC)
    assert tell_by(event, datetime(2020, 5, 13, 9, tzinfo=UTC)) is None


@pytest.mark.django_db
def test_once_the_first_of_several_dates_has_begun_days_are_counted_to_the_next():
    event = at(datetime(2020, 5, 5, 14, tzinfo=UTC))
    make_session(event, datetime(2020, 5, 19, 14, tzinfo=UTC))
    lead_times, after = {"captions": 1}, datetime(2020, 5, 7, 9, tzinfo=UTC)

    for now, day in (
        (datetime(2020, 5, 1, tzinfo=UTC), 4),
        (after, 18),
        (datetime(2020, 6, 1, tzinfo=UTC), 4),
    ):
        with time_machine.travel(now):
            assert ask_by(event, "captions", lead_times) == date(2020, 5, day)
    assert tell_by(event, after) == datetime(2020, 5, 8, 11, tzinfo=UTC)
