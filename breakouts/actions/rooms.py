"""Where people sit. Nothing but this and breakouts.actions.seats writes Placement.

What someone wishes (RoomChoice) and where they are put (Placement) are written apart. For now the first to choose a
seat has it; an allocation from ranked wishes will write placements here too.
"""

from django.db import transaction
from django.utils import timezone

from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.seats import has_seat_for, looked_after_by
from breakouts.models import BreakoutPlan, Placement, RoomChoice, Topic
from events.models import Closed, Event, NotOpen, Registration


class RoomFull(Exception):
    """Refused: every seat of this room was taken while they chose."""


class NoPlaceYet(Exception):
    """Refused: only whoever holds a place at the event chooses a room."""


class HasARoom(Exception):
    """Refused: hosts and note-takers sit in the room they look after."""


@transaction.atomic
def choose(registration: Registration, topic: Topic | None) -> Placement | None:
    """Give somebody a seat in a room, or (None) let them decide on the day. First come, first served; a seat they had
    before is free for others. Raises NoPlaceYet, HasARoom, NotOpen, RoomFull, NoLongerPossible (no such room any
    more)."""
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
    """The event and the registration, under the lock of places: whoever leaves and whoever chooses take turns."""
    event = registration.event.locked()
    fresh = Registration.objects.get(pk=registration.pk)
    fresh.event = event
    plan = BreakoutPlan.of(event)
    if not fresh.has_place:
        raise NoPlaceYet
    if plan is None:
        raise NotOpen(Closed.NOT_OFFERED)
    if reason := plan.choices_closed_because(timezone.now()):
        raise NotOpen(reason)
    return event, fresh, plan
