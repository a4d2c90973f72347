"""How somebody comes to an event: what they typed becomes a place, or the end of the queue.

Only events.actions.entering, .giving_back, .holding, .leaving, .list_undoing, .requests and .volunteers write
Registration.state. Every function locks the event first, decides by counting, and writes the registration, its history
and its mails in one transaction.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from events.actions import invitations, notices, places
from events.actions.access_needs import record
from events.actions.belonging import Claim, RegistrationClosed, check_now, refusal_of_group
from events.actions.dates import say_dates
from events.actions.entering import Answers, EventFull, answer, begin, enter, has_place_now, new
from events.actions.holding import hold_if_kept_out
from events.actions.leaving import NoLongerPossible, locked, offer_free_places, place
from events.models import Closed, Event, Registration, RegistrationStep, Session
from events.models.places import Pair
from kit.joins import joins
from kit.links import address_confirmed, normalise_email
from kit.written_once import Asked, written
from people.models.person import person_for

State, Ended, BelongsBy = Registration.State, Registration.Ended, Registration.BelongsBy
Step, INVITED = RegistrationStep.Kind, Event.Entry.INVITED

# Ends that somebody chose, or let happen, and can undo.
MAY_COME_BACK: set[str] = {Ended.LEFT, Ended.LEFT_LIST, Ended.OFFER_ENDED, Ended.DECLINED, Ended.TAKEN_BACK}

# When its dates are: a registration asks several times, and needs no more of them.
TIMES = Prefetch("sessions", Session.objects.order_by().only("event", "starts_at", "ends_at"))

# Places of one event that wait to be confirmed by people behind one network address.
HELD_FOR_ONE_NETWORK = 5


@transaction.atomic
def register(event: Event, answers: Answers) -> Registration:
    """Give somebody a place, or the end of the queue, held until the address is confirmed; who would be one too many of
    those who have not confirmed gets their place at confirming. An address that is registered already gets a mail that
    says so; the caller cannot tell and must not. Raises RegistrationClosed, EventFull."""
    return _ask_for_place(event.locked(), answers, timezone.now())


def _ask_for_place(event: Event, answers: Answers, now: datetime) -> Registration:
    """Under the lock of the event, since `now`: the order of times is the order in which turns were taken."""
    prefetch_related_objects([event], TIMES)
    if refusal := refusal_of(event, answers.pair, now):
        raise refusal
    if not event.takes_people_who_wait(now) and not event.has_place_for_newcomer(answers.pair):
        raise EventFull(Closed.FULL)  # before anybody is looked up: "full" must not tell who has a place
    is_asked = event.entry == INVITED or answers.invitation
    invitation = invitations.needed(event, answers.invitation, answers.email) if is_asked else None
    email = normalise_email(answers.email)
    found = _of_address_or_held(event, email, answers.network)
    if known := next((row for row in found if row.email == email), None):
        return _register_again(known, answers, now)
    # Nobody is refused for it: a whole school may be behind one address, and each of them gets a place at confirming.
    is_held = event.holds_place_for_newcomer(answers.pair) and len(found) < HELD_FOR_ONE_NETWORK
    registration = new(event, answers, now)
    registration.confirm_by = event.confirm_by(now)
    begin(registration, answers, now, has_place=is_held)
    if invitation:
        invitations.use(invitation, registration)
    notices.ask_to_confirm(registration, now, is_new=True)
    return registration


@transaction.atomic
def register_here(
    event: Event, answers: Answers, *, made_here: Registration | None
) -> tuple[Registration, bool]:
    """Register somebody, and say whether the browser that asks may move it to another address later: when it made the
    registration (now, or `made_here` earlier) and nobody else has answered for that address since. Who types somebody's
    address first must not get what its owner tells later. Raises besides DoesNotBelong, NotTheseDates."""
    # Locked here already: what follows compares moments, and nobody may answer in between.
    event, started_at = event.locked(), timezone.now()
    if answers.belongs_by != BelongsBy.ORGANISER and (event.has_quotas or answers.pair.quota):
        check_now(event, Claim(answers.pair, answers.belongs_by, answers.email, answers.code))
    is_still_theirs = made_here is not None and made_here.is_as_it_was()
    registration = _ask_for_place(event, answers, started_at)
    was_theirs = is_still_theirs and made_here == registration
    return registration, was_theirs or registration.created_at >= started_at


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """Note that an address is real. Whoever comes back after the time to confirm asks anew, at the end of the queue.
    Raises NoLongerPossible (also once it was confirmed), RegistrationClosed, EventFull."""
    event, registration = locked(registration)
    now = timezone.now()
    if registration.is_email_confirmed and registration.is_live:
        raise NoLongerPossible
    if event.is_cancelled:
        raise RegistrationClosed(Closed.CANCELLED)
    if not registration.is_live:
        _come_back(event, registration, now, after={Ended.NOT_CONFIRMED})
    elif event.is_past(now):
        raise RegistrationClosed(Closed.OVER)
    registration.email_confirmed_at, registration.confirm_by, registration.network = now, None, ""
    registration.person = person_for(
        registration.email,
        name=registration.name,
        pronouns=registration.pronouns,
        language=registration.language,
    )
    registration.follow_earlier()
    registration.save()
    registration.add_step(Step.EMAIL_CONFIRMED)
    hold_if_kept_out(event, registration)
    # Who waited only for their own confirmation: first in line and a place free is a place.
    if registration.is_waiting and places.is_first(event, registration):
        place(registration, Step.CONFIRMED)
    elif registration.has_place:
        joins.seat_as_wished(registration)
    notices.answer_of_who_decides(registration)
    if registration.is_held:  # the leads hear of it when somebody agrees
        offer_free_places(event)
    else:
        notices.tell_access_leads(registration)
    return registration


@transaction.atomic
def rejoin(registration: Registration) -> Registration:
    """Let someone whose registration ended ask again, with the answers given before. Raises RegistrationClosed,
    EventFull, NoLongerPossible (live, never confirmed, erased, removed, or another live registration of the same
    address)."""
    event, registration = locked(registration)
    now = timezone.now()
    if registration.is_live or not registration.is_email_confirmed:
        raise NoLongerPossible
    _come_back(event, registration, now, after=MAY_COME_BACK)
    notices.answer_of_who_decides(registration)
    return registration


def refusal_of(event: Event, pair: Pair, now: datetime) -> RegistrationClosed | None:
    """What somebody is told who would register with this pair now; None while they can."""
    if reason := event.registration_closed_because(now):
        return RegistrationClosed(reason)
    return refusal_of_group(event, pair.quota, now) if pair.quota else None


def may_ask_again(registration: Registration, now: datetime) -> bool:
    """Whether `rejoin` would take them in."""
    event = registration.event
    if registration.ended_because not in MAY_COME_BACK or _closed_to(registration, now):
        return False
    is_there = event.registrations.live().filter(email=registration.email).exists()
    return not is_there and (
        event.takes_people_who_wait(now) or event.has_place_for_newcomer(registration.pair)
    )


def _of_address_or_held(event: Event, email: str, network: str) -> list[Registration]:
    """Who is registered with this address, and those whose address is not confirmed for whom a place is held behind this
    network; "" is none. One query."""
    if not network:
        return list(event.registrations.live().filter(email=email))
    sql, fixed = _of_address_or_network()
    asked = {"event": event.pk, "email": email, "network": network}
    found = list(Registration.objects.raw(sql, fixed | asked))
    for row in found:
        row.event = event
    return found


@cache
def _of_address_or_network() -> tuple[str, dict[str, Any]]:
    here = Registration.objects.filter(event=Asked("event")).order_by()
    held = here.filter(network=Asked("network"), state=State.CONFIRMED).exclude(address_confirmed())
    # Each finds its few rows by an index of its own; with an "or" everybody who is registered would be gone through.
    known = here.live().filter(email=Asked("email"))
    return written(Registration.objects.filter(pk__in=known.values("pk").union(held.values("pk"))))


def _register_again(known: Registration, answers: Answers, now: datetime) -> Registration:
    """Write the answers of an address that is registered already. Who asks for another pair, or to be looked at, comes
    anew: where they were before is free then."""
    # Until the address is confirmed the newest answers count; after that only the person's own page changes them.
    if known.is_email_confirmed:
        notices.registered_already(known)
        return known
    event, asked_before = known.event, known.belongs_by == BelongsBy.ASKED
    answer(known, answers, now)
    if known.pair != answers.pair or asked_before != (answers.belongs_by == BelongsBy.ASKED):
        known.quota_id, known.way = answers.pair
        enter(known, now, has_place=event.holds_place_for_newcomer(answers.pair))
        offer_free_places(event)
    known.save()
    if answers.access:
        record(known, answers.access)
    if answers.dates is not None:
        say_dates(known, answers.dates)
    joins.wish_for_room(known, answers.room)
    notices.ask_to_confirm(known, now)
    return known


def _closed_to(registration: Registration, now: datetime) -> RegistrationClosed | None:
    """Why they cannot ask again. Whoever let an offer go by may stay on the list after registration has closed."""
    refusal = refusal_of(registration.event, registration.pair, now)
    is_too_late = refusal is not None and refusal.reason is Closed.TOO_LATE
    return None if is_too_late and registration.ended_because == Ended.OFFER_ENDED else refusal


def _come_back(event: Event, registration: Registration, now: datetime, *, after: set[str]) -> None:
    """Ask anew after an end that may be undone, unless the same address has registered again meanwhile."""
    is_there = event.registrations.live().filter(email=registration.email)
    if registration.ended_because not in after or is_there.exists():
        raise NoLongerPossible
    if refusal := _closed_to(registration, now):
        raise refusal
    enter(registration, now, has_place=has_place_now(event, registration.pair, now))
