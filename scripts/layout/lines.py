"""The lines of a template."""

from collections.abc import Iterator

from kit.markup.pieces import Kind
from kit.markup.whitespace import Gaps
from layout.nodes import Gap, Node, in_one_line, singly, tree, units
from layout.spaces import read
from layout.writing import STEP, fits, flat, in_a_block, in_lines, opening, words_to_translate


class Changed(Exception):
    """The lines would not say what the template says: a mistake in here."""


def laid_out(source: str) -> str:
    text = "\n".join(lines_of(tree(source), "")) + "\n"
    if as_said(text) != as_said(source):
        raise Changed("cannot be laid out without changing what it says")
    return text


def as_said(source: str) -> str:
    """What a template says, however it is laid out."""
    pieces = [in_a_block(piece) for piece in read(source)]
    gaps = Gaps(pieces)
    texts = (" " if piece.kind is Kind.SPACE else flat(piece) for piece in pieces)
    return "".join("" if gaps.is_nothing(at) else text for at, text in enumerate(texts))


def lines_of(inside: list[Node], indent: str) -> list[str]:
    """Of what stands between two line breaks."""
    lines: list[str] = []
    for run in _runs(inside):
        if run[0].after_blank_line and lines:
            lines.append("")
        lines += _of_node(run[0], indent) if len(run) == 1 else _of_words(run, indent)
    return lines


def _runs(inside: list[Node]) -> Iterator[list[Node]]:
    """What has lines of its own, one by one; words and what stands among them together."""
    run: list[Node] = []
    for at, node in enumerate(inside):
        ends = [node.gap.may_end_line or at == 0, at + 1 == len(inside) or inside[at + 1].gap.may_end_line]
        if not (node.is_line and all(ends)):
            run.append(node)
            continue
        if run:
            yield run
        yield [node]
        run = []
    if run:
        yield run


def _of_node(node: Node, indent: str) -> list[str]:
    text = in_one_line([node])
    must_open_up = node.holds_lines or node.is_condition and node.is_line
    if fits(indent, text) and not must_open_up:
        return [indent + text]
    if node.next_part and node.opens_up:
        return list(_opened_up(node, indent))
    return _filled([node], indent)


def _opened_up(node: Node, indent: str) -> Iterator[str]:
    for part in node.parts:
        fill = _Fill(indent)
        fill.add([Node(part.piece, part.gap)])
        yield from fill.lines()
        yield from lines_of(part.inside, indent + STEP)


def _of_words(run: list[Node], indent: str) -> list[str]:
    text = in_one_line(run)
    if fits(indent, text) and any(node.is_literal for node in run):
        return [indent + text]
    lines: list[str] = []
    for part in units(run, _is_beside_a_tag):
        lines += _of_node(part[0], indent) if len(part) == 1 else _filled(part, indent)
    return lines


def _is_beside_a_tag(before: Node, node: Node) -> bool:
    return node.gap.may_end_line and not (before.is_word and node.is_word)


def _filled(run: list[Node], indent: str) -> list[str]:
    fill = _Fill(indent)
    for unit in units(singly(run), _is_good_break):
        if fits(indent, in_one_line(unit)):
            fill.add(unit)
        else:
            fill.begin_line()
            for part in units(unit, lambda before, node: node.gap.may_end_line):
                fill.add(part)
    return fill.lines()


def _is_good_break(before: Node, node: Node) -> bool:
    is_at_block = Kind.BLOCK in (before.piece.kind, node.piece.kind)
    return node.gap is Gap.SPACE or node.gap is Gap.ANY and is_at_block


class _Fill:
    """Words and tags put into lines, as many as a line holds."""

    def __init__(self, indent: str) -> None:
        self.indent = indent
        self.full: list[str] = []
        self.line = ""

    def lines(self) -> list[str]:
        return [self.indent + line for line in [*self.full, self.line]]

    def begin_line(self) -> None:
        if self.line:
            self.full.append(self.line)
            self.line = ""

    def add(self, unit: list[Node]) -> None:
        """A unit has no place where a line may end but inside its tags."""
        text = in_one_line(unit)
        space = " " if self.line and unit[0].gap is Gap.SPACE else ""
        if not fits(self.indent, self.line + space + text):
            self.begin_line()
            space = ""
        if fits(self.indent, self.line + text):
            self.line += space + text
        else:
            self._add_too_long(unit)

    def _add_too_long(self, unit: list[Node]) -> None:
        for at, node in enumerate(unit):
            rest = unit[at:]
            self.line += " " if at and node.gap is Gap.FIXED else ""
            in_several = in_lines(node.piece, self.indent)
            if fits(self.indent, self.line + in_one_line(rest)) or not in_several or self._words_come(rest):
                self.line += flat(node.piece)
            else:
                first, *middle, last = in_several
                self.full += [self.line + first, *middle]
                self.line = last

    def _words_come(self, unit: list[Node]) -> bool:
        """Whether words that may have several lines come so soon that the tag before them can stay in one."""
        line = self.line
        for node in unit:
            if words := words_to_translate(in_a_block(node.piece)):
                return node is not unit[0] and fits(self.indent, line + opening(words[0]))
            line += flat(node.piece)
        return False
