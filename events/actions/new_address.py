"""Someone confirmed another address for themselves: their places, and what is still to be said to them, come along."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from events.actions import notices
from events.models import CalendarEntry, Registration
from kit.joins import joins
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
    "address-old",
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
    """Move registrations and mails to a new address, and mail the new links of what is to come; whoever logs in finds the
    others among their places. A registration stays at the old one only where the new one has a place of its own."""
    staying = [row for row in person.registrations.filter(email=old) if not _moved(row, new)]
    owed = OutgoingMail.objects.waiting().filter(person=person, to_email=old)
    is_about_event = Q(kind__in=ABOUT_AN_EVENT)
    of_those = Q(about__in=[row.pk for row in staying]) & ~is_about_event
    of_their_events = Q(about__in=[row.event_id for row in staying]) & is_about_event
    owed.exclude(kind__in=STAYING).exclude(of_those | of_their_events).update(to_email=new)
    for row in person.registrations.live().filter(email=new).select_related("event"):
        if not row.event.is_past() and not row.event.is_cancelled:
            notices.moved(row)


def let_mails_follow(registration: Registration, *, old: str) -> None:
    """Let what is owed to one registration go to the address at which it is now."""
    about_one = [name for name, kind in joins.MAIL_KINDS.items() if _is_about_registrations(kind)]
    of_it = Q(kind__in=about_one, about=registration.pk)
    of_its_event = Q(kind__in=ABOUT_AN_EVENT, about=registration.event_id)
    owed = OutgoingMail.objects.waiting().filter(of_it | of_its_event, to_email=old)
    owed.exclude(kind__in=STAYING).update(to_email=registration.email, person=registration.person)


def _is_about_registrations(kind: Any) -> bool:
    return kind.about is not None and kind.about.rows().model is Registration


def _moved(registration: Registration, email: str) -> bool:
    try:
        # A savepoint: on Postgres the constraint's refusal would spoil the whole transaction.
        with transaction.atomic():
            rows = Registration.objects.filter(pk=registration.pk)
            # What was mailed to the old address, and what was opened by it, opens nothing of theirs any more.
            newer = {name: F(name) + 1 for name in ("link_version", "browsers_version")}
            closed = {"fresh_link_used_at": timezone.now(), **newer}
            is_moved = bool(rows.update(email=email, **closed))
            # Told to a calendar at the old address.
            CalendarEntry.objects.filter(registration=registration).delete()
            return is_moved
    except IntegrityError:
        return False
