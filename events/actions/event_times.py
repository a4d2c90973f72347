"""The times that organisers type beside the dates of an event, and when these make no sense."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from events.actions.timetable import Dates, Misfit, Times
from events.models import Event, Quota


def misfits(event: Event, dates: Dates) -> dict[str, Misfit]:
    ends_at, first_day = dates.ends_at, dates.first_day
    if ends_at is None or first_day is None:
        return {}
    opens_at, closes_at = event.registration_opens_at, event.registration_closes_at
    found = {}
    if opens_at and opens_at >= ends_at:
        found["registration_opens_at"] = Misfit(_("Enter a time before the event ends"))
    elif opens_at and closes_at and closes_at <= opens_at:
        found["registration_closes_at"] = Misfit(_("Registration must close after it opens"), ends_at)
    if closes_at and closes_at > ends_at:
        found["registration_closes_at"] = Misfit(_("Enter a time before the event ends"), ends_at)
    if misfit := pool_misfit(event.pool_at, dates):
        found["pool_at"] = misfit
    if event.interpreters_by and event.interpreters_by > first_day:
        found["interpreters_by"] = Misfit(_("Enter a date before the event starts"), first_day)
    return found


def pool_misfit(pool_at: datetime | None, dates: Dates) -> Misfit | None:
    """Once the first date has begun nobody is offered a place any more."""
    starts_at = dates.starts_at
    if pool_at is None or starts_at is None or pool_at <= starts_at:
        return None
    return Misfit(_("Enter a time before the first date: afterwards no place is offered any more"), starts_at)


def _save(event: Event, fields: Iterable[str]) -> None:
    event.save(update_fields=[*fields])


EVENT = Times(
    model=Event,
    pages={
        "registration_opens_at": "organise:event_places",
        "registration_closes_at": "organise:event_places",
        "pool_at": "organise:event_places_for",
        "interpreters_by": "organise:event_access",
    },
    rows_of=lambda event: [event],
    misfits=misfits,
    save=_save,
    opening=frozenset({"registration_opens_at"}),
)


def misfits_of_quota(quota: Quota, dates: Dates) -> dict[str, Misfit]:
    ends_at, opens_at, closes_at = dates.ends_at, quota.opens_at, quota.closes_at
    found: dict[str, Misfit] = {}
    if ends_at is None:
        return found
    if opens_at and opens_at >= ends_at:
        found["opens_at"] = Misfit(_("Enter a time before the event ends"))
    elif opens_at and closes_at and closes_at <= opens_at:
        found["closes_at"] = Misfit(_("The places must close after they open"), ends_at)
    if closes_at and closes_at > ends_at:
        found["closes_at"] = Misfit(_("Enter a time before the event ends"), ends_at)
    return found


def _quotas_of(event: Event) -> Iterable[Quota]:
    return event.quotas.all() if event.has_quotas else ()


QUOTA = Times(
    model=Quota,
    pages=dict.fromkeys(("opens_at", "closes_at"), "organise:event_places_for"),
    rows_of=_quotas_of,
    misfits=misfits_of_quota,
    save=lambda quota, fields: quota.save(update_fields=[*fields]),
    opening=frozenset({"opens_at"}),
    are_many=True,
)
