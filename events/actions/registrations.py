"""Everything that changes who holds a place. Only this module and .welcoming ask .transitions to write a state.

Every function locks the event first, decides by counting, and writes the registration, its history and its mails in
one transaction. Every way in which a place can become free ends in `offer_free_places`.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from events.actions import notices, places
from events.actions.access_needs import record
from events.actions.transitions import (
    Answers,
    EventFull,
    NoLongerPossible,
    RegistrationClosed,
    answer,
    begin,
    blank,
    end,
    enter,
    locked,
    note_step,
    offer,
    place,
)
from events.models import Event, Registration, RegistrationStep
from events.models.closed import NOTHING_TO_COME_TO
from kit.links import address_confirmed
from kit.text import normalise_email
from people.actions.persons import person_for
from people.models import Person

State = Registration.State
Ended = Registration.Ended
Step = RegistrationStep.Kind


@transaction.atomic
def register(event: Event, answers: Answers) -> Registration:
    """Give somebody a place, or the end of the queue, held until the address is confirmed. An address that is
    registered already gets a mail that says so; the caller cannot tell and must not. Raises RegistrationClosed,
    EventFull."""
    event = places.lock(event)
    now = timezone.now()  # after the lock: the order of times is the order in which turns were taken
    if reason := event.registration_closed_because(now):
        raise RegistrationClosed(reason)
    if not event.has_waiting_list and places.state_for_newcomer(event) == State.WAITING:
        raise EventFull  # before anybody is looked up: "full" must not tell who has a place
    known = event.registrations.live().filter(email=normalise_email(answers.email)).first()
    if known:
        return _register_again(known, answers, now)
    registration = begin(event, answers, now, confirm_by=places.confirm_by(event, now))
    notices.ask_to_confirm(registration, now)
    return registration


@transaction.atomic
def add(event: Event, answers: Answers, *, by: Person, beyond_capacity: str = "") -> Registration:
    """Register somebody who phoned or wrote: the same rules, entered by an organiser. With a reason in
    `beyond_capacity` the person gets a place even when the event is full. Raises RegistrationClosed, EventFull,
    NoLongerPossible (registered)."""
    event = places.lock(event)
    now = timezone.now()
    if (reason := event.registration_closed_because(now)) in NOTHING_TO_COME_TO:
        raise RegistrationClosed(reason)
    if event.registrations.live().filter(email=normalise_email(answers.email)).exists():
        raise NoLongerPossible
    registration = begin(event, answers, now, by=by, place_anyway=bool(beyond_capacity))
    registration.email_confirmed_at = now
    registration.values_accepted_at = None  # nobody can say that for somebody else
    registration.person = person_for(registration.email, name=registration.name, language="")
    registration.language = registration.person.language
    registration.save(update_fields=["email_confirmed_at", "values_accepted_at", "person", "language"])
    note_step(registration, Step.ADDED, by=by, note=beyond_capacity)
    notices.place_or_queue(registration)
    return registration


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """Note that an address is real. Whoever comes back after the time to confirm asks anew, at the end of the queue.
    Pressing twice is harmless. Raises NoLongerPossible, RegistrationClosed, EventFull."""
    event, registration = locked(registration)
    now = timezone.now()
    if registration.is_email_confirmed and registration.is_live:
        return registration
    if not registration.is_live:
        _come_back(event, registration, now, after={Ended.NOT_CONFIRMED})
    registration.email_confirmed_at, registration.confirm_by = now, None
    registration.person = person_for(
        registration.email,
        name=registration.name,
        pronouns=registration.pronouns,
        language=registration.language,
    )
    registration.save()
    note_step(registration, Step.EMAIL_CONFIRMED)
    _settle_newly_confirmed(event, registration)
    notices.place_or_queue(registration)
    notices.tell_access_leads(registration)
    return registration


@transaction.atomic
def leave(registration: Registration, *, by: Person | None = None) -> Registration:
    """Give up the place or the queue. Works until the event ends; twice is harmless."""
    event, registration = locked(registration)
    if registration.is_live:
        end(registration, Ended.LEFT, Step.LEFT, by=by)
        notices.left(registration)
        offer_free_places(event)
    return registration


@transaction.atomic
def not_me(registration: Registration) -> None:
    """Forget a registration at once, because somebody else typed this address. Raises NoLongerPossible once the
    address was confirmed."""
    event, registration = locked(registration)
    if registration.is_email_confirmed:
        raise NoLongerPossible
    if registration.is_live:
        end(registration, Ended.NOT_ME, Step.LEFT)
    blank(registration)
    offer_free_places(event)


@transaction.atomic
def remove(registration: Registration, *, by: Person, reason: str = "") -> Registration:
    """Take someone off the list, for an organiser. The reason stays in the history, where the person can read it."""
    event, registration = locked(registration)
    if registration.is_live:
        end(registration, Ended.REMOVED, Step.REMOVED, by=by, note=reason)
        notices.removed(registration)
        offer_free_places(event)
    return registration


@transaction.atomic
def accept_offer(registration: Registration) -> Registration:
    """Take the offered place. Twice is harmless. Raises NoLongerPossible when the offer has ended."""
    _event, registration = locked(registration)
    now = timezone.now()
    if registration.state == State.CONFIRMED:
        return registration
    if not registration.is_offered or (registration.offer_ends_at or now) <= now:
        raise NoLongerPossible
    place(registration, Step.ACCEPTED)
    notices.place_or_queue(registration)
    return registration


@transaction.atomic
def decline_offer(registration: Registration) -> Registration:
    event, registration = locked(registration)
    if registration.is_offered:
        end(registration, Ended.DECLINED, Step.DECLINED)
        offer_free_places(event)
    return registration


@transaction.atomic
def rejoin(registration: Registration) -> Registration:
    """Let someone whose registration ended ask again, with the answers given before. Raises RegistrationClosed,
    EventFull, NoLongerPossible (erased, removed, or another live registration of the same address)."""
    event, registration = locked(registration)
    now = timezone.now()
    if registration.is_live:
        return registration
    _come_back(event, registration, now, after={Ended.LEFT, Ended.OFFER_ENDED, Ended.DECLINED})
    notices.place_or_queue(registration)
    return registration


@transaction.atomic
def offer_free_places(event: Event) -> int:
    """Offer every free place to whoever waited longest. Returns how many offers were made. Safe to call at any time."""
    # Twice in one transaction costs nothing, and whoever calls it from elsewhere need not know.
    event = places.lock(event)
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    number = places.free(event)
    # Nobody is offered a place before their address is confirmed: it might be a stranger's.
    queue = event.registrations.in_the_queue().with_confirmed_address()
    offered = list(queue if number is None else queue[:number])
    for registration in offered:
        offer(registration, now, ends_at=places.offer_ends_at(event, now))
        notices.offer(registration)
    return len(offered)


@transaction.atomic
def expire(event: Event) -> int:
    """End what was not confirmed or answered in time, and pass the places on. Returns how many ended."""
    event = places.lock(event)
    now = timezone.now()
    unconfirmed = event.registrations.live().with_unconfirmed_address().filter(confirm_by__lte=now)
    unanswered = event.registrations.filter(state=State.OFFERED, offer_ends_at__lte=now)
    ended = 0
    for registration in unconfirmed:
        end(registration, Ended.NOT_CONFIRMED, Step.NOT_CONFIRMED)
        ended += 1
    for registration in unanswered:
        end(registration, Ended.OFFER_ENDED, Step.OFFER_ENDED)
        notices.offer_ended(registration)
        ended += 1
    offer_free_places(event)
    return ended


@transaction.atomic
def end_all_of_cancelled(event: Event) -> list[Registration]:
    """End every registration of an event that is cancelled. Called by events.actions.events.cancel."""
    told = list(event.registrations.live())
    for registration in told:
        end(registration, Ended.EVENT_CANCELLED, Step.EVENT_CANCELLED)
    return told


@transaction.atomic
def note_arrival(registration: Registration) -> None:
    """Note that somebody went through the door, the first time."""
    if registration.joined_at is None:
        registration.joined_at = timezone.now()
        registration.save(update_fields=["joined_at"])
        note_step(registration, Step.JOINED)


@transaction.atomic
def erase(registration: Registration) -> None:
    """Remove everything about the person; the row stays as a number. A place goes to the next."""
    event, registration = locked(registration)
    if registration.is_live:
        end(registration, Ended.ERASED, Step.ERASED)
    registration.ended_because = Ended.ERASED
    blank(registration)
    offer_free_places(event)


def _register_again(known: Registration, answers: Answers, now: datetime) -> Registration:
    """Write the answers of an address that is registered already."""
    # Until the address is confirmed the newest answers count; after that only the person's own page changes them.
    if known.is_email_confirmed:
        notices.registered_already(known, now)
        return known
    answer(known, answers, now)
    known.save()
    if answers.access:
        record(known, answers.access)
    notices.ask_to_confirm(known, now)
    return known


def _come_back(event: Event, registration: Registration, now: datetime, *, after: set[str]) -> None:
    """Ask anew after an end that may be undone, unless the same address has registered again meanwhile."""
    if registration.ended_because not in after:
        raise NoLongerPossible
    if event.registrations.live().filter(email=registration.email).exists():
        raise NoLongerPossible
    if reason := event.registration_closed_because(now):
        raise RegistrationClosed(reason)
    enter(event, registration, now)


def _settle_newly_confirmed(event: Event, registration: Registration) -> None:
    """Give a place to somebody who waited only for their own confirmation: first in line and a place free is a place."""
    ahead = event.registrations.in_the_queue().with_confirmed_address()
    first = ahead.first()
    if registration.is_waiting and first and first.pk == registration.pk and places.free(event) != 0:
        place(registration, Step.CONFIRMED)


def expire_due() -> int:
    """End what was not confirmed or answered in time, and offer every place that is free, at all events."""
    return sum(expire(event) for event in _events_with_something_to_settle())


def _events_with_something_to_settle() -> list[Event]:
    now = timezone.now()
    rows = Registration.objects.filter(event=OuterRef("pk"))
    ended = ~address_confirmed() & Q(confirm_by__lte=now) | Q(offer_ends_at__lte=now)
    overdue = rows.live().filter(ended)
    # Every event with a queue is looked at: whatever freed a place, it is offered within a round.
    queue = rows.with_confirmed_address().filter(state=State.WAITING)
    return list(Event.objects.filter(Exists(overdue) | Exists(queue)))
