"""Whoever is kept out gets no place, room, role or topic, by whatever way in: each is tried, and a new one fails here
until it is; and no link that they still hold opens anything but the page of a request that is held."""

import ast
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allyhub.joins import MAIL_KINDS
from breakouts.actions import helpers, host_departures, hosts, review, topics
from breakouts.models import Helper, HelperRole, Host, Topic
from concerns.actions import concerns, keeping_out
from concerns.actions.retention import forget_what_is_over
from events.actions import addresses, events, leaving, my_data, registrations, requests
from events.models import Event, KeptOut, KeptOutMailbox, Registration
from events.models.registration import held_by
from kit.links import mailbox_digests, one_mailbox
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
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
from tests.factories import answers, make_event, make_hub, make_named_contact, register
from tests.permission_walk import PARAMETERS
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

NADIA = "nadia.reyes@example.org"
WHY = "They shouted at the wombat."


@dataclass
class World:
    event: Event
    contact: Person
    organiser: Person
    topic: Topic
    role: HelperRole


@pytest.fixture(name="world")
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
    "the phone": (
        nothing,
        lambda world, _: registrations.add(world.event, answers(NADIA), by=world.organiser),
    ),
    "the phone, beyond": (
        full,
        lambda world, _: registrations.add(
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


@contextmanager
def walked() -> Iterator[set[str]]:
    """The functions of our actions that are entered in this block."""
    entered: set[str] = set()

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and ".actions." in (module := frame.f_globals.get("__name__", "")):
            entered.add(f"{module}.{frame.f_code.co_name}")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield entered
    finally:
        sys.setprofile(before)


def test_every_way_in_gives_something_to_others_and_nothing_to_whoever_is_kept_out(world):
    gave = {}
    with walked() as entered:
        gave_nothing = [name for name in WAYS if not came_by(name, world)]

    for name in WAYS:
        if had := came_by(name, world, is_kept_out=True) - HAD_BEFORE.get(name, set()):
            gave[name] = had

    assert (gave_nothing, gave) == ([], {})
    assert functions_that_give() - entered == set(GIVEN_BEFORE)


def came_by(name: str, world: World, *, is_kept_out: bool = False) -> set[str]:
    """What this way in gave; nothing of it stays."""
    before, step = WAYS[name]
    with transaction.atomic():
        arranged = before(world)
        if is_kept_out:
            merely_written(world)
        with suppress(NothingChanged):
            step(world, arranged)
        had = hold(world.event)
        transaction.set_rollback(True)
    return had


# What writes such a state and lets nobody in.
GIVEN_BEFORE = {
    "breakouts.actions.review.add": "A topic of the organisers.",
    "breakouts.actions.topics.change": "A proposal that they have stays one.",
    "breakouts.actions.topics.part_from": "So does one that was joined with another.",
}
GIVING = {
    *("CONFIRMED", "WAITING", "OFFERED", "HOSTING", "WILLING", "HELPING", "RESERVE", "PROPOSED", "ACCEPTED"),
}


def functions_that_give() -> set[str]:
    """Whatever in our actions writes one of these states, to a field or by `write`, as the code says it."""
    found = set()
    for app in ("events", "breakouts"):
        for path in sorted((Path(settings.BASE_DIR) / app / "actions").glob("*.py")):
            for function in ast.walk(ast.parse(path.read_text())):
                if isinstance(function, ast.FunctionDef) and any(map(_gives, ast.walk(function))):
                    found.add(f"{app}.actions.{path.stem}.{function.name}")
    return found


def _gives(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        is_state = any(
            isinstance(part, ast.Attribute) and part.attr == "state"
            for target in node.targets
            for part in ast.walk(target)
        )
        return is_state and _names_a_state(node.value)
    is_write = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "write"
    return is_write and _names_a_state(node)


def _names_a_state(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Attribute) and part.attr in GIVING and getattr(part.value, "id", "") == "State"
        for part in ast.walk(node)
    )


@dataclass
class Nadia:
    """Nadia hosts a room, takes notes, proposed a topic and sits in another room; with her links."""

    place: Registration
    host: Host
    links: dict[str, str]


def make_nadia(world: World) -> Nadia:
    host = make_host(world.topic, NADIA, name="Nadia")
    proposer = propose(world.event, "Wombats", email=NADIA)
    helper = make_helper(world.role, NADIA, name="Nadia")
    place = world.event.registrations.get(email=NADIA)
    links = {"hosts": host.token, "helpers": helper.token, "proposals": proposer.token}
    return Nadia(place, host, links | {"registrations": place.token, "join": place.join_token})


HELD = ("Your request is with the organisers", "You hold no place at this event")
# What a person always has: their data, what they need, taking it back; and telling that it was not them.
STAYS_OPEN = {
    *("events:answers", "events:my_data", "events:my_data_file", "events:erasure", "events:no_news"),
    *(
        "events:access",
        "events:access_needs",
        "events:access_withdrawal",
        "events:departure",
        "events:mistake",
    ),
    *("events:calendar_link", "events:registration_ics", "events:access_agreement", "events:access_outcome"),
    "events:fresh_link",
}


def test_no_link_that_they_hold_opens_a_room_a_role_or_a_door(world):
    nadia = make_nadia(world)
    keep_out(world)
    opened = {}

    for name, address in addresses_of(nadia.links):
        for ask in (Client().get, Client().post)[: 1 if name in STAYS_OPEN else 2]:
            with transaction.atomic():
                answer = ask(address, {"answer": "yes"}, follow=True)
                transaction.set_rollback(True)
            said = answer.content.decode(errors="replace") + str(answer.redirect_chain)
            is_held = answer.status_code in (404, 405) or any(words in said for words in HELD)
            if "meet.example.org" in said or not (is_held or name in STAYS_OPEN):
                opened[name] = answer.status_code
    held = fresh(nadia.place)

    assert opened == {}
    assert theirs(world.event) - {"proposed"} == set()
    assert (held.is_held, held.volunteers_place) == (True, False)


def addresses_of(links: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every page that one of these links opens."""
    for name, parameters in PARAMETERS.items():
        if "token" not in parameters or name.startswith(("feedback:", "people:")):
            continue
        for kind, token in links.items():
            address = reverse(name, args=[token, *(1 for parameter in parameters if parameter != "token")])
            if address.startswith(f"/{kind}/"):
                yield name, address


def test_what_they_had_goes_to_others_and_each_mail_says_what_is_true(world):
    place = register(world.event, NADIA)
    waiting = register(world.event)

    keep_out(world)

    mails = OutgoingMail.objects.filter(to_email=NADIA).order_by("-pk")
    kinds = list(mails.values_list("kind", flat=True))[:2]
    words = MAIL_KINDS["held"].compose(mails.get(kind="held")).text
    assert (fresh(place).state, fresh(waiting).state) == ("held", "offered")
    assert kinds == ["held", "place"]
    assert "The organisers decide about your request" in words
    assert world.event.group.name in words
    assert "wombat" not in words
    assert "kept out" not in words.lower()


@pytest.mark.postgres
def test_a_named_contact_agrees_for_one_event_and_it_counts_elsewhere_still(world):
    elsewhere = make_event(group=world.event.group)
    kept = keep_out(world)
    asked, there = register(world.event, NADIA), register(elsewhere, NADIA)

    keeping_out.agree(kept, asked, by=world.contact)
    host = hosts.confirm(offer_to_host(world.topic, NADIA), values=None)

    assert (fresh(asked).state, fresh(there).state, host.state) == ("confirmed", "held", "hosting")
    assert list(kept.steps.values_list("kind", flat=True)) == ["begun", "agreed"]


def test_whoever_was_agreed_to_stands_where_they_would_have_waited(world):
    kept = keep_out(world)
    asked = register(world.event, NADIA)
    full(world)
    later = register(world.event)

    keeping_out.agree(kept, asked, by=world.contact)
    leaving.leave(register_of(world))

    assert (fresh(asked).state, fresh(later).state) == ("offered", "waiting")


@pytest.mark.parametrize(
    ("fields", "starts_in", "is_held"),
    [
        ({"until": timedelta(days=20)}, timedelta(days=7), True),
        ({"until": timedelta(days=20)}, timedelta(days=30), False),
        ({"until": timedelta(days=0)}, timedelta(hours=1), True),
    ],
    ids=["before its end", "after its end", "today"],
)
def test_it_counts_for_events_that_begin_by_its_end(world, fields, starts_in, is_held):
    with time_machine.travel(timezone.localtime().replace(hour=12), tick=False):
        event = make_event(group=world.event.group, starts_in=starts_in)
        keep_out(world, until=timezone.localdate() + fields["until"])

        assert bool(held_by(event, NADIA)) == is_held


@pytest.mark.parametrize(
    ("spelling", "is_same"),
    [
        ("NADIA.Reyes@EXAMPLE.org", True),
        ("nadia.reyes+social@example.org", True),
        ("nadiareyes@example.org", False),  # another mailbox everywhere but at Gmail
        ("nadia.reyes@example.com", False),
    ],
)
def test_which_spellings_are_one_mailbox(world, spelling, is_same):
    keep_out(world)

    assert bool(held_by(world.event, spelling)) == is_same


def test_dots_and_the_other_domain_are_one_mailbox_at_gmail():
    spellings = ("n.a.dia@gmail.com", "nadia+x@googlemail.com", "NADIA@gmail.com")

    assert {one_mailbox(spelling) for spelling in spellings} == {"nadia@gmail.com"}


def test_all_addresses_that_we_know_to_be_theirs_are_kept_out(world):
    person = register(world.event, NADIA).person
    EmailAddress.objects.create(user=person, email="private@example.org", verified=True)

    keep_out(world)

    assert held_by(world.event, "private@example.org") == "named"


def test_a_date_that_moves_or_an_address_that_changes_is_settled_by_the_clock(world):
    later = make_event(group=world.event.group, starts_in=timedelta(days=60))
    keep_out(world, until=timezone.localdate() + timedelta(days=30))
    there, here = register(later, NADIA), register(world.event, "new@example.org")
    later.sessions.update(
        starts_at=timezone.now() + timedelta(days=9), ends_at=timezone.now() + timedelta(days=10)
    )
    Registration.objects.filter(pk=here.pk).update(email=NADIA)

    keeping_out.settle()
    keeping_out.settle()

    assert [fresh(row).state for row in (there, here)] == ["held", "held"]
    assert OutgoingMail.objects.filter(kind="held").count() == 2


def test_the_first_mail_to_another_address_promises_no_place(world):
    keep_out(world)
    known = register(world.event, "typo@example.org", confirmed=False)

    addresses.use_other_address(known, NADIA)

    words = MAIL_KINDS["confirm"].compose(OutgoingMail.objects.get(to_email=NADIA))
    assert fresh(known).is_held
    assert "Please confirm your request" in words.subject
    assert "your place" not in words.text


def test_whoever_was_taken_off_asks_again_and_the_organisers_decide(world):
    leaving.remove(register(world.event, NADIA), by=world.organiser, reason="Shouted at people")

    again = register(world.event, "Nadia.Reyes+again@example.org")
    told = OutgoingMail.objects.filter(kind="request-waiting").values_list("to_email", flat=True)
    agreed = requests.agree(again, by=world.organiser)
    back = registrations.rejoin(leaving.leave(agreed))

    assert again.state == "held"
    assert list(told) == [world.organiser.email]
    assert (agreed.state, back.state) == ("confirmed", "confirmed")


def test_a_no_ends_a_request_and_says_whom_to_write_to(world):
    kept = keep_out(world)
    asked = register(world.event, NADIA)

    refused = keeping_out.refuse(kept, asked, by=world.contact)
    again = register(world.event, NADIA)

    mail = MAIL_KINDS["refused"].compose(OutgoingMail.objects.get(kind="refused")).text
    assert (refused.state, refused.ended_because, again.state) == ("cancelled", "refused", "held")
    assert "You may ask again" in mail
    assert "/tell-someone/" in mail


def test_an_event_that_looks_at_each_request_first_holds_everybody_and_hosts_too(world):
    Event.objects.filter(pk=world.event.pk).update(asks_first=True)

    asked, host = register(world.event), hosts.confirm(offer_to_host(world.topic, NADIA), values=None)
    phoned = registrations.add(world.event, answers(), by=world.organiser)
    by_hosting = world.event.registrations.get(email=NADIA)
    requests.agree(by_hosting, by=world.organiser)
    host = hosts.confirm(host, values=None)

    assert (asked.state, by_hosting.state, phoned.state) == ("held", "held", "confirmed")
    assert host.state == "hosting"


@pytest.mark.postgres
def test_what_ends_it_and_what_is_left(world):
    kept = keep_out(world, event=world.event)
    asked = register(world.event, NADIA)

    waits_for_a_reader = concerns.wait_for_a_reader(world.event.group)
    keeping_out.lift(kept, by=world.contact)
    told = OutgoingMail.objects.filter(kind="request-waiting").values_list("to_email", flat=True)
    requests.agree(asked, by=world.organiser)
    with pytest.raises(NothingChanged):
        keeping_out.lift(kept, by=world.contact)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        forget_what_is_over()
        is_there = KeptOut.objects.filter(pk=kept.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget_what_is_over()

    assert (waits_for_a_reader, concerns.wait_for_a_reader(world.event.group)) == (True, False)
    assert list(told) == [world.organiser.email]
    assert fresh(asked).state == "confirmed"
    assert is_there
    assert not KeptOut.objects.exists()


def test_their_own_data_says_that_and_until_when_and_neither_why_nor_who(world):
    register(world.event, NADIA)
    keep_out(world)

    told = json.dumps(my_data.collect(NADIA))
    my_data.erase_everything(NADIA)

    assert "That you are kept out" in told
    assert str(timezone.localdate() + timedelta(days=365)) in told
    assert "wombat" not in told
    assert "Vanessa" not in told
    assert held_by(world.event, NADIA) == "named"


def test_nothing_of_it_can_be_read_in_the_database(world):
    register(world.event)
    keep_out(world, "away@example.org")

    dump = serializers.serialize("json", [*KeptOut.objects.all(), *KeptOutMailbox.objects.all()])

    assert "wombat" not in dump
    assert "away" not in dump
