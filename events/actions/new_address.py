"""Someone confirmed another address for themselves: their places, and what is still to be said to them, come along."""

from typing import Any

from django.db import IntegrityError, transaction

from events.models import Registration
from kit.links import normalise_email
from mail.models import KindName, OutgoingMail
from people.models import Person

# These are about the old address itself.
STAYING: tuple[KindName, ...] = ("sign-in-code", "confirm-address", "account-changed", "unknown-address")


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
    staying = [row.pk for row in person.registrations.filter(email=old) if not _moved(row, new)]
    owed = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, person=person, to_email=old)
    owed.exclude(kind__in=STAYING).exclude(about__in=staying).update(to_email=new)


def _moved(registration: Registration, email: str) -> bool:
    try:
        # A savepoint: on Postgres the constraint's refusal would spoil the whole transaction.
        with transaction.atomic():
            return bool(Registration.objects.filter(pk=registration.pk).update(email=email))
    except IntegrityError:
        return False
