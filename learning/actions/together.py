"""How many gave each answer, as it may be told: an answer that fewer than three gave is told together with others.

Whoever knows what four of five answered would read the fifth in the numbers: so only what three gave has a number of its
own, and what is told together was given by three at least, or by nobody.
"""

from collections.abc import Sequence
from typing import NamedTuple

LEAST = 3


class Part(NamedTuple):
    """The places of one answer, or of several that are told together, and how many gave them."""

    places: tuple[int, ...]
    number: int


def parts_of(counts: Sequence[int]) -> list[Part]:
    """Those with a number of their own first, in the order of the answers; what is told together is the last."""
    alone = [place for place, number in enumerate(counts) if number >= LEAST]
    while alone and 0 < sum(counts) - sum(counts[place] for place in alone) < LEAST:
        alone.remove(min(alone, key=lambda place: (counts[place], -place)))
    rest = tuple(place for place in range(len(counts)) if place not in alone)
    parts = [Part((place,), counts[place]) for place in alone]
    return [*parts, Part(rest, sum(counts[place] for place in rest))] if rest else parts
