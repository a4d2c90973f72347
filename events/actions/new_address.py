"""Someone confirmed another address for themselves: their places, and what is still to be said to them, come along."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from events.models import Registration
from kit.links import normalise_email
from mail.models import KindName, OutgoingMail
from people.models import Person

# These are about the old address itself.
STAYING: tuple[KindName, ...] = (
    "sign-in-code",
    "confirm-address",
    "account-changed",
    "unknown-address",
    "fresh-link",
)

# Their number is an event's, not a registration's.
ABOUT_AN_EVENT: tuple[KindName, ...] = ("event-changed",)


def on_email_changed(
    *, user: Person, from_email_address: Any, to_email_address: Any, **_signal: object
) -> None:
    """Let what belongs to an address follow. allauth calls this once the new address is confirmed."""
    if from_email_address is not None:
        old, new = (normalise_email(address.email) for address in (from_email_address, to_email_address))
        follow(user, old=old, new=new)


@transaction.atomic
def follow(person: Person, *, old: str, new: str) -> None:
    """Move registrations and mails to a new address. A registration stays at the old one only where the new one has a
    place of its own."""
    staying = [row for row in person.registrations.filter(email=old) if not _moved(row, new)]
    owed = OutgoingMail.objects.waiting().filter(person=person, to_email=old)
    is_about_event = Q(kind__in=ABOUT_AN_EVENT)
    of_those = Q(about__in=[row.pk for row in staying]) & ~is_about_event
    of_their_events = Q(about__in=[row.event_id for row in staying]) & is_about_event
    owed.exclude(kind__in=STAYING).exclude(of_those | of_their_events).update(to_email=new)


def _moved(registration: Registration, email: str) -> bool:
    try:
        # A savepoint: on Postgres the constraint's refusal would spoil the whole transaction.
        with transaction.atomic():
            rows = Registration.objects.filter(pk=registration.pk)
            # What was mailed to the old address, and what was opened by it, opens nothing of theirs any more.
            closed = {"fresh_link_used_at": timezone.now(), "browsers_version": F("browsers_version") + 1}
            return bool(rows.update(email=email, **closed))
    except IntegrityError:
        return False
