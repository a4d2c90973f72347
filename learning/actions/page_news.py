"""Telling those with a place that a page of their workbook has opened: once a page, and not whoever stopped it."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from events.models import Event
from learning.models import Activity
from mail.actions.outbox import queue_each

# A clock that ran late tells of no page that has been open for so long: people have found it.
TOO_LATE = timedelta(days=5)
# Nobody is written to while people still say goodbye.
AFTER_THE_END = timedelta(hours=1)


def tell_due() -> int:
    """Owe everyone who is coming one mail for each page that opened. Returns how many are new."""
    now = timezone.now()
    events = Event.objects.filter(pk__in=_untold(now).values("event"), state=Event.State.PUBLISHED)
    return sum(_tell(event, now) for event in events)


def _untold(now: datetime) -> "models.QuerySet[Activity]":
    """Those whose date has ended. A page before the first date is found on the own page."""
    ended = {"after__ends_at__lte": now - AFTER_THE_END, "after__ends_at__gt": now - TOO_LATE}
    return Activity.objects.asked().filter(told_at=None, **ended)


@transaction.atomic
def _tell(event: Event, now: datetime) -> int:
    event = event.locked()
    if not event.is_published:
        return 0
    return sum(_owe(event, activity, now) for activity in _untold(now).filter(event=event).order_by("pk"))


def _owe(event: Event, activity: Activity, now: datetime) -> int:
    coming = event.registrations.coming().filter(workbook_silence=None).select_related("person")
    # Whoever has written on it knows of it.
    rows = coming.exclude(workbook_pages__activity=activity).order_by("pk")
    owed = queue_each(
        rows,
        kind="workbook-page",
        key=f"workbook-page/{activity.pk}",
        group=event.group,
        context={"activity": activity.pk},
        not_before=now,
    )
    Activity.objects.filter(pk=activity.pk).update(told_at=now)
    return len(owed)
