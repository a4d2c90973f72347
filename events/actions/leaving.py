"""How a registration ends, and how its place goes to whoever has waited longest.

Every function locks the event first. Every way in which a place can become free ends in `offer_free_places`.
"""

from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from events.actions import notices, places
from events.actions.access_needs import forget, tell_leads_of_offers
from events.actions.holding import hold_if_kept_out, hold_whoever_is_kept_out
from events.actions.timetable import Limits
from events.models import AddressChange, Event, ImportLine, ListAct, Registration, RegistrationStep
from events.models.kept_out import KeptOut
from kit.joins import joins
from kit.links import ERASED_HOST, address_confirmed, mailbox_digests
from kit.meanwhile import NothingChanged
from people.models import Person

State = Registration.State
Ended = Registration.Ended
Step = RegistrationStep.Kind

# Of those who have no place to give up.
PARTING = {
    State.WAITING: (Ended.LEFT_LIST, Step.LEFT_LIST),
    State.HELD: (Ended.TAKEN_BACK, Step.TAKEN_BACK),
}


class NoLongerPossible(NothingChanged):
    """Refused: the registration is in another state by now."""


@transaction.atomic
def leave(registration: Registration, *, by: Person | None = None) -> Registration:
    """Give up the place or the queue; somebody who is offered a place passes it on. Raises NoLongerPossible when it has
    ended, or the event is over."""
    event, registration = _locked_and_live(registration)
    _refuse_when_over(event)
    if registration.is_offered:
        return decline_offer(registration)
    because, step = PARTING.get(State(registration.state), (Ended.LEFT, Step.LEFT))
    end(registration, because, step, by=by)
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
    """Take someone off the list, for an organiser. The reason stays in the history, where the person can read it. When
    they ask again, an organiser has to agree. Raises NoLongerPossible when they are off it."""
    event, registration = _locked_and_live(registration)
    take_off(registration, by=by, reason=reason)
    offer_free_places(event)
    return registration


def take_off(
    registration: Registration, *, by: Person | None, reason: str = "", act: ListAct | None = None
) -> None:
    """Under the lock of the event, which is asked to offer the place afterwards."""
    event = registration.event
    end(registration, Ended.REMOVED, Step.REMOVED, by=by, note=reason)
    if registration.is_email_confirmed and registration.has_email:  # else it may be a stranger's, or nobody's
        removed = KeptOut.objects.create(group=event.group, event=event, kind=KeptOut.Kind.REMOVED)
        removed.mailboxes.create(digest=mailbox_digests(registration.email)[0])
    notices.removed(registration, act)


@transaction.atomic
def accept_offer(registration: Registration) -> Registration:
    """Take the offered place. Raises NoLongerPossible when it was answered before, the offer has ended, or the event, and
    while that is called off: what was offered is held then."""
    event, registration = locked(registration)
    if event.off_because() or not registration.has_offer(timezone.now()):
        raise NoLongerPossible
    _refuse_when_over(event)
    take_offer(event, registration)
    return registration


@transaction.atomic
def decline_offer(registration: Registration) -> Registration:
    """Pass the offered place on. Raises NoLongerPossible when there is no offer any more, or the event is over."""
    event, registration = locked(registration)
    if not registration.is_offered:
        raise NoLongerPossible
    _refuse_when_over(event)
    end(registration, Ended.DECLINED, Step.DECLINED)
    offer_free_places(event)
    return registration


def take_offer(event: Event, registration: Registration) -> None:
    """Give the offered place, unless somebody has to agree by now; they are told. Under the lock of the event."""
    if not hold_if_kept_out(event, registration):
        place(registration, Step.ACCEPTED)
    notices.how_it_stands(registration)
    if registration.is_held:
        offer_free_places(event)


@transaction.atomic
def offer_free_places(event: Event) -> int:
    """Offer every free place to whoever waited longest. Returns how many offers were made. Safe to call at any time."""
    event = event.locked()  # twice in one transaction costs nothing
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    hold_whoever_is_kept_out(event)
    offered = places.next_in_line(event)
    for registration in offered:
        _offer(registration, now, ends_at=event.offer_ends_at(now))
        notices.offer(registration)
    tell_leads_of_offers(event, offered)
    return len(offered)


def expire_due() -> int:
    """End what was not confirmed or answered in time, and offer every place that is free, at all events."""
    return sum(expire(event) for event in _events_with_something_to_settle())


@transaction.atomic
def expire(event: Event) -> int:
    """End what was not confirmed or answered in time, and pass the places on. Returns how many ended."""
    event, now = event.locked(), timezone.now()
    if event.is_called_off:
        return 0  # nobody can answer now; when it is called back everyone gets the time to
    unconfirmed = event.registrations.live().with_unconfirmed_address().filter(confirm_by__lte=now)
    unanswered = event.registrations.filter(state=State.OFFERED, offer_ends_at__lte=now)
    ended = 0
    for registration in chain(unconfirmed, unanswered.order_by("queued_at", "pk")):
        registration.event, ended = event, ended + 1
        if registration.is_offered:
            _end_offer(registration)
        else:
            end(registration, Ended.NOT_CONFIRMED, Step.NOT_CONFIRMED)
    offer_free_places(event)
    return ended


def _end_offer(registration: Registration) -> None:
    """Whoever waited for the access leads did answer: they need not ask to stay."""
    if registration.access_word == Registration.AccessWord.ASKED:
        registration.add_step(Step.OFFER_ENDED)
        to_the_end(registration)
        notices.how_it_stands(registration)
    else:
        end(registration, Ended.OFFER_ENDED, Step.OFFER_ENDED)
        notices.offer_ended(registration)


