"""Another address for a registration that was confirmed: the place, its answers and its turn in line stay as they are.

Both addresses agree, in whichever order: the old one since the own page's link is handed on, the new one since it may be
somebody else's. Afterwards nothing that was mailed to the old one opens anything.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import holding, leaving, new_address, notices
from events.actions.leaving import NoLongerPossible, locked
from events.models import AddressChange, Event, Registration, RegistrationStep
from kit.links import NEW_KEY, normalise_email
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from people.models.person import person_for

# Whoever only has somebody's link fills neither inbox.
MOST_AT_ONCE, WITHIN = 3, timedelta(minutes=10)


class TooOften(Exception):
    """Refused: enough was written to one of the two addresses a moment ago."""


class HasOwnRegistration(NothingChanged):
    """Refused: the new address has a registration of its own at this event."""


@transaction.atomic
def ask(registration: Registration, email: str) -> AddressChange:
    """Write to both addresses. The answer is the same whatever the new address is, also when it is the old one: whoever
    only has the link of the own page finds out nothing by trying. Raises NoLongerPossible, TooOften."""
    _event, row = locked(registration)
    email = normalise_email(email)
    # While somebody decides, they decide about the address that asked. Nobody can agree for an address that is not there:
    # whoever printed the link would read what is kept of its owner.
    if not row.is_live or row.is_held or not row.is_email_confirmed or not row.has_email:
        raise NoLongerPossible
    if _wrote_enough("address-old", row.email) or _wrote_enough("address-new", email):
        raise TooOften
    fresh = {"key": NEW_KEY(), "email": email, "asked_at": timezone.now()}
    agreed_to = {"old_agreed_at": None, "new_agreed_at": None}
    change, _created = AddressChange.objects.update_or_create(registration=row, defaults=fresh | agreed_to)
    notices.ask_both_addresses(row, change)
    return change


@transaction.atomic
def agree(change: AddressChange, *, as_old: bool) -> bool:
    """One of the two addresses agrees. Returns whether the registration is at the new one now. Raises NoLongerPossible
    (ended, held, stopped, asked anew or too long ago), NothingChanged (agreed before), HasOwnRegistration."""
    event, row, change = _locked(change)
    name = "old_agreed_at" if as_old else "new_agreed_at"
    if getattr(change, name) is not None:
        raise NothingChanged
    if event.registrations.live().filter(email=change.email).exclude(pk=row.pk).exists() and not as_old:
        raise HasOwnRegistration
    setattr(change, name, timezone.now())
    change.save(update_fields=[name])
    if change.is_agreed:
        _move(event, row, change)
    return change.is_agreed


@transaction.atomic
def stop(change: AddressChange) -> None:
    """Either address says no, or whoever asked. Raises NoLongerPossible."""
    _event, _row, change = _locked(change)
    change.delete()


def _locked(change: AddressChange) -> tuple[Event, Registration, AddressChange]:
    event, row = locked(change.registration)
    fresh = AddressChange.objects.filter(registration=row, key=change.key).first()
    if fresh is None or not row.is_live or row.is_held or not fresh.is_good(timezone.now()):
        raise NoLongerPossible
    return event, row, fresh


def _move(event: Event, row: Registration, change: AddressChange) -> None:
    old, now = row.email, timezone.now()
    change.delete()
    if old == change.email:
        return
    if event.registrations.live().filter(email=change.email).exists():
        raise HasOwnRegistration
    person = person_for(change.email, name=row.name, pronouns=row.pronouns, language=row.language)
    row.email, row.person, row.changed_at = change.email, person, now
    row.link_version, row.browsers_version = row.link_version + 1, row.browsers_version + 1
    row.fresh_link_used_at = now
    row.save()
    row.calendar_entries.all().delete()  # told to a calendar that may be another's
    row.add_step(RegistrationStep.Kind.ADDRESS_CHANGED)
    new_address.let_mails_follow(row, old=old)
    if holding.hold_if_kept_out(event, row):
        leaving.offer_free_places(event)
    notices.moved(row)


def _wrote_enough(kind: str, email: str) -> bool:
    lately = OutgoingMail.objects.of_kind(kind).filter(to_email=email, created_at__gt=timezone.now() - WITHIN)
    return lately.count() >= MOST_AT_ONCE
