"""Where people sit. Nothing else writes Placement.

What someone wishes (RoomChoice) and where they are put (Placement) are written apart. For now the first to choose a
seat has it; an allocation from ranked wishes will write placements here too.
"""

from django.db import transaction
from django.utils import timezone

from breakouts.actions.plans import plan_of
from breakouts.actions.refusals import Closed, NoLongerPossible
from breakouts.models import BreakoutPlan, Helper, Host, Placement, RoomChoice, Topic
from events.actions import places
from events.models import Event, Registration


class RoomFull(Exception):
    """Every seat of this room was taken while they chose."""


class NoPlaceYet(Exception):
    """Only whoever holds a place at the event chooses a room."""


class HasARoom(Exception):
    """Hosts and note-takers sit in the room they look after."""


@transaction.atomic
def choose(registration: Registration, topic: Topic | None) -> Placement | None:
    """A seat in a room, or (None) to decide on the day. First come, first served; a seat they had before is free for
    others. Raises NoPlaceYet, HasARoom, Closed, RoomFull, NoLongerPossible (no such room any more)."""
    event, registration, plan = _locked(registration)
    if looked_after_by(registration):
        raise HasARoom
    if topic is None:
        _wish(registration, None)
        Placement.objects.filter(registration=registration).delete()
        return None
    topic = event.topics.accepted().filter(pk=topic.pk).first()
    if topic is None:
        raise NoLongerPossible
    if not has_seat_for(registration, topic, plan):
        raise RoomFull
    _wish(registration, topic)
    return _place(registration, topic)


def has_seat_for(registration: Registration, topic: Topic, plan: BreakoutPlan) -> bool:
    seats = seats_of(topic, plan)
    taken = Placement.objects.that_count().filter(topic=topic).exclude(registration=registration)
    return seats is None or taken.count() < seats


def seats_of(topic: Topic, plan: BreakoutPlan) -> int | None:
    """The room's own number, else the plan's; None when there is no limit."""
    return topic.seats if topic.seats is not None else plan.seats


def looked_after_by(registration: Registration) -> Topic | None:
    """The room this person hosts or takes notes in: they sit there and choose no other."""
    return hosted_by(registration) or noted_by(registration)


def hosted_by(registration: Registration) -> Topic | None:
    host = Host.objects.hosting().filter(registration=registration, topic__state=Topic.State.ACCEPTED)
    found = host.select_related("topic").first()
    return found.topic if found else None


def noted_by(registration: Registration) -> Topic | None:
    helper = Helper.objects.helping().filter(registration=registration, topic__state=Topic.State.ACCEPTED)
    found = helper.select_related("topic").first()
    return found.topic if found else None


def give_up_seat(registration: Registration) -> None:
    """Somebody looks after a room from now on: the seat they had is free for others, and does not come back when they
    step down. Under the lock of the event."""
    Placement.objects.filter(registration=registration).delete()
    RoomChoice.objects.filter(registration=registration).delete()


def _wish(registration: Registration, topic: Topic | None) -> None:
    RoomChoice.objects.update_or_create(
        registration=registration, rank=1, defaults={"topic": topic, "chosen_at": timezone.now()}
    )


def _place(registration: Registration, topic: Topic) -> Placement:
    placement, _created = Placement.objects.update_or_create(
        registration=registration, defaults={"topic": topic, "placed_at": timezone.now()}
    )
    return placement


def _locked(registration: Registration) -> tuple[Event, Registration, BreakoutPlan]:
    """The lock of places: whoever leaves and whoever chooses take turns."""
    event = places.lock(registration.event)
    fresh = Registration.objects.get(pk=registration.pk)
    fresh.event = event
    plan = plan_of(event)
    if not fresh.has_place:
        raise NoPlaceYet
    if plan is None:
        raise Closed("no_choices")
    if reason := plan.choices_closed_because(timezone.now()):
        raise Closed(reason)
    return event, fresh, plan
