"""What old pages are tried in: an event on its way, with somebody in each part; and a row of their table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, hosts, questions
from breakouts.models import Helper, Host, Proposer, Question, TakeOut, Topic
from events.actions import calling_off, events, leaving, places
from events.models import Event, Registration
from feedback.actions import actions_taken
from feedback.models import ActionTaken, Quote
from mail.models import OutgoingMail
from people.actions import memberships
from people.models import Invitation, Membership, Person
from tests.breakouts.factories import (
    make_helper,
    make_recap,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    propose,
    sit,
)
from tests.factories import make_group, make_hub, make_organiser, register
from tests.feedback.factories import put_back
from tests.opened import opened
from tests.worlds import made_once

NOTHING = "Nothing was changed."
LOOK = "This has changed meanwhile, so nothing was done. Here is how it stands now."
CANCELLED = f"{NOTHING} This event is cancelled."
OVER = f"{NOTHING} This event is over."
YES, NO = {"answer": "yes"}, {"answer": "no"}


@dataclass
class World:
    event: Event
    organiser: Person
    seated: Registration
    offered: Registration
    waiting: Registration
    unconfirmed: Registration
    topic: Topic
    other: Topic
    host: Host
    host_offer: Host
    asked: Host
    co_host: Host
    helper: Helper
    helper_offer: Helper
    proposer: Proposer
    proposer_offer: Proposer
    question: Question
    take_out: TakeOut
    invitation: Invitation
    quote: Quote
    action: ActionTaken


@made_once
def make_world() -> World:
    make_hub()
    group = make_group(guiding_values="- Listen")
    organiser = make_organiser(group)
    event = make_social(group=group, places=100)
    topic, other = make_topic(event, "How to listen", host="Keli"), make_topic(event, "Where we stand")
    unconfirmed, leaver = register(event, confirmed=False), register(event)
    seated = sit(event, topic, needs={"bsl": ""})
    note_takers = make_role(event, "notes", wanted=1)
    helper = make_helper(note_takers, name="Sage")
    fill(event)
    waiting = [register(event), register(event)]
    leaving.leave(leaver)
    host = topic.hosts.get()
    make_recap(topic)
    return World(
        event=event,
        organiser=organiser,
        seated=seated,
        offered=waiting[0],
        waiting=waiting[1],
        unconfirmed=unconfirmed,
        topic=topic,
        other=other,
        host=host,
        host_offer=offer_to_host(other),
        asked=hosts.invite(other, name="Sam", email="sam@example.org", as_co_host=False),
        co_host=hosts.invite(topic, name="Kit", email="kit@example.org", as_co_host=True, by=host),
        helper=helper,
        helper_offer=helpers.offer(note_takers, name="Ren", email="ren@example.org"),
        proposer=propose(event, "Faith at work"),
        proposer_offer=propose(event, "Rest", confirmed=False),
        question=questions.ask(event, text="May I come late?"),
        take_out=TakeOut.objects.create(event=event, topic=topic, words="My team."),
        invitation=memberships.invite(
            group, email="new@example.org", role=Membership.Role.ORGANISER, by=organiser
        ),
        quote=Quote.objects.create(event=event, text="I was heard."),
        action=actions_taken.add(event, by=organiser, theme="Breaks", said="Longer", words="Ten minutes"),
    )


def fill(event: Event) -> None:
    """Have no place free from here on, whoever has one."""
    event.capacity = (event.capacity or 0) - (places.free(event) or 0)
    events.save(event, fields=["capacity"])


@dataclass(frozen=True)
class Old:
    """`meanwhile` is what happens in the first tab; then `address` gets `press` from the second. `answer` is all that
    the next page says above its heading."""

    name: str
    meanwhile: Callable[[World], Any]
    address: Callable[[World], str]
    answer: str
    press: dict[str, str] | Callable[[World], dict[str, str]] | None = None


def own(name: str, of: str, **more: Callable[[World], Any]) -> Callable[[World], str]:
    """The address of a page by its signed link."""
    return lambda w: reverse(
        name, kwargs={"token": getattr(w, of).token} | {key: value(w) for key, value in more.items()}
    )


def run(name: str, *more: Callable[[World], Any]) -> Callable[[World], str]:
    """The address of an organisers' page of the event."""
    return lambda w: reverse(f"organise:{name}", args=[w.event.slug, *(value(w) for value in more)])


def cancel(w: World) -> None:
    calling_off.cancel(w.event, reason="The hall is closed.", by=w.organiser)


def end(w: World) -> None:
    put_back(w.event, timedelta(minutes=5))


def mail(w: World) -> int:
    return OutgoingMail.objects.filter(about=w.seated.pk, kind="place").values_list("pk", flat=True)[0]


def leave(w: World) -> None:
    leaving.leave(w.seated)


def remove(w: World) -> None:
    leaving.remove(w.seated, by=w.organiser)


def in_turn(*steps: Callable[[World], object]) -> Callable[[World], None]:
    def meanwhile(w: World) -> None:
        for step in steps:
            step(w)

    return meanwhile


def nothing(w: World) -> None:
    """It was so before."""


def assert_nothing_was_changed(client: Client, old: Old) -> None:
    world = make_world()
    client.force_login(world.organiser)
    opened(world.seated, client)
    old.meanwhile(world)
    before = OutgoingMail.objects.count()

    press = old.press(world) if callable(old.press) else old.press
    page = client.post(old.address(world), press or {}, follow=True)

    assert page.status_code == 200
    assert notices(page) == [("warning", old.answer)]
    assert OutgoingMail.objects.count() == before


def notices(page: Any) -> list[tuple[str, str]]:
    """What the page says above its heading of what was pressed: the tone and the words."""
    _before, _status, after = page.content.decode().partition('<div role="status"')
    found = re.findall(r'<div class="notice notice--(\w+)">.*?<p>(.*?)</p>', after, re.S)
    return [(tone, unescape(words).strip()) for tone, words in found]
