"""A template as a tree: elements and conditions with what is in them, and what is between any two of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from kit.markup.pieces import FLOW, Kind, Piece
from kit.markup.whitespace import Gaps
from layout.spaces import read
from layout.writing import flat


class Gap(Enum):
    """What is before a piece, and whether a line may end there."""

    NONE = auto()  # nothing, and nothing may come in
    FIXED = auto()  # a space that has to stay one
    SPACE = auto()  # a space or a line break
    ANY = auto()  # nothing, a space or a line break: a browser ignores it

    @property
    def may_end_line(self) -> bool:
        return self in (Gap.SPACE, Gap.ANY)


@dataclass
class Node:
    """A piece, or an element or condition with all that is in it."""

    piece: Piece
    gap: Gap
    after_blank_line: bool = False
    inside: list["Node"] = field(default_factory=list)
    next_part: "Node | None" = None

    @property
    def parts(self) -> list["Node"]:
        """The node and what goes on from it: `if`, `else`, `endif`; `<p>`, `</p>`."""
        return [self, *(self.next_part.parts if self.next_part else [])]

    @property
    def is_condition(self) -> bool:
        return self.piece.kind is Kind.OPENS and self.piece.name in FLOW

    @property
    def opens_up(self) -> bool:
        """Whether each part of it may begin and end with a line break."""
        begin_well = all(not part.inside or part.inside[0].gap.may_end_line for part in self.parts)
        return begin_well and all(part.gap.may_end_line for part in self.parts[1:])

    @property
    def holds_lines(self) -> bool:
        return any(child.is_line for part in self.parts for child in part.inside)

    @property
    def is_line(self) -> bool:
        """Has lines of its own wherever it can."""
        if self.piece.kind in (Kind.SILENT, Kind.BLOCK):
            return self.piece.name != "br"
        return self.opens_up if self.is_condition else self.holds_lines

    @property
    def is_word(self) -> bool:
        return self.piece.kind is Kind.WORD and not self.piece.text.startswith(("{%", "<"))

    @property
    def is_literal(self) -> bool:
        return self.is_word and not self.piece.text.startswith("{")


def nodes(source: str) -> Iterator[Node]:
    pieces = read(source)
    gaps = Gaps(pieces)
    gap, blank = Gap.NONE, False
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.SPACE:
            gap, blank = _gap_of_space(gaps, at), piece.text.count("\n") > 1
            continue
        if gap is Gap.NONE and gaps.may_break(at):
            gap = Gap.ANY
        yield Node(piece, gap, blank)
        gap, blank = Gap.NONE, False


def _gap_of_space(gaps: Gaps, at: int) -> Gap:
    if gaps.is_nothing(at):
        return Gap.ANY
    return Gap.SPACE if gaps.is_space_that_counts(at) else Gap.FIXED


def tree(source: str) -> list[Node]:
    return _Tree(nodes(source)).top


class _Tree:
    def __init__(self, found: Iterable[Node]) -> None:
        self.top: list[Node] = []
        self.opened: list[Node] = []
        for node in found:
            self._add(node)
        while self.opened:
            self._give_up()

    def _add(self, node: Node) -> None:
        piece = node.piece
        if piece.kind in (Kind.DIVIDES, Kind.CLOSES):
            while self.opened[-1].piece.is_element:
                self._give_up()
            self.opened.pop().next_part = node
        elif piece.is_element and piece.is_end:
            self._close(node)
            return
        else:
            self._innermost.append(node)
        if piece.kind in (Kind.OPENS, Kind.DIVIDES) or _may_hold_something(piece):
            self.opened.append(node)

    @property
    def _innermost(self) -> list[Node]:
        return self.opened[-1].inside if self.opened else self.top

    def _close(self, end: Node) -> None:
        """An end finds its element inside the same condition, or stands alone."""
        for node in reversed(self.opened):
            if not node.piece.is_element:
                break
            if node.piece.name == end.piece.name:
                while self.opened[-1] is not node:
                    self._give_up()
                self.opened.pop().next_part = end
                return
        self._innermost.append(end)

    def _give_up(self) -> None:
        """An element that has no end here (`<br>`, or its end is in another condition) stands alone."""
        node = self.opened.pop()
        inside, node.inside = node.inside, []
        self._innermost.extend(inside)


def _may_hold_something(piece: Piece) -> bool:
    return piece.is_element and not piece.is_raw and not piece.text.endswith("/>")


def singly(run: Iterable[Node]) -> Iterator[Node]:
    """Each piece for itself, in the order they are written."""
    for node in run:
        for part in node.parts:
            yield Node(part.piece, part.gap, part.after_blank_line)
            yield from singly(part.inside)


def in_one_line(run: Iterable[Node]) -> str:
    text = ""
    for node in singly(run):
        text += (" " if node.gap in (Gap.SPACE, Gap.FIXED) and text else "") + flat(node.piece)
    return text


def units(run: Iterable[Node], may_break: Callable[[Node, Node], bool]) -> Iterator[list[Node]]:
    """The run cut wherever a line may end."""
    unit: list[Node] = []
    for node in run:
        if unit and may_break(unit[-1], node):
            yield unit
            unit = []
        unit.append(node)
    if unit:
        yield unit
