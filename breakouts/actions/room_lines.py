"""The rooms of an event all at once, with whoever is to host them."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import transaction

from breakouts.actions import helpers, hosts, plans, review
from breakouts.models import BreakoutPlan, HelperRole, Host, Topic
from events.models import Event
from people.models import Person

THERE = (Host.State.HOSTING, Host.State.ASKED, Host.State.NAMED)


class NewRoom(NamedTuple):
    """A title, and the name and address of each host: the first holds it, the others are co-hosts. `number` is that of a
    room that is there."""

    title: str
    hosts: list[tuple[str, str]]
    number: int | None = None


@transaction.atomic
def write(
    event: Event,
    rooms: Iterable[NewRoom],
    *,
    like: Event | None,
    takes_topics: bool,
    wanted: Collection[str],
    by: Person,
) -> BreakoutPlan:
    """Make these rooms, set up as those of `like`, in a draft. Twice is once."""
    plan = plans.begin_with(event, like=like)
    for room in rooms:
        topic = event.topics.accepted().filter(title=room.title).first()
        topic = topic or review.add(event, title=room.title, by=by)
        _name_hosts(event, topic, room)
    plan.takes_topics = takes_topics
    plans.save(plan, fields=["takes_topics"])
    helpers.want(event, _numbers(event, wanted))
    return plan


@transaction.atomic
def rewrite(event: Event, rooms: Iterable[NewRoom], *, by: Person) -> None:
    """Give rooms these titles, in this order, make those that are new, and ask those who are named and not there. Raises
    NoLongerPossible."""
    event = event.locked()
    there = {topic.number: topic for topic in event.topics.accepted()}
    in_order = []
    for room in rooms:
        topic = there.get(room.number) or review.add(event, title=room.title, by=by)
        topic.event = event
        if topic.title != room.title:
            topic = review.edit(topic, by=by, title=room.title)
        in_order.append(topic)
        _name_hosts(event, topic, room)
    review.put_in_order(event, in_order)


def _name_hosts(event: Event, topic: Topic, room: NewRoom) -> None:
    """Ask, or name in a draft, whoever is not there: the first holds the room, unless somebody does already."""
    topic.event = event
    there = set(topic.hosts.filter(state__in=THERE).values_list("email", flat=True))
    for name, email in room.hosts:
        if email not in there:
            is_held = topic.hosts.holding_the_room().exists()
            hosts.invite(topic, name=name, email=email, as_co_host=is_held)
            there.add(email)


def _numbers(event: Event, wanted: Collection[str]) -> dict[str, int]:
    """How many for each kind of help: as many as before, or one; a note-taker in every room."""
    now = dict(event.helper_roles.values_list("kind", "wanted"))
    numbers = {kind: max(now.get(kind, 0), 1) if kind in wanted else 0 for kind in HelperRole.Kind.values}
    if HelperRole.Kind.NOTES in wanted:
        numbers[HelperRole.Kind.NOTES] = now.get(HelperRole.Kind.NOTES, 0) or event.topics.accepted().count()
    return numbers
