"""Which white space of a template a browser ignores, whatever the template's conditions turn out to be.

A browser drops white space at the edges of paragraphs, headings, lists and other blocks, and shows a run of it as one
space. Beyond that, by a rule of our own: a line break at the edge of a file, or of a part that is rendered for itself
(`{% block %}`, `{% slot %}`), is nothing. A space there is a space.
"""

from collections.abc import Iterator
from enum import IntEnum

from kit.markup.attributes import one_line
from kit.markup.pieces import FLOW, Kind, Piece, Unreadable, cut


class Beside(IntEnum):
    """What white space meets on one side, beyond tags that print nothing. The less, the surer that it is ignored."""

    BLOCK = 0
    EDGE = 1
    SPACE = 2
    WORD = 3


def tighten(source: str) -> str:
    """The template without the white space that browsers ignore; of any other run one character stays."""
    pieces = cut(source)
    gaps = Gaps(pieces)
    texts = [_tight(piece, gaps.is_nothing(at)) for at, piece in enumerate(pieces)]
    _put_spaces_inside(texts, pieces, gaps)
    return "".join(texts)


def _tight(piece: Piece, is_nothing: bool) -> str:
    if piece.kind is Kind.SPACE:
        return "" if is_nothing else " "
    return one_line(piece.text) if piece.is_element else piece.text


def _put_spaces_inside(texts: list[str], pieces: list[Piece], gaps: "Gaps") -> None:
    """`One {% if x %}two{% endif %}</p>` as `One{% if x %} two{% endif %}</p>`: no space where nothing follows."""
    optional = [
        parts for parts in conditions(pieces) if not any(pieces[at].name in ("else", "with") for at in parts)
    ]
    for first, *others in optional:
        beyond = gaps.after[others[-1] + 1]
        if gaps.is_space_that_counts(first - 1) and beyond in (Beside.BLOCK, Beside.SPACE):
            texts[first - 1] = ""
            for at in (first, *others[:-1]):
                texts[at] += " "
    for first, *others in optional:
        after = others[-1] + 1
        if gaps.before[first] is Beside.BLOCK and gaps.is_space_that_counts(after) and texts[after]:
            texts[after] = ""
            for at in others:
                texts[at] = " " + texts[at]


def conditions(pieces: list[Piece]) -> Iterator[list[int]]:
    """Where the parts of each `if` and `with` are: `if`, `else`, `endif`."""
    opened: list[list[int]] = []
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.OPENS:
            opened.append([at])
        elif piece.kind is Kind.DIVIDES:
            opened[-1].append(at)
        elif piece.kind is Kind.CLOSES:
            parts = [*opened.pop(), at]
            if piece.name in ("if", "with"):
                yield parts


class Gaps:
    """The gaps between the pieces of a template. Gap 3 is the one before piece 3."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.before = _walk(pieces)
        self.after = [*reversed(_walk([_mirrored(piece) for piece in reversed(pieces)]))]

    def is_nothing(self, at: int) -> bool:
        """Whether piece `at` is white space that is ignored."""
        piece = self.pieces[at]
        return piece.kind is Kind.SPACE and self._is_ignored(at, at + 1, piece.breaks_line)

    def is_space_that_counts(self, at: int) -> bool:
        """Whether piece `at` is a space, and would be one as a line break too."""
        is_space = 0 <= at < len(self.pieces) and self.pieces[at].kind is Kind.SPACE
        return is_space and not self._is_ignored(at, at + 1, breaks_line=True)

    def may_break(self, at: int) -> bool:
        """Whether a line break put into gap `at`, where no white space is, would be ignored."""
        return self._is_ignored(at, at, breaks_line=True)

    def _is_ignored(self, before: int, after: int, breaks_line: bool) -> bool:
        beside = min(self.before[before], self.after[after])
        return beside is Beside.EDGE and breaks_line or beside in (Beside.BLOCK, Beside.SPACE)


def _mirrored(piece: Piece) -> Piece:
    """The template as it is met by somebody who reads backwards."""
    if piece.kind is Kind.OPENS:
        return piece._replace(kind=Kind.CLOSES)
    if piece.kind is Kind.CLOSES:
        return piece._replace(kind=Kind.OPENS)
    if piece.kind is Kind.SILENT:
        # Of two spaces around it one has to stay: read forwards, the second is ignored; backwards, neither.
        return piece._replace(kind=Kind.INLINE, is_end=True)
    return piece._replace(is_end=not piece.is_end)


def _walk(pieces: list[Piece]) -> list[Beside]:
    """What is before each gap. A loop's end comes before its beginning, so one goes round until nothing new is learnt."""
    ends_of_loops: dict[int, Beside] = {}
    while True:
        walk = _Walk(pieces, ends_of_loops)
        if walk.ends_of_loops == ends_of_loops:
            return walk.before
        ends_of_loops = walk.ends_of_loops


