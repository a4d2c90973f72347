"""An organiser with puppets finds out nothing: in random mixes of ways in, orders and times, with everything that they
may see, and knowing who answers when. With mailboxes of their own, confirmed, among those who were there, they find out
what docs/threats.md says and no more; and the same program finds twins of the hub that can be taken apart.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from math import prod, sqrt
from typing import Any

import pytest
from django.db import transaction

from events.actions import adding
from events.models import Event, Registration
from feedback.actions import pool, rounds
from feedback.actions.tallies import Sheet
from feedback.models import AnswerLink, FeedbackRound
from tests.amounts import amount
from tests.factories import answers, come, make_event, make_organiser, register
from tests.feedback.factories import fresh, put_back
from tests.feedback.puppets import WAYS_TO_GUESS, Opening, Organiser, said
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

THEMSELVES, PHONED, PUPPETS, MAILBOXES = 20, 3, 5, 4
# How many questions somebody skips.
SKIPS = (0, 0.15, 0.4)
# So far from the average, as many standard deviations, are the hits of a blind guess once in ten million times.
BY_CHANCE = 5.2
Given = dict[str, Any]
Guess = Callable[[Opening, random.Random], list[str]]
Mix = tuple[list[Opening], dict[str, Given]]


@made_once
def world() -> FeedbackRound:
    """An event that is over: most came by themselves; some were added by organisers, and more of those are puppets."""
    event = make_event()
    organiser = make_organiser(event.group)
    for number in range(THEMSELVES):
        register(event, f"person{number}@example.org")
    for number in range(MAILBOXES):
        register(event, f"own{number}@example.com")
    for name, many in (("phoned", PHONED), ("puppet", PUPPETS)):
        for number in range(many):
            adding.add(event, answers(f"{name}{number}@example.org"), by=organiser)
    put_back(event, timedelta(minutes=5))
    round = rounds.round_of(Event.objects.get(pk=event.pk))
    rounds.make_links(round)
    return fresh(round)


@dataclass
class Play:
    """One event as it goes: people and the organiser answer, the clock beats, the organiser looks."""

    round: FeedbackRound
    dice: random.Random
    skips: float
    truth: dict[str, Given] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.organiser = Organiser(self.round)
        rows = AnswerLink.objects.filter(round=self.round).select_related("registration")
        self.links = {row.registration.email: row for row in rows}

    def of(self, kind: str) -> list[str]:
        return sorted(address for address in self.links if address.startswith(kind))

    def person(self, who: str, *, in_the_room: bool = False) -> None:
        """Somebody answers, who is seen doing it."""
        self.truth[who] = self._sheet(who)
        self._send(self.truth[who], None if in_the_room else self.links[who])
        self.organiser.sees(who, self.truth[who])

    def puppet(self, address: str = "") -> None:
        """The organiser answers, by a link that they hold or in the room."""
        sheet = self._sheet(f"own {len(self.organiser.turns)}")
        self._send(sheet, self.links[address] if address else None)
        self.organiser.sends(sheet)

    def clock(self) -> None:
        pool.release(self.round)
        self.organiser.looks()

    def openings(self) -> list[Opening]:
        return list(self.organiser.openings())

    def _sheet(self, who: str) -> Given:
        given = {}
        for question in self.organiser.questions:
            if self.dice.random() < self.skips:
                continue
            options = len(question.option_words())
            words = f"{who} to {question.pk}"
            given[str(question.pk)] = words if question.is_in_words else self.dice.randrange(options)
        return given

    def _send(self, sheet: Given, link: AnswerLink | None) -> None:
        if link:
            pool.hand_in(link, sheet)
        else:
            pool.hand_in_on_screen(self.round, sheet)


@contextmanager
def play(seed: int, **how: Any) -> Iterator[Play]:
    """A play after which all is as before."""
    begun = transaction.savepoint()
    yield Play(fresh(FeedbackRound.objects.get()), random.Random(seed), **how)
    transaction.savepoint_rollback(begun)


def a_mix(seed: int) -> Mix:
    """People come by their links, by links of people who were added and in the room, and so do puppets, in any order;
    the clock beats after each or seldom; in a hall, or at a meeting whose door some did not go through."""
    with play(seed, skips=SKIPS[seed % len(SKIPS)]) as one:
        dice = one.dice
        _at_the_door(one) if dice.random() < 0.5 else None
        acts = _acts_of_people(one) + _acts_of_puppets(one)
        dice.shuffle(acts)
        beats = dice.choice((1, 0.5, 0.2))
        for act in acts:
            act()
            one.clock() if dice.random() < beats else None
        one.clock()
        return one.openings(), one.truth


def _at_the_door(one: Play) -> None:
    Event.objects.update(format=Event.Format.ONLINE)
    came = one.dice.sample(one.of("person"), one.dice.randint(10, THEMSELVES)) + one.of("own") + one.of("pup")
    for registration in Registration.objects.filter(email__in=came):
        come(registration)


def _acts_of_people(one: Play) -> list[Callable[[], None]]:
    people = one.dice.sample(one.of("person"), one.dice.randint(8, THEMSELVES))
    others = one.of("phoned")
    in_the_room = set(one.dice.sample(people + others, one.dice.randint(0, 4)))
    return [lambda who=who: one.person(who, in_the_room=who in in_the_room) for who in people + others]


def _acts_of_puppets(one: Play) -> list[Callable[[], None]]:
    by_links = one.dice.sample(one.of("puppet"), one.dice.randint(0, PUPPETS))
    in_the_room = [""] * one.dice.randint(0, 12)
    return [lambda address=address: one.puppet(address) for address in by_links + in_the_room]


def smallest(openings: list[Opening]) -> int:
    """How many people's answers are left together, at the least."""
    return min((len(one.left) for one in openings), default=THEMSELVES)


