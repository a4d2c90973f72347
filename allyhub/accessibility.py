"""docs/accessibility.toml, read once: what the accessibility statement says of the program."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Barrier:
    """What does not work, and what somebody whom it stops can do instead."""

    what: str
    instead: str


@dataclass(frozen=True)
class Statement:
    tested_on: date
    pages: tuple[str, ...]
    how: tuple[str, ...]
    barriers: tuple[Barrier, ...]

    def texts(self) -> list[str]:
        """What a translation of it consists of."""
        return [*self.pages, *self.how, *(text for one in self.barriers for text in (one.what, one.instead))]


@cache
def statement() -> Statement:
    return read((settings.BASE_DIR / "docs" / "accessibility.toml").read_text())


def read(toml: str) -> Statement:
    data = tomllib.loads(toml)
    barriers = tuple(Barrier(**barrier) for barrier in data["barriers"])
    return Statement(data["tested_on"], tuple(data["pages"]), tuple(data["how"]), barriers)
