"""What lies between the dates of an event and after them, for its organisers: a card for each part of it."""

from collections.abc import Callable
from dataclasses import dataclass

from events.models import Event


@dataclass(frozen=True)
class Card:
    """One part: how it stands, a paragraph each, and the page on which it is looked after."""

    title: str
    words: tuple[str, ...]
    url: str
    link: str


# In the order in which people come to them. Each answers None where an event has none of it.
PARTS: tuple[Callable[[Event], Card | None], ...] = ()


def cards_of(event: Event) -> list[Card]:
    return [card for part in PARTS if (card := part(event))]