def read_for_sure(mix: Mix) -> list[str]:
    """Of whom every answer was left alone."""
    openings, truth = mix
    alone = [(one.people[0], str(one.question.pk)) for one in openings if len(one.left) == 1]
    return [who for who, sheet in truth.items() if sheet and all((who, key) in alone for key in sheet)]


def guessed(mix: Mix, guess: Guess, dice: random.Random) -> tuple[int, float, int, float]:
    """How many answers, and whole sheets, were guessed right, and of each how many are by chance."""
    openings, truth = mix
    right: Counter[str] = Counter()
    chances: dict[str, list[float]] = {who: [] for who in truth}
    for one in openings:
        for who, value in zip(one.people, guess(one, dice), strict=True):
            own = said(one.question, truth[who])
            right[who] += value == own
            chances[who].append(one.left.count(own) / len(one.left))
    whole = [who for who, sheet in truth.items() if sheet and len(chances[who]) == len(sheet)]
    return (
        right.total(),
        sum(map(sum, chances.values())),
        sum(right[who] == len(truth[who]) for who in whole),
        sum(prod(chances[who]) for who in whole),
    )


@pytest.mark.many
def test_an_organiser_with_puppets_finds_out_nothing():
    """Nothing is left of fewer than five people, ever, and no way to guess among them is better than chance."""
    world()
    mixes = [a_mix(seed) for seed in range(amount(6, many=220))]

    openings = [one for found, _truth in mixes for one in found]
    assert len(openings) > 5 * len(mixes)
    assert [one for one in openings if len(one.people) != len(one.left)] == []
    assert smallest(openings) == FeedbackRound.THRESHOLD
    for guess in WAYS_TO_GUESS:
        dice = random.Random(1)
        totals = [sum(column) for column in zip(*(guessed(mix, guess, dice) for mix in mixes), strict=True)]
        for right, by_chance in (totals[:2], totals[2:]):
            assert right <= by_chance + BY_CHANCE * sqrt(by_chance) + 1, guess.__name__


def surrounded(mailboxes: int, seed: int = 0) -> Mix:
    """All that the organiser has comes first, then people one by one; the clock beats, and they look, after each."""
    with play(seed, skips=0) as one:
        for address in [*one.of("own")[:mailboxes], *one.of("puppet"), *[""] * 6]:
            one.puppet(address)
        for who in one.of("person"):
            one.person(who)
            one.clock()
        return one.openings(), one.truth


@pytest.mark.parametrize(("mailboxes", "left", "read"), [(0, 5, 0), (1, 4, 0), (2, 3, 0), (4, 1, 1)])
def test_what_mailboxes_of_their_own_find_out(mailboxes, left, read):
    """The figures of docs/threats.md."""
    world()

    mix = surrounded(mailboxes)

    assert (smallest(mix[0]), len(read_for_sure(mix))) == (left, read)


# --- Twins that can be taken apart: the same program does it ---


def test_a_twin_that_counts_puppets_is_found(monkeypatch):
    world()
    monkeypatch.setattr(pool, "Sheet", lambda answers, is_first_hand: Sheet(answers, is_first_hand=True))

    assert len(read_for_sure(one_by_one_with_puppets_between())) > 3


def one_by_one_with_puppets_between() -> Mix:
    with play(0, skips=0) as one:
        for who in one.of("person")[:7]:
            for _sheet in range(FeedbackRound.THRESHOLD - 1):
                one.puppet()
            one.person(who)
            one.clock()
        return one.openings(), one.truth


def test_the_hub_is_not_found_so(monkeypatch):
    world()

    assert read_for_sure(one_by_one_with_puppets_between()) == []


def test_a_twin_that_opens_by_two_is_found(monkeypatch):
    world()
    monkeypatch.setattr(FeedbackRound, "THRESHOLD", 2)

    assert len(read_for_sure(surrounded(1))) == 1


def test_a_twin_that_opens_texts_with_their_sheets_is_found(monkeypatch):
    world()
    monkeypatch.setattr(pool, "_let_in", lambda held: [setattr(text, "is_released", True) for text in held])

    assert any(smallest(a_mix(seed)[0]) < FeedbackRound.THRESHOLD for seed in range(6))
