"""How early something must be asked for, and by when we say whether it could be arranged.

Saturdays and Sundays do not count as working days. Public holidays do: a hub may serve people in several countries.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from events.models import AccessOffer, Event
from kit.times import local, make_instant

# Interpreters are booked together, by the date that organisers give for the event.
INTERPRETERS = frozenset({"bsl", "other_sign", "language"})
NOON = time(12)
SATURDAY = 5


def offered_lead_times() -> dict[str, int]:
    """Working days needed for what this hub offers as standard, by code. One query."""
    return dict(AccessOffer.objects.values_list("code", "lead_working_days"))


def ask_by(event: Event, code: str, lead_times: Mapping[str, int]) -> date | None:
    """The last day on which there is time enough to arrange it. None when nobody has said."""
    if code in INTERPRETERS and event.interpreters_by:
        return event.interpreters_by
    if event.starts_at is None or not lead_times.get(code):
        return None
    return working_days_before(local(event.starts_at, event.time_zone).date(), lead_times[code])


def tell_by(event: Event, now: datetime) -> datetime | None:
    """The moment by which we say whether it can be arranged: noon of the next working day, in the event's zone; None
    when it starts before that."""
    day = local(now, event.time_zone).date() + timedelta(days=1)
    while _is_weekend(day):
        day += timedelta(days=1)
    noon = make_instant(day, NOON, event.time_zone, fold=0)
    return noon if event.starts_at is None or noon < event.starts_at else None


def working_days_before(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= not _is_weekend(day)
    return day


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
