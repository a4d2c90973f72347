"""Whoever is kept out gets no place, room, role or topic, by whatever way in: each is tried, and a new one fails here
until it is; and no link that they still hold opens anything but the page of a request that is held."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from breakouts.models import Host
from events.models import Registration
from kit.meanwhile import NothingChanged
from tests.breakouts.factories import (
    make_helper,
    make_host,
    propose,
)
from tests.concerns.ways_in import (
    HAD_BEFORE,
    NADIA,
    WAYS,
    World,
    fresh,
    hold,
    keep_out,
    make_world,
    merely_written,
    theirs,
)
from tests.permission_walk import PARAMETERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


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
    "breakouts.actions.topics.change": "A proposal that they have stays one.",
    "breakouts.actions.topics.part_from": "So does one that was joined with another.",
    "events.actions.giving_back.give_back": "A place is taken from them; confirming asks whether they are kept out.",
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
    *("events:fresh_link", "events:way"),
    # What they wrote for themselves stays theirs to read, to print and to delete; what others share is closed.
    *("learning:workbook", "learning:workbook_print", "learning:workbook_text", "learning:workbook_deletion"),
    *("learning:workbook_page", "learning:workbook_version", "learning:workbook_emails"),
    *("learning:pledge", "learning:pledge_withdrawal", "learning:own_pledge_picture", "learning:check_in"),
    *("learning:pledge_picture_ending", "learning:pledge_share_ending"),
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
