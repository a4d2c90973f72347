"""An organiser who reads the questions of a surgery, knows who asked when, and asks some themselves finds out nothing but
what docs/threats.md says; and presses at a question with browsers of their own. Each time they take off what is theirs.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from math import sqrt

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from events.actions import adding
from events.models import Registration
from kit.anonymity import THRESHOLD
from learning.actions import me_toos, surgery_box, surgery_line
from learning.asked import State
from learning.models import Surgery
from learning.pages import surgery_pages
from learning.pages.organise import surgery_page
from tests.amounts import amount
from tests.factories import answers, make_event, make_organiser, register
from tests.learning.factories import ask, fresh_surgery, key_of, make_surgery
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

THEMSELVES, MAILBOXES, PUPPETS = 20, 4, 5
BY_CHANCE = 5.2
OWN = "of my own"


@made_once
def world() -> Surgery:
    event = make_event(dates=2, places=60)
    organiser = make_organiser(event.group)
    for number in range(THEMSELVES):
        register(event, f"person{number}@example.org")
    for number in range(MAILBOXES):
        register(event, f"own{number}@example.com")
    for number in range(PUPPETS):
        adding.add(event, answers(f"puppet{number}@example.org"), by=organiser)
    return make_surgery(event, 2)


@dataclass
class Play:
    """What becomes visible at once, without what the organiser asked (`left`), was asked by these people (`since`), in
    this order."""

    surgery: Surgery
    known: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    openings: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.links = {row.email: row for row in Registration.objects.filter(event=self.surgery.event)}

    def of(self, kind: str) -> list[str]:
        return sorted(address for address in self.links if address.startswith(kind))

    def person(self, who: str, *, in_the_room: bool = False) -> None:
        ask(self.surgery, who, by=None if in_the_room else self.links[who])
        self.since.append(who)

    def puppet(self, address: str = "") -> None:
        ask(self.surgery, OWN, by=self.links.get(address))

    def clock(self) -> None:
        surgery_box.let_in(self.surgery)
        queue = surgery_page.queue(fresh_surgery(self.surgery), timezone.now())
        seen = [line.asked.words for line in queue["read"] if line.asked.words != OWN]
        new = [words for words in seen if words not in self.known]
        if new:
            self.openings.append((self.since, new))
            self.since, self.known = [], seen


@contextmanager
def play() -> Iterator[Play]:
    begun = transaction.savepoint()
    with time_machine.travel(at_noon(), tick=False):
        yield Play(fresh_surgery(Surgery.objects.get()))
    transaction.savepoint_rollback(begun)


def at_noon() -> datetime:
    return timezone.now().replace(hour=12, minute=0)


def a_mix(seed: int) -> list[tuple[list[str], list[str]]]:
    """People ask by their links and from the room, and so do puppets, in any order; the clock beats after each or
    seldom."""
    dice = random.Random(seed)
    with play() as one:
        people = dice.sample(one.of("person"), dice.randint(8, THEMSELVES))
        in_the_room = set(dice.sample(people, dice.randint(0, 4)))
        acts = [lambda who=who: one.person(who, in_the_room=who in in_the_room) for who in people]
        own = [*dice.sample(one.of("puppet"), dice.randint(0, PUPPETS)), *[""] * dice.randint(0, 12)]
        acts += [lambda address=address: one.puppet(address) for address in own]
        dice.shuffle(acts)
        beats = dice.choice((1, 0.5, 0.2))
        for act in acts:
            act()
            if dice.random() < beats:
                one.clock()
        one.clock()
        return one.openings


@pytest.mark.many
def test_an_organiser_who_knows_who_asked_when_finds_out_nothing():
    """Nothing is left of fewer than five people, and no way to guess among them is better than chance."""
    world()
    openings = [one for seed in range(amount(6, many=120)) for one in a_mix(seed)]

    assert len(openings) > 5
    assert all(set(since) == set(left) for since, left in openings)
    assert min(len(left) for _since, left in openings) == THRESHOLD
    for guess in (sorted, list, lambda left: list(left)[::-1]):
        right = sum(
            who == words for since, left in openings for who, words in zip(since, guess(left), strict=True)
        )
        assert right <= len(openings) + BY_CHANCE * sqrt(len(openings)) + 1


@pytest.mark.parametrize(("mailboxes", "left", "read"), [(0, 5, 0), (1, 4, 0), (2, 3, 0), (4, 1, 1)])
def test_what_mailboxes_of_their_own_find_out(mailboxes, left, read):
    """The figures of docs/threats.md: all that the organiser has comes first, then people one by one."""
    world()
    with play() as one:
        for address in [*one.of("own")[:mailboxes], *one.of("puppet"), *[""] * 6]:
            one.puppet(address)
        for who in one.of("person"):
            one.person(who)
            one.clock()

        sizes = [len(words) for _since, words in one.openings]
        assert (min(sizes), sizes.count(1)) == (left, read)


@pytest.mark.parametrize(("browsers", "others"), [(0, 5), (1, 4), (2, 3), (4, 1)])
def test_what_browsers_of_their_own_find_out(browsers, others):
    """So many others have pressed when a number first shows. Until then nothing tells that anybody did: neither a number,
    nor the order of the line, nor the large page, nor what a code opens."""
    world()

    assert presses_until_something_shows(browsers) == others


def presses_until_something_shows(browsers: int) -> int:
    """At the last question of the line, after so many of the organiser's own."""
    with play() as one:
        codes = {who: ask(one.surgery, who, by=one.links[who]) for who in one.of("person")[:5]}
        one.clock()
        for who in codes:
            surgery_line.move(one.surgery, key_of(one.surgery, who), State.LINE)
        last = surgery_pages.in_line(one.surgery)[-1]
        for _browser in range(browsers):
            me_toos.press(one.surgery, last.key)
        me_toos.show_due(one.surgery)
        before, presses = what_shows(one.surgery, codes[last.words]), 0
        while what_shows(one.surgery, codes[last.words]) == before:
            me_toos.press(one.surgery, last.key)
            me_toos.show_due(one.surgery)
            presses += 1
        return presses


def what_shows(surgery: Surgery, code: str) -> list[object]:
    fresh, now = fresh_surgery(surgery), timezone.now()
    behind = surgery_pages.behind_code(fresh, surgery_box.with_code(fresh, code), now)
    large = surgery_pages.large_page(fresh, "x")
    queue = surgery_page.queue(fresh, now)
    return [
        surgery_pages.in_line(fresh),
        [(line.asked.key, line.number) for line in queue["line"]],
        behind["number"],
        (large["now"], large["number"], large["next"]),
        fresh.screen,
    ]


# --- Twins ---


def test_a_twin_that_gives_each_question_at_once_is_found(monkeypatch):
    world()
    monkeypatch.setattr(surgery_box, "may_be_let_in", lambda first_hand: first_hand > 0)

    assert min(len(left) for _since, left in a_mix(1)) < THRESHOLD


def test_a_twin_that_shows_each_press_is_found(monkeypatch):
    world()
    monkeypatch.setattr(me_toos, "moved_to", lambda real, shown: real)
    monkeypatch.setattr(me_toos, "THRESHOLD", 1)

    assert presses_until_something_shows(0) == 1
