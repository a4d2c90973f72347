"""The places of one event, counted."""

from typing import NamedTuple


class Places(NamedTuple):
    """How many of an event's places are held, how many people wait for one, and how many volunteers' places there are
    beside them, which do not count."""

    taken: int = 0
    waiting: int = 0
    beside: int = 0
