"""Room for calls within calls.

From 3.11 on, Python keeps what a call works with in pieces of 16 KB. Where one is full the next call takes a new one from
the system, and gives it back when it ends: a loop that happens to begin there pays for it with each turn (two hundred
times the price of a call). See docs/decisions/0063-room-for-calls.md.
"""

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

# As many values of 8 bytes as just do not fit into half a megabyte. Pieces double until a call fits, so it gets a whole
# one, and what it calls has the other half: some 1,500 calls within each other. Nothing of it is used up before then.
VALUES = 2**16


def in_one_piece(call: Callable[[], Result]) -> Result:
    """What the call returns or raises; it and all that it calls share one piece of memory."""
    return call()


in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=VALUES)
