"""What an organiser does to several people of an event at once. It is undone in events.actions.list_undoing.

What is done, its history and its mails are one transaction, under the event's lock. The mails wait as long as it can be
undone, and are never written where it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions import notices, places, quotas
from events.actions.holding import hold
from events.actions.leaving import offer_free_places, place, take_off
from events.actions.listed import quotas_of
from events.models import Event, ListAct, Registration, RegistrationStep, Way
from events.models.places import Pair
from kit.joins import joins
from kit.meanwhile import NothingChanged
from people.models import Person

State = Registration.State
Step = RegistrationStep.Kind
Kind = ListAct.Kind


class Why(models.TextChoices):
    """Why somebody is left out, or does not get back what they had."""

    OFF = "off", _("is off the list")
    NO_EMAIL = "no_email", _("has no email address")
    UNCONFIRMED = "unconfirmed", _("has not confirmed the address")
    HAS_PLACE = "has_place", _("has a place already")
    OFFERED = "offered", _("is offered a place")
    HELD = "held", _("waits until somebody agrees")
    HOSTS = "hosts", _("has the place because they host or help")
    NO_PLACE = "no_place", _("has no place")
    IN_ROOM = "in_room", _("sits in this room already")
    LOOKS_AFTER_ROOM = "looks_after_room", _("looks after a room")
    ROOM_FULL = "room_full", _("found no seat left")
    ROOM_CLOSED = "room_closed", _("cannot be seated there now")
    CHANGED = "changed", _("has changed since")
    IN_GROUP = "in_group", _("is there already")
    ONE_WAY = "one_way", _("is of a group of places for one way only")
    OFFERED_SINCE = "offered_since", _("was offered a place there, and keeps the offer")
    GROUP_FULL = "group_full", _("stays there: the place before was offered to somebody else")
    PLACE_GONE = "place_gone", _("is first in line: the place was offered to somebody else")


class CannotSit(Exception):
    """Refused: somebody cannot be seated in this room."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class NeedsReason(Exception):
    """Refused: more places would be given than are free, and no reason was said."""


@dataclass(frozen=True)
class Order:
    """What is to be done to whom. `to` is the key of a room or a group of places, or a way to come; `reason` what those
    who are taken off can read, or why there are more places than are free."""

    kind: str
    who: Sequence[str]
    to: str = ""
    reason: str = ""


@dataclass(frozen=True)
class LeftOut:
    registration: Registration
    why: Why


@dataclass(frozen=True)
class Sorted:
    """Those to whom it can be done, in the order in which they came, and those who are left out."""

    able: list[Registration]
    left_out: list[LeftOut]


def kinds_at(event: Event) -> list[Kind]:
    """What can be done to several people now."""
    if event.is_past():
        return []
    if event.off_because() or event.has_begun():
        return [Kind.LINK, Kind.OFF]
    kinds = [Kind.LINK, Kind.PLACE, Kind.HOLD, Kind.OFF]
    if joins.rooms_to_choose(event, timezone.now()):
        kinds.append(Kind.ROOM)
    return [*kinds, Kind.GROUP] if moves_people(event) else kinds


def moves_people(event: Event) -> bool:
    """Whether there is another group of places, or another way to come, and places are still given."""
    is_divided = event.has_quotas or event.has_two_ways
    return is_divided and not (event.is_past() or event.off_because() or event.has_begun())


def sort_out(event: Event, order: Order) -> Sorted:
    """Three queries, and some a person where rooms are asked about."""
    rows = event.registrations.not_erased().filter(reference__in=order.who).select_related("quota")
    prefetch_related_objects([event], "quotas")  # asked of each
    found = Sorted([], [])
    for registration in rows.order_by("queued_at", "pk"):
        registration.event = event
        why = WHY_NOT[Kind(order.kind)](registration, order)
        if why:
            found.left_out.append(LeftOut(registration, why))
        else:
            found.able.append(registration)
    return found


def beyond(event: Event, order: Order, able: Sequence[Registration]) -> int:
    """How many of them would get a place that is not free, or that somebody waits for who came before them. What is
    offered to somebody is theirs already."""
    if order.kind == Kind.GROUP:
        return quotas.beyond(event, ((one, pair_there(one, order.to)) for one in able))
    wanted = {one.pk for one in able if order.kind == Kind.PLACE and not one.is_offered}
    return len(wanted - {one.pk for one in places.next_in_line(event)}) if wanted else 0


