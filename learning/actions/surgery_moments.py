"""When questions are read though fewer than five first-hand ones have come: at moments that nobody's press decides.

Before and after the date each evening; on the day an hour before it begins, and every ten minutes while it is on.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from learning.models import Surgery

EVENING = time(18)
BEFORE_IT_BEGINS = timedelta(hours=1)
STEP = timedelta(minutes=10)


def last_moment(surgery: Surgery, now: datetime) -> datetime:
    """The last one that has come."""
    return max(moment for moment in _around(surgery, now) if moment <= now)


def next_moment(surgery: Surgery, now: datetime) -> datetime:
    return min(moment for moment in _around(surgery, now) if moment > now)


def _around(surgery: Surgery, now: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(surgery.event.time_zone)
    today = now.astimezone(zone).date()
    for days in (-1, 0, 1):
        yield datetime.combine(today + timedelta(days=days), EVENING, zone)
    if (session := surgery.session) is None:
        return
    yield session.starts_at - BEFORE_IT_BEGINS
    yield session.ends_at
    if session.starts_at <= now < session.ends_at:
        past = (now - session.starts_at) // STEP
        yield from (session.starts_at + number * STEP for number in (past, past + 1))
    elif now < session.starts_at:
        yield session.starts_at
