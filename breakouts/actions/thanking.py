"""Thanking those who hosted and helped once the event is over: one email a person, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from breakouts.actions import notices
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, Helper, Host
from events.models import Closed, Event

# Later nobody would know what for.
WITHIN = timedelta(days=60)


def closed_because(plan: BreakoutPlan, now: datetime) -> Closed | None:
    """Why nobody can be thanked now; None while they can, or have been."""
    event, ends_at = plan.event, plan.event.ends_at
    return Closed.first(
        (Closed.NOT_PUBLISHED, not event.is_published),
        (Closed.NOT_YET, not event.is_past(now)),
        (Closed.TOO_LATE, ends_at is not None and ends_at + WITHIN <= now),
    )


def volunteers(event: Event) -> list[Host | Helper]:
    """Whoever hosted or helped, once an address: by what they did that counts first. Two queries."""
    hosts = Host.objects.hosting().filter(topic__event=event).select_related("topic", "person")
    helpers = Helper.objects.helping().filter(role__event=event).select_related("role", "person")
    found: dict[str, Host | Helper] = {}
    for row in [*hosts, *helpers]:
        found.setdefault(row.email, row)
    return list(found.values())


@transaction.atomic
def thank(event: Event) -> int:
    """Owe each of them the email. Returns how many. Raises NoLongerPossible when they were thanked before, there is
    nobody, or it is not the time."""
    plan = _to_be_thanked(event)
    rows = volunteers(event)
    if not rows:
        raise NoLongerPossible
    for row in rows:
        notices.tell(_of(event, row), "host-thanks" if isinstance(row, Host) else "helper-thanks", "once")
    _note(plan)
    return len(rows)


@transaction.atomic
def thanked_otherwise(event: Event) -> None:
    """Note that they were thanked in another way. Raises NoLongerPossible as `thank`."""
    _note(_to_be_thanked(event))


def _to_be_thanked(event: Event) -> BreakoutPlan:
    plan = BreakoutPlan.of(event.locked())
    if plan is None or plan.thanked_at or closed_because(plan, timezone.now()):
        raise NoLongerPossible
    return plan


def _of(event: Event, row: Host | Helper) -> Host | Helper:
    if isinstance(row, Host):
        row.topic.event = event
    else:
        row.role.event = event
    return row


def _note(plan: BreakoutPlan) -> None:
    plan.thanked_at = timezone.now()
    plan.save(update_fields=["thanked_at"])
