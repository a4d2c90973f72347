"""What a part of what lies between the dates says of itself to organisers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One part: how it stands, a paragraph each, and the page on which it is looked after."""

    title: str
    words: tuple[str, ...]
    url: str
    link: str
