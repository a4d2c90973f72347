"""Undoing what was done to several people of an event at once.

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
"""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from events.actions import notices, places, quotas
from events.actions.holding import welcome_back
from events.actions.leaving import offer_free_places
from events.actions.list_acts import CannotSit, LeftOut, Why, pair_there
from events.models import ListAct, ListActLine, Registration, RegistrationStep
from events.models.places import Pair
from kit.joins import joins
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from people.models import Person

State = Registration.State
Kind = ListAct.Kind


@transaction.atomic
def undo(act: ListAct, *, by: Person) -> list[LeftOut]:
    """Take it back while its mails wait. Returns who does not get back what they had. Raises NothingChanged when it was
    undone before, or it is too late."""
    event = act.event.locked()
    act = ListAct.objects.select_for_update().get(pk=act.pk)
    if not act.can_be_undone():
        raise NothingChanged
    act.event, act.undone_at = event, timezone.now()
    act.save(update_fields=["undone_at"])
    never_told = _take_mails_back(act)
    left_out = []
    for line in act.lines.select_related("registration").order_by("registration__queued_at", "pk"):
        line.act, line.registration.event = act, event
        if why := UNDO[Kind(act.kind)](line, by, line.registration_id in never_told):
            left_out.append(LeftOut(line.registration, why))
    offer_free_places(event)
    return left_out


def _take_mails_back(act: ListAct) -> set[int]:
    """Never write what has not left. Returns whose mail that was. A worker that has begun to send one has moved the
    moment at which it is due."""
    held = OutgoingMail.objects.waiting().filter(context__act=str(act.key), next_attempt_at=act.undo_until)
    mails = dict(held.select_for_update().values_list("pk", "about"))
    OutgoingMail.objects.filter(pk__in=mails).delete()
    return {about for about in mails.values() if about}


def _nothing_to_take_back(_line: ListActLine, _by: Person, _is_never_told: bool) -> Why | None:
    return None


def _take_place_back(line: ListActLine, by: Person, is_never_told: bool) -> Why | None:
    """They wait again where they stood."""
    registration = line.registration
    if registration.state != State.CONFIRMED or registration.attendances.there().exists():
        return Why.CHANGED
    _back_to(registration, State.WAITING, by)
    if not is_never_told:
        notices.how_it_stands(registration)
    return None


def _from_hold(line: ListActLine, by: Person, is_never_told: bool) -> Why | None:
    """What they had before, a place only while one is free; how they had shown that they belong counts again."""
    registration, event = line.registration, line.act.event
    if not registration.is_held:
        return Why.CHANGED
    before, _slash, registration.belongs_by = line.before.partition("/")
    is_gone = before in Registration.HOLDING and places.free(event, registration.pair) == 0
    state = State.WAITING if is_gone or before == State.OFFERED else State(before)
    _back_to(registration, state, by)
    if registration.is_email_confirmed and not (is_never_told and state == before):
        notices.how_it_stands(registration)
    return Why.PLACE_GONE if is_gone else None


def _put_back(line: ListActLine, by: Person, is_never_told: bool) -> Why | None:
    """A place only while one is free; else they are the first who wait."""
    registration, event = line.registration, line.act.event
    was_removed = registration.ended_because == Registration.Ended.REMOVED
    if not was_removed or event.registrations.live().filter(email=registration.email).exists():
        return Why.CHANGED
    welcome_back(event, registration.email)
    needs_free = line.before in Registration.HOLDING and not registration.volunteers_place
    is_gone = needs_free and places.free(event, registration.pair) == 0
    # An offer ran out meanwhile: who had one waits, and is offered what is free.
    state = State.WAITING if is_gone or line.before == State.OFFERED else State(line.before)
    _back_to(registration, state, by)
    if registration.is_email_confirmed and not (is_never_told and state == line.before):
        notices.how_it_stands(registration)
    return Why.PLACE_GONE if is_gone else None


def _seat_back(line: ListActLine, _by: Person, _is_never_told: bool) -> Why | None:
    if not line.registration.has_place:
        return Why.CHANGED
    try:
        joins.seat_in_room(line.registration, line.before)
    except CannotSit as refusal:
        return refusal.why
    return None


def _group_back(line: ListActLine, by: Person, is_never_told: bool) -> Why | None:
    """Into the group of places before, as long as a place is free there for whoever has one. Who waited and was offered
    one where they went has been told so."""
    registration, event = line.registration, line.act.event
    quota, _colon, way = line.before.partition(":")
    there, before = registration.pair, Pair(int(quota) if quota else None, way)
    registration.quota_id, registration.way = before
    if not registration.is_live or pair_there(registration, line.act.to) != there:
        return Why.CHANGED
    registration.quota_id, registration.way = there
    if not quotas.fits(event, registration, before):
        return Why.OFFERED_SINCE if registration.is_offered else Why.GROUP_FULL
    quotas.put_into(registration, before, RegistrationStep.Kind.UNDONE, by=by, is_told=not is_never_told)
    return None


def _back_to(registration: Registration, state: str, by: Person) -> None:
    registration.state, registration.ended_because, registration.ended_at = state, "", None
    registration.follow_earlier()
    registration.changed_at = timezone.now()
    registration.save()
    registration.add_step(RegistrationStep.Kind.UNDONE, by=by)


UNDO: Mapping[Kind, Callable[[ListActLine, Person, bool], Why | None]] = {
    Kind.LINK: _nothing_to_take_back,
    Kind.PLACE: _take_place_back,
    Kind.HOLD: _from_hold,
    Kind.OFF: _put_back,
    Kind.ROOM: _seat_back,
    Kind.GROUP: _group_back,
}
