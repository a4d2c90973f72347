"""Reads a template for laying it out: spaces at the edge of a condition are put before or after it."""

from functools import cache
from pathlib import Path

from kit.markup.pieces import Kind, Piece, cut
from kit.markup.whitespace import Beside, Gaps, conditions

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates"


def read(source: str) -> list[Piece]:
    return spaces_outside(cut(source, kind_of_included))


@cache
def kind_of_included(name: str) -> Kind:
    """Whether a file of ours prints blocks, or, under some condition, nothing."""
    file = FOLDER / name
    if not file.exists():
        return Kind.WORD
    gaps = Gaps(cut(file.read_text(), kind_of_included))
    beside = max(gaps.after[0], gaps.before[-1])
    return {Beside.BLOCK: Kind.BLOCK, Beside.EDGE: Kind.SILENT}.get(beside, Kind.WORD)


def spaces_outside(pieces: list[Piece]) -> list[Piece]:
    """`One.{% if x %} Two.{% endif %}` as `One. {% if x %}Two.{% endif %}`, where a browser shows the same.

    Then the condition can have lines of its own.
    """
    while moved := _one_space_outside(pieces):
        pieces = moved
    return pieces


def _one_space_outside(pieces: list[Piece]) -> list[Piece] | None:
    gaps = Gaps(pieces)
    for parts in conditions(pieces):
        first, last = parts[0], parts[-1]
        says_always = any(pieces[at].name in ("else", "with") for at in parts)
        leading, trailing = [at + 1 for at in parts[:-1]], [at - 1 for at in parts[1:]]
        if _may_move(leading, gaps, says_always, beyond=gaps.after[last + 1]):
            return [*_without(leading, pieces[:first], 0), SPACE, *_without(leading, pieces[first:], first)]
        if _may_move(trailing, gaps, says_always, beyond=gaps.before[first]):
            return [*_without(trailing, pieces[: last + 1], 0), SPACE, *pieces[last + 1 :]]
    return None


SPACE = Piece(Kind.SPACE, " ")


def _may_move(spaces: list[int], gaps: Gaps, says_always: bool, beyond: Beside) -> bool:
    """Where nothing is said the space would meet the white space, or the edge of the block, beyond."""
    is_harmless = says_always or beyond in (Beside.BLOCK, Beside.SPACE)
    return is_harmless and all(gaps.is_space_that_counts(at) for at in spaces)


def _without(left_out: list[int], pieces: list[Piece], offset: int) -> list[Piece]:
    return [piece for at, piece in enumerate(pieces, offset) if at not in left_out]
