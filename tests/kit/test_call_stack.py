"""Calls cost the same however deep they stand."""

import resource

import pytest

from kit.call_stack import in_one_piece

CALLS = 200
# More than fill a piece of 16 KB.
DEEP = 400


def pieces_taken(depth: int) -> int:
    """How often new memory was touched during some calls that begin that deep."""
    if depth:
        return pieces_taken(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        _call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _call() -> None:
    pass


def test_no_call_takes_new_memory_with_each_turn():
    for depth in range(DEEP):
        assert in_one_piece(lambda depth=depth: pieces_taken(depth)) < CALLS / 2


def test_what_it_returns_and_raises_is_that_of_the_call():
    assert in_one_piece(lambda: "said") == "said"
    with pytest.raises(ZeroDivisionError):
        in_one_piece(lambda: 1 // 0)
