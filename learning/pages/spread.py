"""How many gave each answer, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from learning.actions.together import Part
from learning.pages.pledge_pages import Part as Line


@dataclass(frozen=True)
class SpreadLine(Line):
    """One answer, or several that are told together; `places` are theirs, with blanks between."""

    places: str = ""


def in_words(parts: Iterable[Part], options: Sequence[str]) -> list[SpreadLine]:
    """[] for none. Several answers stand one after the other."""
    parts = list(parts)
    people = sum(part.number for part in parts)
    return [
        SpreadLine(
            " / ".join(options[place] for place in part.places if place < len(options)),
            part.number,
            people,
            " ".join(map(str, part.places)),
        )
        for part in parts
    ]
