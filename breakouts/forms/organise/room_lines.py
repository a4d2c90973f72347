"""Rooms as people write them down: a line each, "Title – Host, Host"."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from breakouts.models.lines import bare

# The last dash with a blank on both sides divides; "Self-care" has none.
DASH = re.compile(r"\s+(?:-{1,2}|[–—])(?:\s+|$)")
BULLET = re.compile(r"^\s*[•·●▪–—]\s*")
MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True)
class RoomLine:
    """One room. `place` is that of its line, from 1."""

    place: int
    title: str
    hosts: tuple[str, ...] = ()


def read_lines(text: str) -> list[RoomLine]:
    lines = [words for line in text.split("\n") if (words := bare(BULLET.sub("", line)))]
    return [_read(place, words) for place, words in enumerate(lines, start=1)]


def digest_of(lines: list[RoomLine]) -> str:
    """What was read, in short: another one as soon as a title or a host is."""
    return hashlib.sha256(repr(lines).encode()).hexdigest()[:16]


def _read(place: int, words: str) -> RoomLine:
    dashes = list(DASH.finditer(f" {words}"))
    if not dashes:
        return RoomLine(place, words)
    last = dashes[-1]
    title, after = f" {words}"[: last.start()].strip(), f" {words}"[last.end() :]
    hosts = _names(after)
    return RoomLine(place, words) if hosts is None else RoomLine(place, title, hosts)


def _names(text: str) -> tuple[str, ...] | None:
    """The names in what follows a dash; None where it reads like the rest of a title."""
    parts = re.split(rf"\s*[,;&+]\s*|\s+{re.escape(_('and'))}\s+|\s+and\s+", text.strip())
    names = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    is_title = any(len(name.split()) > MOST_WORDS_OF_A_NAME or name[-1] in "?!" for name in names)
    return None if is_title else names
