"""The places of one event, counted."""

from typing import NamedTuple


class Places(NamedTuple):
    """How many of an event's places are taken, how many people wait for one, and how many volunteers' places there are
    beside them, which do not count. `unconfirmed`: of those taken, by addresses that nobody has confirmed; `in_line`: of
    those who wait, with an address that is."""

    taken: int = 0
    waiting: int = 0
    beside: int = 0
    unconfirmed: int = 0
    in_line: int = 0

    @property
    def everyone(self) -> int:
        return self.taken + self.waiting + self.beside