def to_the_end(registration: Registration) -> None:
    """From an offer to the end of the line. Under the lock of the event, which is asked to offer the place afterwards."""
    now = timezone.now()
    registration.state, registration.queued_at = State.WAITING, now
    registration.offer_ends_at, registration.access_word = None, ""
    _save(registration, now)
    registration.add_step(Step.STAYED)


def shorten(event: Event, now: datetime, *, is_told: bool) -> None:
    """Bring the time to answer an offer, or to confirm an address, in line with the dates as they are now: never longer
    than it was. Whoever is offered a place reads of it in the mail that tells of the dates (`is_told`), else in the offer
    once more. Under the lock of the event."""
    offer_ends_at, confirm_by = event.offer_ends_at(now), event.confirm_by(now)
    for registration in event.registrations.filter(state=State.OFFERED, offer_ends_at__gt=offer_ends_at):
        registration.event, registration.offer_ends_at = event, offer_ends_at
        _have_less_time(registration, now)
        if not is_told or not registration.is_email_confirmed:
            notices.offer_with_less_time(registration)
    unconfirmed = event.registrations.live().with_unconfirmed_address()
    for registration in unconfirmed.filter(confirm_by__gt=confirm_by):
        registration.event, registration.confirm_by = event, confirm_by
        _have_less_time(registration, now)
        notices.confirm_with_less_time(registration)


LIMITS = Limits(Registration, ("confirm_by", "offer_ends_at"), shorten)


@transaction.atomic
def erase(registration: Registration) -> None:
    """Remove everything about the person; the row stays as a number. A place goes to the next."""
    event, registration = locked(registration)
    if registration.is_live:
        end(registration, Ended.ERASED, Step.ERASED)
    registration.ended_because = Ended.ERASED
    blank(registration)
    offer_free_places(event)


def locked(registration: Registration) -> tuple[Event, Registration]:
    """The event and the registration, both read again under their locks."""
    # Always the event first: two who take the same locks in another order would wait for each other for ever.
    event = registration.event.locked()
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    # Else the first look at `.event` would read it once more.
    fresh.event = event
    return event, fresh


def _locked_and_live(registration: Registration) -> tuple[Event, Registration]:
    event, registration = locked(registration)
    if not registration.is_live:
        raise NoLongerPossible
    return event, registration


def place(registration: Registration, step: str, *, by: Person | None = None, note: str = "") -> None:
    registration.state, registration.volunteers_place = State.CONFIRMED, False
    registration.calendar_changes += 1
    registration.offer_ends_at, registration.access_word = None, ""
    _save(registration, timezone.now())
    registration.add_step(step, by=by, note=note)
    if registration.is_email_confirmed:
        joins.seat_as_wished(registration)


def blank(registration: Registration) -> None:
    """Overwrite what tells who it was. The link in old mails stops working."""
    forget(registration)
    for about_them in (AddressChange, ImportLine):
        about_them.objects.filter(registration=registration).delete()
    for theirs in ("list_acts", "letters", "invitations", "attendances", "calendar_entries"):
        getattr(registration, theirs).all().delete()
    registration.name, registration.pronouns, registration.taking_part = "", "", []
    registration.language, registration.complete_because, registration.listed_to = "", "", ""
    # An address of its own that no mail can reach (RFC 2606).
    registration.email = f"erased-{registration.pk}@{ERASED_HOST}"
    registration.calendar_mails = ""
    registration.person, registration.news_wanted_at, registration.news_weekly = None, None, False
    registration.link_version, registration.fresh_link_used_at = registration.link_version + 1, None
    registration.save()
    registration.steps.exclude(note="").update(note="")


def _offer(registration: Registration, now: datetime, *, ends_at: datetime) -> None:
    registration.state, registration.offer_ends_at = State.OFFERED, ends_at
    _save(registration, now)
    registration.add_step(Step.OFFERED)


def _have_less_time(registration: Registration, now: datetime) -> None:
    _save(registration, now)
    registration.add_step(Step.LESS_TIME)


def _refuse_when_over(event: Event) -> None:
    if event.is_past():
        raise NoLongerPossible


def end(
    registration: Registration, because: str, step: str, *, by: Person | None = None, note: str = ""
) -> None:
    registration.state, registration.ended_because = State.CANCELLED, because
    registration.calendar_changes += 1
    registration.ended_at, registration.network = timezone.now(), ""
    registration.offer_ends_at, registration.access_word, registration.listed_to = None, "", ""
    _save(registration, registration.ended_at)
    registration.add_step(step, by=by, note=note)


def _save(registration: Registration, now: datetime) -> None:
    registration.changed_at = now
    registration.save()


def _events_with_something_to_settle() -> list[Event]:
    now = timezone.now()
    rows = Registration.objects.filter(event=OuterRef("pk"))
    ended = ~address_confirmed() & Q(confirm_by__lte=now) | Q(offer_ends_at__lte=now)
    overdue = rows.live().filter(ended)
    # Every event with a queue is looked at: whatever freed a place, it is offered within a round.
    queue = rows.with_confirmed_address().filter(state=State.WAITING)
    settled = Event.objects.exclude(state__in=Event.CALLED_OFF)
    return list(settled.filter(Exists(overdue) | Exists(queue)))
