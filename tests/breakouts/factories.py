"""Topics, hosts, helpers and seats, made the way the hub makes them."""

from itertools import count
from typing import Any

from breakouts.actions import helpers, hosts, plans, review, rooms, topics
from breakouts.actions.topics import Proposal
from breakouts.models import BreakoutPlan, Helper, HelperRole, Host, Proposer, Topic
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
