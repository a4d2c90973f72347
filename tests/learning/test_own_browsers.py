"""An organiser with browsers of their own in a small room: what they learn of one other person's answer, and what they
would learn of bare numbers. docs/threats.md has these figures.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable

import pytest

from learning.actions.together import parts_of

OPTIONS = 6
BY_CHANCE = 17
Seen = Callable[[list[int]], Hashable]


def told_together(counts: list[int]) -> Hashable:
    return tuple(parts_of(counts))


def bare(counts: list[int]) -> Hashable:
    return tuple(counts)


def guessed_right(people: int, own: int, seen: Seen) -> int:
    """Of a hundred rooms in which everybody answers by lot: in how many the answer of one person, whom they are after, is
    guessed right by whoever chooses what their own browsers send, and knows how everything is counted."""
    best = max(_right(people, Counter(sent), seen) for sent in _ways_to_send(own))
    return round(100 * best / OPTIONS**people)


def _ways_to_send(own: int) -> list[tuple[int, ...]]:
    """What own browsers can send. Answers differ by name alone, so which is the first does not matter."""
    ways = itertools.combinations_with_replacement(range(OPTIONS), own)
    return [sent for sent in ways if _begins_with_the_first(sent)]


def _begins_with_the_first(sent: tuple[int, ...]) -> bool:
    numbers = [number for _option, number in sorted(Counter(sent).items())]
    return list(dict.fromkeys(sent)) == list(range(len(numbers))) and numbers == sorted(numbers, reverse=True)


def _right(people: int, sent: Counter[int], seen: Seen) -> int:
    rooms: dict[Hashable, Counter[int]] = defaultdict(Counter)
    for said in itertools.product(range(OPTIONS), repeat=people):
        counts = Counter(said)
        rooms[seen([counts[option] + sent[option] for option in range(OPTIONS)])][said[0]] += 1
    return sum(max(guesses.values()) for guesses in rooms.values())


@pytest.mark.parametrize(
    ("own", "with_bare_numbers", "here"), [(0, 43, 17), (1, 46, 17), (2, 49, 17), (4, 100, 33)]
)
def test_of_five_who_answered_hardly_anything_is_learnt_of_one(own, with_bare_numbers, here):
    assert guessed_right(5 - own, own, bare) == with_bare_numbers
    assert guessed_right(5 - own, own, told_together) == here


def test_four_own_browsers_learn_only_whether_it_was_what_they_sent():
    sent = [4, 0, 0, 0, 0, 0]
    rooms = {
        told_together([number + (option == said) for option, number in enumerate(sent)]) for said in range(6)
    }

    assert len(rooms) == 2
    assert told_together([5, 0, 0, 0, 0, 0]) in rooms
