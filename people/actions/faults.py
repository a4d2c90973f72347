"""Errors are noted where they happen, and those who look after the hub are told: on "Is everything working?", and by one
mail an hour at most."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mail.actions import outbox
from people.models import Fault, Person

log = logging.getLogger(__name__)

BETWEEN_MAILS = timedelta(hours=1)
KEPT_FOR = timedelta(days=30)


def note(error: BaseException, place: str) -> None:
    """Note an error. Never raises: somebody waits for the page that tells them of it."""
    try:
        with transaction.atomic():
            Fault.note(error, place)
    except Exception:
        log.exception("An error could not be noted")


@transaction.atomic
def tell_administrators() -> int:
    """Owe them one mail about what they have not been told, unless there was one within the hour. Returns how many."""
    now = timezone.now()
    # Locked before it is asked when the last mail was owed: of two workers the second finds nothing left to tell.
    news = [row.pk for row in Fault.objects.select_for_update().filter(told_at=None)]
    if not news or Fault.objects.filter(told_at__gt=now - BETWEEN_MAILS).exists():
        return 0
    Fault.objects.filter(pk__in=news).update(told_at=now)
    administrators = Person.objects.administrators()
    for person in administrators:
        outbox.queue(
            kind="faults",
            key=f"faults/{now.isoformat()}/{person.pk}",
            to_email=person.email,
            person=person,
            context={"told_at": now.isoformat()},
        )
    return len(administrators)


def forget_old() -> int:
    return Fault.objects.filter(hour__lt=timezone.now() - KEPT_FOR).delete()[0]
