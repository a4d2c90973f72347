"""The register of docs/privacy.toml as people read it: by occasion, with what is treated alike in one line."""

from collections.abc import Iterator
from dataclasses import dataclass

from kit.privacy import Field, Record, Register, register, words

NOBODY = ("nobody",)
Treatment = tuple[str, tuple[str, ...], str, str]


@dataclass(frozen=True)
class Line:
    """Some fields of a model that are treated alike."""

    title: str
    what: list[str]
    why: str
    readers: list[str]
    kept: str
    erased: str
    is_for_the_program: bool


@dataclass(frozen=True)
class Topic:
    name: str
    title: str
    lines: list[Line]


def topics() -> list[Topic]:
    """The register as somebody reads it, by occasion."""
    found = register()
    return [
        Topic(name, words(title), [line for line in _lines(found, name) if not line.is_for_the_program])
        for name, title in found.topics.items()
    ]


def for_the_program() -> list[Line]:
    """The keys and numbers that nobody reads."""
    found = register()
    return [line for name in found.topics for line in _lines(found, name) if line.is_for_the_program]


def elsewhere() -> list[tuple[str, str]]:
    return [(words(entry.title), words(entry.words)) for entry in register().elsewhere]


def days(period: str) -> int:
    length = register().periods[period].length
    return length.days if length else 0


def _lines(found: Register, topic: str) -> Iterator[Line]:
    for record in found.of(topic):
        alike: dict[Treatment, list[Field]] = {}
        for field in record.fields:
            alike.setdefault((field.why, field.readers, field.kept, field.erased), []).append(field)
        yield from (_line(found, record, fields) for fields in alike.values())


def _line(found: Register, record: Record, fields: list[Field]) -> Line:
    first = fields[0]
    return Line(
        title=words(record.title),
        what=[words(field.what) for field in fields],
        why=words(first.why),
        readers=[words(found.readers[reader]) for reader in first.readers],
        kept=words(found.periods[first.kept].words),
        erased=words(found.erasing[first.erased]),
        is_for_the_program=first.readers == NOBODY,
    )
