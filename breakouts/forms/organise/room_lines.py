"""Rooms as people write them down: a line each, "Title – Host, Host"."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from breakouts.models.lines import bare

# The last dash with a blank on both sides divides; "Self-care" has none.
DASH = re.compile(r"\s+(?:-{1,2}|[–—])(?:\s+|$)")
BULLET = re.compile(r"^\s*[•·●▪–—]\s*")
NUMBER = re.compile(r"^\s*(\d{1,3})[.)]\s")
MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True)
class RoomLine:
    """One room. `place` is that of its line, from 1; `number` stands before it, if one does."""

    place: int
    title: str
    hosts: tuple[str, ...] = ()
    number: int | None = None


def read_lines(text: str) -> list[RoomLine]:
    lines = [line for line in text.split("\n") if bare(BULLET.sub("", line))]
    return [_read(place, line) for place, line in enumerate(lines, start=1)]


def digest_of(lines: list[RoomLine]) -> str:
    """What was read, in short: another one as soon as a title or a host is."""
    return hashlib.sha256(repr(lines).encode()).hexdigest()[:16]


def _read(place: int, line: str) -> RoomLine:
    words, numbered = bare(BULLET.sub("", line)), NUMBER.match(line)
    number = int(numbered[1]) if numbered else None
    dashes = list(DASH.finditer(f" {words}"))
    if not dashes:
        return RoomLine(place, words, (), number)
    last = dashes[-1]
    title, after = f" {words}"[: last.start()].strip(), f" {words}"[last.end() :]
    hosts = _names(after)
    return RoomLine(place, *((words, ()) if hosts is None else (title, hosts)), number)


def _names(text: str) -> tuple[str, ...] | None:
    """The names in what follows a dash; None where it reads like the rest of a title."""
    parts = re.split(rf"\s*[,;&+]\s*|\s+{re.escape(_('and'))}\s+|\s+and\s+", text.strip())
    names = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    is_title = any(len(name.split()) > MOST_WORDS_OF_A_NAME or name[-1] in "?!" for name in names)
    return None if is_title else names
