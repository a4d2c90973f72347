"""Keeping somebody out of an event, or of a group's events for a while: a named contact decides, with a reason that only
they read, and may agree to a request all the same.

What somebody has at an event is held by events.actions.holding; what the apps above give there ends by KEPT_OUT of
allyhub/joins.py. Every function locks the events that it touches.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from concerns.actions import notices as concern_notices
from events.actions import holding, leaving, organiser_notices, requests
from events.actions.leaving import NoLongerPossible
from events.actions.someone import Someone
from events.models import Event, KeptOut, KeptOutStep, Registration
from events.models.registration import held_by, kept_out_at
from kit.joins import joins
from kit.links import mailbox_digests
from people.models import Group, Person

Kind = KeptOut.Kind
Step = KeptOutStep.Kind


@transaction.atomic
def keep_out(
    group: Group,
    address: str,
    *,
    reason: str,
    by: Person,
    event: Event | None = None,
    until: date | None = None,
) -> KeptOut:
    """Keep somebody out of one event, or of all of the group's that begin by `until`, with every address we know to be
    theirs. What they have there is held, or ends."""
    kept = KeptOut.objects.create(
        group=group, event=event, address=address, reason=reason, until=None if event else until
    )
    emails = Someone.with_address(address).emails | {address}
    for digest in sorted({mailbox_digests(email)[0] for email in emails}):
        kept.mailboxes.create(digest=digest)
    kept.steps.create(kind=Step.BEGUN, by=by)
    apply(kept)
    return kept


@transaction.atomic
def renew(kept: KeptOut, *, until: date, by: Person) -> KeptOut:
    """Set another end, sooner or later. Raises NoLongerPossible when it was ended, or counts for one event alone."""
    kept = _locked(kept)
    if kept.is_lifted or kept.event_id or kept.until == until:
        raise NoLongerPossible
    kept.until = until
    kept.save(update_fields=["until"])
    kept.steps.create(kind=Step.RENEWED, by=by)
    apply(kept)
    return kept


@transaction.atomic
def lift(kept: KeptOut, *, by: Person) -> KeptOut:
    """End it. Requests that wait are for the organisers now, as those of anybody whom nobody knows. Raises
    NoLongerPossible when it was ended."""
    kept = _locked(kept)
    if kept.is_lifted:
        raise NoLongerPossible
    kept.lifted_at = timezone.now()
    kept.save(update_fields=["lifted_at"])
    kept.steps.create(kind=Step.LIFTED, by=by)
    for event in _events(kept):
        for row in _requests(event):
            if held_by(event, row.email) != Kind.NAMED:
                organiser_notices.tell_of_request(row, timezone.now())
    return kept


@transaction.atomic
def open_for(kept: KeptOut, reader: Person) -> None:
    """Note that a named contact opened it. Called before anything of it is shown."""
    kept = _locked(kept)
    if not kept.is_open_for(reader, timezone.now()):
        kept.steps.create(kind=Step.OPENED, by=reader)


@transaction.atomic
def agree(kept: KeptOut, registration: Registration, *, by: Person) -> Registration:
    """Let somebody who is kept out take part in one event all the same. Raises NoLongerPossible."""
    event, registration = _theirs(kept, registration)
    for each in _of(event, registration):
        each.let_in_at.add(event)
        each.steps.create(kind=Step.AGREED, by=by)
    holding.welcome_back(event, registration.email)
    return requests.let_in(event, registration, by=by)


@transaction.atomic
def refuse(kept: KeptOut, registration: Registration, *, by: Person) -> Registration:
    """Say no to a request. They are told, and whom to write to. Raises NoLongerPossible."""
    _event, registration = _theirs(kept, registration)
    kept.steps.create(kind=Step.REFUSED, by=by)
    return requests.turn_down(registration, by=by)


def apply(kept: KeptOut) -> None:
    """Hold what somebody has at the events they are kept out of, and end what they do there. Safe to call at any time."""
    for event in _events(kept):
        event = event.locked()
        held = holding.hold_whoever_is_kept_out(event)
        for end in joins.KEPT_OUT:
            end(event)
        if held:
            leaving.offer_free_places(event)


def settle() -> int:
    """Hold what came about in another way, when a date moved or an address changed. For the clock. Returns of how many it
    looked."""
    counting = KeptOut.objects.filter(kind=Kind.NAMED, lifted_at=None)
    rows = [kept for kept in counting if not kept.is_over(timezone.localdate())]
    for kept in rows:
        with transaction.atomic():
            apply(kept)
    return len(rows)


def tell_who_decides(registration: Registration) -> None:
    """Owe those who decide about a request a mail that one waits, and nothing of it."""
    event, now = registration.event, timezone.now()
    if held_by(event, registration.email) == Kind.NAMED:
        concern_notices.tell_readers(event.group, now, kind="kept-out-news")
    else:
        organiser_notices.tell_of_request(registration, now)


def _events(kept: KeptOut) -> Iterable[Event]:
    if kept.event is not None:
        return [] if kept.event.is_past() else [kept.event]
    to_come = Event.objects.filter(group=kept.group_id).with_dates().order_by("pk")
    return [event for event in to_come if not event.is_past()]


def _requests(event: Event) -> QuerySet[Registration]:
    return event.registrations.with_confirmed_address().filter(state=Registration.State.HELD)


def _of(event: Event, registration: Registration) -> list[KeptOut]:
    digests = mailbox_digests(registration.email)
    return list(kept_out_at(event).filter(kind=Kind.NAMED, mailboxes__digest__in=digests).distinct())


def _theirs(kept: KeptOut, registration: Registration) -> tuple[Event, Registration]:
    event, registration = leaving.locked(registration)
    if not registration.can_be_agreed_to() or kept not in _of(event, registration):
        raise NoLongerPossible
    return event, registration


def _locked(kept: KeptOut) -> KeptOut:
    return KeptOut.objects.select_for_update(of=("self",)).select_related("group").get(pk=kept.pk)
