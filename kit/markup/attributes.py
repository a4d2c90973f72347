"""The tag of an element cut into its attributes: `<a href="…"{% if is_current %} aria-current="page"{% endif %}>`."""

import re
from enum import Enum, auto
from typing import NamedTuple

from kit.markup.pieces import DJANGO, INSIDE_A_TAG, NAME, Unreadable

OPENS = r"\{%\s*(?:if|for|with)\b.*?%\}"
DIVIDES = r"\{%\s*(?:elif|else|empty)\b.*?%\}"
CLOSES = r"\{%\s*end(?:if|for|with)\b.*?%\}"
BIT = re.compile(
    rf"""
    (?P<space> \s+)
    | (?P<OPENS> {OPENS})
    | (?P<DIVIDES> {DIVIDES})
    | (?P<CLOSES> {CLOSES})
    | (?P<ATTRIBUTE> (?: (?!{OPENS}|{DIVIDES}|{CLOSES})
        (?>{DJANGO}|"(?>{DJANGO}|[^"])*"|'(?>{DJANGO}|[^'])*'|[^\s"']) )+)
    """,
    re.VERBOSE | re.DOTALL,
)
TAG = re.compile(rf"(?P<head></?(?:{NAME}))(?P<inside>{INSIDE_A_TAG})>(?P<content>.*)", re.DOTALL)


class Role(Enum):
    ATTRIBUTE = auto()
    OPENS = auto()
    DIVIDES = auto()
    CLOSES = auto()


class Bit(NamedTuple):
    role: Role
    text: str
    # Stands apart from what is before it. Of a condition: what is in it does.
    is_apart: bool


class Tag:
    """What follows a raw element's tag (`<pre>…</pre>`) is its `content`."""

    def __init__(self, text: str) -> None:
        match = TAG.fullmatch(text)
        if not match:
            raise Unreadable(f"not the tag of an element: {text[:40]}")
        inside = match["inside"].rstrip()
        is_closed = inside.endswith("/") and not match["head"].startswith("</")
        self.head, self.content = match["head"], match["content"]
        self.tail = "/>" if is_closed else ">"
        self.bits = _bits(inside.removesuffix("/") if is_closed else inside)

    def one_line(self) -> str:
        return self.head + _spread(self.bits, is_first=False) + self.tail + self.content


class Classes:
    """`class="tag{% if is_new %} tag--gold{% endif %}"`: words with spaces between them, as attributes are."""

    def __init__(self, attribute: str) -> None:
        self.bits = _bits(attribute[len('class="') : -1], is_apart=True)

    @staticmethod
    def are_in(attribute: str) -> bool:
        return attribute.startswith('class="') and attribute.endswith('"')

    def one_line(self) -> str:
        return f'class="{_spread(self.bits, is_first=True)}"'


def one_line(text: str) -> str:
    """The tag of an element with one space before each attribute."""
    return Tag(text).one_line()


def apart(bits: list[Bit]) -> list[list[Bit]]:
    """The parts of a tag that may have a line of their own: an attribute, or a condition with attributes in it."""
    found: list[list[Bit]] = []
    depth = 0
    for bit in bits:
        begins = depth == 0 and bit.is_apart and bit.role in (Role.ATTRIBUTE, Role.OPENS)
        if begins or not found:
            found.append([])
        found[-1].append(bit)
        depth += {Role.OPENS: 1, Role.CLOSES: -1}.get(bit.role, 0)
    return found


def together(bits: list[Bit]) -> str:
    """The parts of a tag on one line: the space stands before a condition, not in it."""
    text, before = "", None
    for bit in bits:
        needs_space = bit.is_apart and bit.role in (Role.ATTRIBUTE, Role.OPENS)
        text += " " if needs_space and before in (Role.ATTRIBUTE, Role.CLOSES) else ""
        text += _written(bit)
        before = bit.role
    return text


def _spread(bits: list[Bit], is_first: bool) -> str:
    """Each with its space before it, but for the `first` in a list of classes."""
    text = ""
    outside: list[bool] = []
    for bit in bits:
        if bit.role is Role.ATTRIBUTE:
            text += " " if bit.is_apart and not is_first else ""
            is_first = False
        elif bit.role is Role.OPENS:
            outside.append(is_first)
        elif bit.role is Role.DIVIDES:
            is_first = outside[-1]
        else:
            is_first = is_first and outside.pop()
        text += _written(bit)
    return text


def _written(bit: Bit) -> str:
    return Classes(bit.text).one_line() if Classes.are_in(bit.text) else bit.text


def _bits(inside: str, is_apart: bool = False) -> list[Bit]:
    bits: list[Bit] = []
    outside: list[bool] = []
    for match in BIT.finditer(inside):
        if match["space"]:
            is_apart = True
            continue
        role = Role[match.lastgroup or ""]
        if role is Role.OPENS:
            outside.append(is_apart)
        elif role is Role.DIVIDES:
            is_apart = outside[-1]
        bits.append(Bit(role, match[0], is_apart))
        if role is Role.CLOSES:
            outside.pop()
        is_apart = is_apart and role in (Role.OPENS, Role.DIVIDES)
    return _with_what_is_in_them(bits)


def _with_what_is_in_them(bits: list[Bit]) -> list[Bit]:
    """`<p{% if x %} class="y"{% endif %}>`: the condition stands apart, because the attribute in it does."""
    told: list[Bit] = []
    for bit in reversed(bits):
        if bit.role is Role.OPENS and told:
            bit = bit._replace(is_apart=told[-1].is_apart)
        told.append(bit)
    return told[::-1]