class _Part:
    """An open `{% if %}`, `{% for %}`, `{% block %}`…"""

    def __init__(self, at: int, name: str, outside: Beside) -> None:
        self.at, self.name, self.outside = at, name, outside
        self.ends: list[Beside] = []
        # An `if` without `else` and a `for` without `empty` may print nothing at all.
        self.may_be_empty = name in ("if", "ifchanged", "for")


class _Walk:
    def __init__(self, pieces: list[Piece], ends_of_loops: dict[int, Beside]) -> None:
        self.known = ends_of_loops
        self.ends_of_loops: dict[int, Beside] = {}
        self.parts: list[_Part] = []
        self.now = Beside.EDGE
        self.before = [self.now]
        for at, piece in enumerate(pieces):
            self._pass(at, piece)
            self.before.append(self.now)

    def _pass(self, at: int, piece: Piece) -> None:
        if piece.kind is Kind.OPENS:
            self._open(_Part(at, piece.name, self.now))
        elif piece.kind is Kind.DIVIDES:
            self._divide(self._innermost(piece), piece.name)
        elif piece.kind is Kind.CLOSES:
            self._close(self._innermost(piece))
        else:
            self.now = _after(piece, self.now)

    def _innermost(self, piece: Piece) -> _Part:
        if not self.parts:
            raise Unreadable(f"{piece.text} ends what never began")
        return self.parts[-1]

    def _open(self, part: _Part) -> None:
        self.parts.append(part)
        self.now = self._at_beginning(part) if part.name in FLOW else Beside.EDGE

    def _at_beginning(self, part: _Part) -> Beside:
        if part.name != "for":
            return part.outside
        return _at_least_a_block(max(part.outside, self.known.get(part.at, Beside.BLOCK)))

    def _divide(self, part: _Part, name: str) -> None:
        part.ends.append(self.now)
        part.may_be_empty = part.may_be_empty and name == "elif"
        self.now = self._at_beginning(part)

    def _close(self, part: _Part) -> None:
        self.parts.pop()
        ends = [*part.ends, self.now]
        if part.name not in FLOW:
            self.now = Beside.WORD
            return
        self.ends_of_loops[part.at] = max(ends)
        self.now = _at_least_a_block(max([*ends, part.outside] if part.may_be_empty else ends))


def _after(piece: Piece, before: Beside) -> Beside:
    if piece.kind is Kind.SPACE:
        return Beside.SPACE if before is Beside.WORD else before
    if piece.kind is Kind.INLINE:
        # Of two spaces the one inside is ignored, whatever style sheets make of the element.
        return _at_least_a_block(before) if piece.is_end else before
    if piece.kind is Kind.BLOCK or piece.kind is Kind.BOX and not piece.is_end:
        return Beside.BLOCK
    return before if piece.kind is Kind.SILENT else Beside.WORD


def _at_least_a_block(beside: Beside) -> Beside:
    """The white space before it says nothing any more: it is another element's, or may itself be left out."""
    return Beside.WORD if beside is Beside.SPACE else beside
