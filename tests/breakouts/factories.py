"""Topics, hosts, helpers and seats, made the way the hub makes them."""

from itertools import count
from typing import Any

from breakouts.actions import helpers, hosts, notes, plans, recaps, review, rooms, topics
from breakouts.actions.topics import Proposal
from breakouts.models import (
    BreakoutPlan,
    Helper,
    HelperRole,
    Host,
    Proposer,
    RecapPart,
    RoomNote,
    Topic,
)
from events.models import Event, Registration
from people.models import Membership, Person
from tests.factories import make_event, make_organiser, register

numbers = count(1)


def make_social(**fields: Any) -> Event:
    """A published event with breakout rooms and an organiser. Fields of BreakoutPlan begin with `plan_`."""
    of_plan = {name.removeprefix("plan_"): fields.pop(name) for name in [*fields] if name.startswith("plan_")}
    event = make_event(**fields)
    organiser_of(event)
    plans.begin(event)
    BreakoutPlan.objects.filter(event=event).update(**of_plan)
    event.refresh_from_db()
    return event


def organiser_of(event: Event) -> Person:
    found = Person.objects.filter(memberships__group=event.group, memberships__role=Membership.Role.ORGANISER)
    return found.first() or make_organiser(event.group)


def propose(event: Event, title: str = "", *, confirmed: bool = True, **fields: Any) -> Proposer:
    number = next(numbers)
    defaults = {
        "why": "It matters to us.",
        "name": f"Proposer {number}",
        "email": f"proposer{number}@example.org",
    }
    proposer = topics.propose(event, Proposal(title=title or f"Topic {number}", **defaults | fields))
    return topics.confirm(proposer) if confirmed else proposer


def make_topic(event: Event, title: str = "", *, host: str = "", **fields: Any) -> Topic:
    """An accepted topic: a room. With `host`, somebody of that name hosts it."""
    topic = review.add(event, title=title or f"Topic {next(numbers)}", by=organiser_of(event))
    topic = review.edit(topic, by=organiser_of(event), **fields) if fields else topic
    if host:
        make_host(topic, name=host)
    return topic


def offer_to_host(topic: Topic, email: str = "", *, name: str = "", **fields: Any) -> Host:
    """Somebody offers; their address is not confirmed yet."""
    number = next(numbers)
    return hosts.offer(
        topic, name=name or f"Host {number}", email=email or f"host{number}@example.org", **fields
    )


def make_host(topic: Topic, email: str = "", *, name: str = "") -> Host:
    """The host of a room that had none; of one that has a host, somebody who is willing."""
    return hosts.confirm(offer_to_host(topic, email, name=name), values=None)


def make_role(event: Event, kind: str = HelperRole.Kind.NOTES, wanted: int = 1) -> HelperRole:
    helpers.want(event, {kind: wanted})
    return event.helper_roles.get(kind=kind)


def make_helper(role: HelperRole, email: str = "", *, name: str = "", topic: Topic | None = None) -> Helper:
    number = next(numbers)
    helper = helpers.offer(
        role, name=name or f"Helper {number}", email=email or f"helper{number}@example.org", topic=topic
    )
    return helpers.confirm(helper, values=None)


def sit(event: Event, topic: Topic, email: str = "", **fields: Any) -> Registration:
    """Somebody registers, confirms, and takes a seat in a room."""
    registration = register(event, email, **fields)
    rooms.choose(registration, topic)
    return registration


def make_note_taker(topic: Topic, email: str = "", *, name: str = "") -> Helper:
    """Somebody who takes notes in this room; with a second one there are two."""
    role = topic.event.helper_roles.filter(kind=HelperRole.Kind.NOTES).first()
    role = make_role(topic.event, wanted=role.wanted + 1 if role else 1)
    return helpers.assign(make_helper(role, email, name=name, topic=topic), topic)


def write_notes(writer: Helper | Host, *, finish: bool = False, version: int = 0, **texts: str) -> RoomNote:
    """Of the writer's own room; parts that are not given are empty."""
    assert writer.topic
    every = dict.fromkeys(RoomNote.PARTS, "") | texts
    return notes.save(writer, writer.topic, every, version=version, finish=finish)


def make_part(topic: Topic, text: str = "- We want captions.", **fields: Any) -> RecapPart:
    """A part of the recap, fit to be shown unless told otherwise."""
    saved = RecapPart.objects.filter(topic=topic).first()
    words: dict[str, Any] = {"text": text, "sentence": "Ask first.", "is_checked": True} | fields
    opened = saved.edition if saved else ""
    return recaps.write_part(topic, **words, opened=opened, by=organiser_of(topic.event))


def make_recap(topic: Topic, text: str = "- We want captions.", **fields: Any) -> RecapPart:
    """The same, published."""
    part = make_part(topic, text, **fields)
    recaps.publish(topic.event, intro="")
    return part
