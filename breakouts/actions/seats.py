"""Whose seat is where, and whether there is one left. Choosing one is breakouts.actions.rooms."""

from breakouts.models import BreakoutPlan, Helper, Host, Placement, RoomChoice, Topic
from events.models import Registration


def has_seat_for(registration: Registration, topic: Topic, plan: BreakoutPlan) -> bool:
    seats = seats_of(topic, plan)
    taken = Placement.objects.that_count().filter(topic=topic).exclude(registration=registration)
    return seats is None or taken.count() < seats


def seats_of(topic: Topic, plan: BreakoutPlan) -> int | None:
    """How many seats a room has: its own number, else the plan's; None when there is no limit."""
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


def seat_of(registration: Registration) -> Topic | None:
    """The room that somebody chose and has a seat in."""
    found = Placement.objects.that_count().filter(registration=registration).select_related("topic").first()
    return found.topic if found else None


def seat_with_host(registration: Registration) -> Topic | None:
    """The room that somebody has a seat in, if somebody hosts it."""
    topic = seat_of(registration)
    return topic if topic and topic.is_accepted and topic.hosts.hosting().exists() else None


def give_up_seat(registration: Registration) -> None:
    """Free the seat of somebody who looks after a room from now on; it does not come back when they step down. Under
    the lock of the event."""
    Placement.objects.filter(registration=registration).delete()
    RoomChoice.objects.filter(registration=registration).delete()
