"""The ways to a place, a part or a topic at an event, each with what comes before; and what somebody has there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from breakouts.actions import helpers, host_departures, hosts, review, topics
from breakouts.models import Helper, HelperRole, Host, Topic
from concerns.actions import keeping_out
from events.actions import access_needs, adding, addresses, events, leaving, offers, registrations, requests
from events.actions.access_needs import AccessAnswers
from events.models import Event, KeptOut, Registration
from kit.links import mailbox_digests, one_mailbox
from people.models import Person
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
    propose,
)
from tests.factories import answers, make_hub, make_named_contact, register
from tests.worlds import made_once

NADIA = "nadia.reyes@example.org"
WHY = "They shouted at the wombat."


@dataclass
class World:
    event: Event
    contact: Person
    organiser: Person
    topic: Topic
    role: HelperRole


@made_once
def make_world() -> World:
    make_hub()
    event = make_social(title="The social", places=1, join_address="https://meet.example.org/wombat")
    return World(
        event=event,
        contact=make_named_contact(event.group, name="Vanessa"),
        organiser=organiser_of(event),
        topic=make_topic(event, "How to listen"),
        role=make_role(event, "notes"),
    )


def keep_out(world: World, email: str = NADIA, **fields: Any) -> KeptOut:
    fields = {"until": timezone.localdate() + timedelta(days=365)} | fields
    return keeping_out.keep_out(world.event.group, email, reason=WHY, by=world.contact, **fields)


def merely_written(world: World, email: str = NADIA) -> KeptOut:
    """As it stands where nothing that they have was held yet: whatever comes next has to ask by itself."""
    kept = KeptOut.objects.create(
        group=world.event.group, until=timezone.localdate() + timedelta(days=365), reason=WHY
    )
    kept.mailboxes.create(digest=mailbox_digests(email)[0])
    return kept


# The ways in: what comes before, and the step that gives. `None` from the first: nothing came before.
Way = tuple[Callable[[World], Any], Callable[[World, Any], Any]]


def nothing(_world: World) -> None:
    return None


def full(world: World) -> list[Registration]:
    return [register(world.event)]


def waits(world: World) -> Registration:
    return (full(world), register(world.event, NADIA))[1]


def is_offered(world: World) -> Registration:
    first, *_others = full(world)
    waiting = register(world.event, NADIA)
    leaving.leave(first)
    return waiting


def could_stay(world: World) -> Registration:
    waiting = is_offered(world)
    register(world.event)
    return waiting


def waits_for_access(world: World) -> Registration:
    waiting = is_offered(world)
    access_needs.add(waiting, AccessAnswers({"captions": ""}))
    return offers.ask_about_access(waiting)


def asked_to_host(world: World, *, as_co_host: bool = False) -> Host:
    return hosts.invite(world.topic, name="Nadia", email=NADIA, as_co_host=as_co_host)


def hosts_while_full(world: World) -> Host:
    full(world)
    return make_host(world.topic, NADIA, name="Nadia")


def in_reserve(world: World) -> tuple[Helper, Helper]:
    return make_helper(world.role), make_helper(world.role, NADIA)


def moved_here(world: World, known: Registration) -> None:
    addresses.use_other_address(known, "Nadia.Reyes+again@example.org")
    registrations.confirm(Registration.objects.get(pk=known.pk))


def registers_again(world: World, _before: object) -> None:
    register(world.event, NADIA)


WAYS: dict[str, Way] = {
    "a form": (nothing, registers_again),
    "another spelling": (nothing, lambda world, _: register(world.event, "NADIA.reyes+x@Example.org")),
    "a confirmation": (
        lambda world: register(world.event, NADIA, confirmed=False),
        lambda _, known: registrations.confirm(known),
    ),
    "another address": (lambda world: register(world.event, "typo@example.org", confirmed=False), moved_here),
    "coming back": (
        lambda world: leaving.leave(register(world.event, NADIA)),
        lambda _, gone: registrations.rejoin(gone),
    ),
    "the queue": (full, registers_again),
    "a free place": (waits, lambda world, _: leaving.leave(register_of(world))),
    "more places": (waits, lambda world, _: more_places(world.event)),
    "an offer": (is_offered, lambda _, offered: leaving.accept_offer(fresh(offered))),
    "the end of the line": (could_stay, lambda _, offered: offers.stay(offered)),
    "an offer, if access works": (
        waits_for_access,
        lambda _, offered: offers.answer_about_access(offered, works=True),
    ),
    "the phone": (
        nothing,
        lambda world, _: adding.add(world.event, answers(NADIA), by=world.organiser),
    ),
    "the phone, beyond": (
        full,
        lambda world, _: adding.add(
            world.event, answers(NADIA), by=world.organiser, beyond_capacity="A speaker"
        ),
    ),
    "organisers who agree": (
        lambda world: leaving.remove(register(world.event, NADIA), by=world.organiser),
        lambda world, _: requests.agree(register(world.event, NADIA), by=world.organiser),
    ),
    "hosting": (
        lambda world: offer_to_host(world.topic, NADIA),
        lambda _, host: hosts.confirm(host, values=None),
    ),
    "hosting next": (
        lambda world: (make_host(world.topic), offer_to_host(world.topic, NADIA))[1],
        lambda _, host: hosts.confirm(host, values=None),
    ),
    "being asked to host": (asked_to_host, lambda _, host: hosts.agree(host, values=None)),
    "being a co-host": (
        lambda world: (make_host(world.topic), asked_to_host(world, as_co_host=True))[1],
        lambda _, host: hosts.agree(host, values=None),
    ),
    "hosting no more": (hosts_while_full, lambda _, host: host_departures.step_down(host)),
    "helping": (
        lambda world: helpers.offer(world.role, name="Nadia", email=NADIA),
        lambda _, helper: helpers.confirm(helper, values=None),
    ),
    "helping next": (
        lambda world: (make_helper(world.role), helpers.offer(world.role, name="N", email=NADIA))[1],
        lambda _, helper: helpers.confirm(helper, values=None),
    ),
    "moving up": (in_reserve, lambda _, two: helpers.step_down(two[0])),
    "a topic": (
        lambda world: propose(world.event, email=NADIA, confirmed=False),
        lambda _, proposer: topics.confirm(proposer),
    ),
    "a topic that becomes a room": (
        lambda world: propose(world.event, email=NADIA, hosting=Topic.Hosting.ALONE),
        lambda world, proposer: review.accept(proposer.topic, by=world.organiser),
    ),
}
# What they had before it, and keep until the next look of `settle`: held there, and in tests below.
HAD_BEFORE = {"coming back": set(), "moving up": {"reserve"}, "a topic that becomes a room": {"proposed"}}


def register_of(world: World) -> Registration:
    others = world.event.registrations.exclude(email=NADIA)
    return others.filter(state=Registration.State.CONFIRMED)[0]


def more_places(event: Event) -> None:
    event.capacity = 9
    events.save(event, fields=["capacity"])


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def theirs(event: Event) -> set[str]:
    """What this mailbox has at the event: its places, parts and topics, by their states."""
    places = {row.state for row in event.registrations.all() if one_mailbox(row.email) == NADIA}
    parts = [
        *Host.objects.filter(topic__event=event, email=NADIA),
        *Helper.objects.filter(role__event=event, email=NADIA),
        *Topic.objects.filter(event=event, proposers__email=NADIA),
    ]
    states = places | {row.state for row in parts}
    return states - {"held", "cancelled", "ended"}


# What only asks: an offer or a proposal that nobody has confirmed, and being asked.
GIVES_NOTHING = {"asked", "new"}


def hold(event: Event) -> set[str]:
    had = theirs(event) - GIVES_NOTHING
    # An offer to host or help that is not confirmed is in the same word as a place that is offered.
    is_offered = event.registrations.filter(email=NADIA, state="offered").exists()
    return had if is_offered else had - {"offered"}
