"""What is over is forgotten: run by the clock, as often as it likes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.actions import access_needs, registrations
from events.models import Event, Registration

KEPT_AFTER_THE_EVENT = timedelta(days=365)
BATCH = 200


def forget_what_is_over() -> int:
    """Erase what is kept no longer. Returns how many rows were changed or deleted."""
    now = timezone.now()
    return access_needs.forget_after_events(now) + _blank_old_registrations(now)


def _blank_old_registrations(now: datetime) -> int:
    over = Event.objects.annotate(last=Max("sessions__ends_at")).filter(last__lte=now - KEPT_AFTER_THE_EVENT)
    rows = Registration.objects.filter(event__in=over).exclude(email__endswith="@erased.invalid")
    number = 0
    for key in list(rows.values_list("pk", flat=True)[:BATCH]):
        number += _blank(key)
    return number


@transaction.atomic
def _blank(key: int) -> int:
    row = Registration.objects.select_for_update().filter(pk=key).first()
    if row is None or row.email.endswith("@erased.invalid"):
        return 0
    registrations.blank(row)
    return 1
