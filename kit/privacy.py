"""docs/privacy.toml, read once: what is kept about people, what for, who reads it, how long, how it goes.

The privacy page, "my data" and the clock's forgetting all ask here, so that they cannot say different things.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext


class UnclearRegister(Exception):
    """docs/privacy.toml uses a word it does not explain, or leaves one of the four answers out."""


@dataclass(frozen=True)
class Period:
    """How long something is kept. `length` counts from the event that `words` name; None when no clock decides it."""

    words: str
    length: timedelta | None
    length_after_ending: timedelta | None


@dataclass(frozen=True)
class Field:
    """One field of a model. `readers`, `kept` and `erased` are names of other parts of the register."""

    name: str
    what: str
    why: str
    readers: tuple[str, ...]
    kept: str
    erased: str
    is_secret: bool


@dataclass(frozen=True)
class Record:
    """A model that holds something about people. `nothing` names the fields that do not."""

    model: str
    topic: str
    title: str
    fields: tuple[Field, ...]
    nothing: frozenset[str]


@dataclass(frozen=True)
class Elsewhere:
    """Something about people that is kept outside the models, such as logs and backups."""

    title: str
    words: str


@dataclass(frozen=True)
class Register:
    readers: Mapping[str, str]
    erasing: Mapping[str, str]
    topics: Mapping[str, str]
    periods: Mapping[str, Period]
    records: Mapping[str, Record]
    elsewhere: tuple[Elsewhere, ...]
    nothing_about_people: frozenset[str]

    def of(self, topic: str) -> list[Record]:
        return [record for record in self.records.values() if record.topic == topic]


@cache
def register() -> Register:
    return read((settings.BASE_DIR / "docs" / "privacy.toml").read_text())


def period(name: str) -> timedelta:
    """How long the clock waits before it forgets. Raises UnclearRegister when the register leaves it to people."""
    length = register().periods[name].length
    if length is None:
        raise UnclearRegister(f"periods.{name} has no days")
    return length


def words(text: str) -> str:
    """A text of the register in the reader's language."""
    return gettext(text)


def texts(register: Register) -> list[str]:
    """All the texts that `words` may be asked for: what a translation of the register consists of."""
    named = [register.readers, register.erasing, register.topics]
    fields = [field for record in register.records.values() for field in record.fields]
    found = [
        *(text for names in named for text in names.values()),
        *(period.words for period in register.periods.values()),
        *(record.title for record in register.records.values()),
        *(text for field in fields for text in (field.what, field.why)),
        *(text for entry in register.elsewhere for text in (entry.title, entry.words)),
    ]
    return list(dict.fromkeys(found))


def read(toml: str) -> Register:
    """The register as typed rows. Raises UnclearRegister."""
    data = tomllib.loads(toml)
    found = Register(
        readers=data["readers"],
        erasing=data["erasing"],
        topics=data["topics"],
        periods={name: _period(answers) for name, answers in data["periods"].items()},
        records={model: _record(model, answers) for model, answers in data.items() if "." in model},
        elsewhere=tuple(Elsewhere(**answers) for answers in data["elsewhere"]),
        nothing_about_people=frozenset(data["nothing_about_people"]["models"]),
    )
    for record in found.records.values():
        _check(found, record)
    return found


def _period(answers: Mapping[str, Any]) -> Period:
    def days(name: str) -> timedelta | None:
        return timedelta(days=answers[name]) if name in answers else None

    return Period(answers["words"], days("days"), days("days_after_ending"))


def _record(model: str, answers: Mapping[str, Any]) -> Record:
    fields = tuple(_field(model, name, line, answers) for name, line in answers["fields"].items())
    nothing = frozenset(answers.get("nothing", ()))
    return Record(model, answers["topic"], answers["title"], fields, nothing)


def _field(model: str, name: str, line: str | Mapping[str, Any], usual: Mapping[str, Any]) -> Field:
    own = {"what": line} if isinstance(line, str) else line
    answers = {**usual, **own}
    try:
        return Field(
            name=name,
            what=answers["what"],
            why=answers["why"],
            readers=tuple(answers["readers"]),
            kept=answers["kept"],
            erased=answers["erased"],
            is_secret=answers.get("secret", False),
        )
    except KeyError as error:
        raise UnclearRegister(f"{model}.{name} does not say {error}") from error


def _check(found: Register, record: Record) -> None:
    known = {"readers": found.readers, "kept": found.periods, "erased": found.erasing}
    if record.topic not in found.topics:
        raise UnclearRegister(f"{record.model}: no topic {record.topic!r}")
    for field in record.fields:
        for answer, used in (("readers", field.readers), ("kept", [field.kept]), ("erased", [field.erased])):
            if unknown := set(used) - set(known[answer]):
                raise UnclearRegister(f"{record.model}.{field.name}: {answer} {unknown} is not explained")