@transaction.atomic
def carry_out(event: Event, order: Order, *, key: UUID, by: Person) -> tuple[ListAct, list[LeftOut]]:
    """Do it to everyone to whom it can be done by now. Raises NothingChanged where this press was made before or nobody
    is left to whom it can be done, NeedsReason."""
    event = event.locked()
    if ListAct.objects.filter(key=key).exists() or order.kind not in kinds_at(event):
        raise NothingChanged
    found = sort_out(event, order)
    if not found.able:
        raise NothingChanged
    if beyond(event, order, found.able) and not order.reason:
        raise NeedsReason
    act = ListAct.objects.create(key=key, event=event, kind=order.kind, to=order.to, by=by)
    left_out = found.left_out
    for registration in found.able:
        try:
            before = DO[Kind(order.kind)](act, registration, order)
        except CannotSit as refusal:  # the seats went to others of them
            left_out.append(LeftOut(registration, refusal.why))
        else:
            act.lines.create(registration=registration, before=before)
    offer_free_places(event)
    return act, left_out


def pair_there(registration: Registration, to: str) -> Pair:
    """What somebody counts in once they are there: the other of the two stays, unless a group is for one way only."""
    if to in Way.values:
        return Pair(registration.quota_id, to)
    quota = next((one for one in quotas_of(registration.event) if str(one.pk) == to), None)
    return Pair(quota.pk, quota.way or registration.way) if quota else registration.pair


def _no_link(registration: Registration, _order: Order) -> Why | None:
    if not registration.is_live:
        return Why.OFF
    return None if registration.has_email else Why.NO_EMAIL


def _no_place(registration: Registration, _order: Order) -> Why | None:
    if not registration.is_live:
        return Why.OFF
    if not registration.is_email_confirmed:
        return Why.UNCONFIRMED
    state = State(registration.state)
    if state == State.OFFERED and not registration.has_email:
        return None  # they said yes on the phone
    known: Mapping[State, Why] = {
        State.CONFIRMED: Why.HAS_PLACE,
        State.OFFERED: Why.OFFERED,
        State.HELD: Why.HELD,
    }
    return known.get(state)


def _no_removal(registration: Registration, _order: Order) -> Why | None:
    return None if registration.is_live else Why.OFF


def _no_hold(registration: Registration, _order: Order) -> Why | None:
    if not registration.is_live:
        return Why.OFF
    if registration.is_held:
        return Why.HELD
    return Why.HOSTS if registration.volunteers_place else None


def _no_seat(registration: Registration, order: Order) -> Why | None:
    if not registration.has_place:
        return Why.NO_PLACE if registration.is_live else Why.OFF
    return Why.IN_ROOM if joins.room_key_of(registration) == order.to else None


def _no_group(registration: Registration, order: Order) -> Why | None:
    if not registration.is_live:
        return Why.OFF
    if order.to in Way.values and registration.quota and registration.quota.way not in ("", order.to):
        return Why.ONE_WAY
    return Why.IN_GROUP if pair_there(registration, order.to) == registration.pair else None


def _send_link(act: ListAct, registration: Registration, _order: Order) -> str:
    notices.link_again(registration, act)
    return ""


def _give_place(act: ListAct, registration: Registration, order: Order) -> str:
    before = registration.state
    place(registration, Step.CONFIRMED, by=act.by, note=order.reason)
    notices.how_it_stands(registration, act)
    return before


def _take_off(act: ListAct, registration: Registration, order: Order) -> str:
    before = registration.state
    take_off(registration, by=act.by, reason=order.reason, act=act)
    return before


def _hold(act: ListAct, registration: Registration, order: Order) -> str:
    before = f"{registration.state}/{registration.belongs_by}"
    hold(registration, by=act.by, note=order.reason, act=act)
    return before


def _seat(_act: ListAct, registration: Registration, order: Order) -> str:
    before: str = joins.room_key_of(registration)
    joins.seat_in_room(registration, order.to)
    return before


def _move(act: ListAct, registration: Registration, order: Order) -> str:
    before, pair = registration.pair, pair_there(registration, order.to)
    if pair.quota != before.quota:
        registration.belongs_by = Registration.BelongsBy.ORGANISER
    quotas.put_into(registration, pair, Step.MOVED, by=act.by, note=order.reason, act=act)
    return f"{before.quota or ''}:{before.way}"


WHY_NOT: Mapping[Kind, Callable[[Registration, Order], Why | None]] = {
    Kind.LINK: _no_link,
    Kind.PLACE: _no_place,
    Kind.HOLD: _no_hold,
    Kind.OFF: _no_removal,
    Kind.ROOM: _no_seat,
    Kind.GROUP: _no_group,
}
DO: Mapping[Kind, Callable[[ListAct, Registration, Order], str]] = {
    Kind.LINK: _send_link,
    Kind.PLACE: _give_place,
    Kind.HOLD: _hold,
    Kind.OFF: _take_off,
    Kind.ROOM: _seat,
    Kind.GROUP: _move,
}
