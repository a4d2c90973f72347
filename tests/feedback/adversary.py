"""A program that tries to find out who said what. It is given everything: each row of each table in its physical order,
the database's files, the key, and who answered when and with how long a form. tests/feedback/test_nobody_can_tell.py
lets it loose, on the hub and on twins of it that leak.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from feedback.models import AnswerLink

LINKS = AnswerLink._meta.db_table

Row = dict[str, Any]
Column = Sequence[Any]

# With 30 people a guess by pure chance is right about once. More than 12 right: once in 10^10 guesses. As strong an
# order as 0.9: once in 10^11. The program makes some ten thousand comparisons.
MOST_RIGHT_BY_CHANCE = 12
STRONGEST_ORDER_BY_CHANCE = 0.9
# A column with hardly more than yes and no puts nobody in an order.
LEAST_VALUES = 6

# Ties are broken by chance, the same in every run.
chance = random.Random(4)


@dataclass
class Somebody:
    """What the adversary knows of one person beforehand."""

    registration: int
    person: int
    email: str
    link: int
    link_key: str
    seen: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """How well one thing about answers tells whose they are by one thing about people."""

    of_answers: str
    of_people: str
    right: int
    order: float

    @property
    def is_a_leak(self) -> bool:
        return self.right > MOST_RIGHT_BY_CHANCE or abs(self.order) > STRONGEST_ORDER_BY_CHANCE


# --- What there is ---


def tables() -> dict[str, list[Row]]:
    """Every row of every table in its physical order, with what the database keeps beside it."""
    return {name: _rows(name) for name in connection.introspection.table_names()}


def files() -> bytes:
    """The database's files as they lie on the disk, with the log of changes. Of Postgres none: ctid tells the order."""
    if connection.vendor != "sqlite":
        return b""
    name = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in sorted(name.parent.glob(f"{name.name}*")))


def _rows(table: str) -> list[Row]:
    hidden = "rowid AS _rowid"
    if connection.vendor == "postgresql":
        hidden = "ctid::text AS _ctid, xmin::text::bigint AS _xmin, xmax::text::bigint AS _xmax"
        hidden += ", cmin::text::bigint AS _cmin"
    with connection.cursor() as cursor:
        cursor.execute(" ".join(("SELECT", hidden, ", t.* FROM", connection.ops.quote_name(table), "t")))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, map(_comparable, values), strict=True)) for values in cursor.fetchall()]
    rows.sort(key=lambda row: row.get("_rowid", row.get("_ctid")))
    return [{**row, "_place": place} for place, row in enumerate(rows)]


def _comparable(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("(") and value.endswith(")") and "," in value:
        page, _, line = value[1:-1].partition(",")
        return int(page) * 10_000 + int(line) if page.isdigit() and line.isdigit() else value
    if isinstance(value, bool | int | float | str):
        return value
    return "" if value is None else str(value)


# --- What is known of answers, and what of people ---


def of_answers(rows: list[Row], sealed: str, opened: dict[str, str], disk: bytes) -> dict[str, Column]:
    """Everything about each row that holds an answer in its column `sealed`, by name. `opened`: what it says, by the
    row's key; the adversary has the key that opens it."""
    words = [opened[bare(row["id"])] for row in rows]
    columns: dict[str, Column] = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    columns |= {
        "length of what is sealed": [len(row[sealed]) for row in rows],
        "nonce": [row[sealed].partition(".")[2][:16] for row in rows],
        "length of the words": [len(text) for text in words],
        "words": words,
    }
    for name in ("id", "seal_id", sealed):
        columns[f"place of {name} in the files"] = [disk.find(bare(row[name])[:60].encode()) for row in rows]
        columns[f"last place of {name}"] = [disk.rfind(bare(row[name])[:60].encode()) for row in rows]
    return columns


def of_people(everything: dict[str, list[Row]], people: list[Somebody], disk: bytes) -> dict[str, Column]:
    """Everything that stands in the database about each, and what was seen from outside."""
    columns: dict[str, Column] = {}
    for table, rows in everything.items():
        if table.startswith("feedback_") and table != LINKS:
            continue
        theirs = [[row for row in rows if _is_about(row, somebody)] for somebody in people]
        for number in range(max(map(len, theirs), default=0)):
            line = [mine[number] if number < len(mine) else {} for mine in theirs]
            for name in rows[0]:
                columns[f"{table}.{name} ({number})"] = [row.get(name, "") for row in line]
    columns["place of the link in the files"] = [disk.find(somebody.link_key.encode()) for somebody in people]
    columns["last place of the address"] = [disk.rfind(somebody.email.encode()) for somebody in people]
    return columns


def seen(people: list[Somebody]) -> dict[str, Column]:
    return {name: [somebody.seen[name] for somebody in people] for name in people[0].seen}


def _is_about(row: Row, somebody: Somebody) -> bool:
    if row.get("email", row.get("to_email")) == somebody.email or row.get("key") == somebody.link_key:
        return True
    ids = (("registration_id", somebody.registration), ("person_id", somebody.person))
    return any(row.get(name) == pk for name, pk in (*ids, ("user_id", somebody.person)))


def bare(value: Any) -> str:
    """On SQLite a key stands without lines between."""
    text = str(value)
    return text.replace("-", "") if len(text) == 36 else text


# --- Joining them ---


def compare(
    answers: dict[str, Column],
    people: dict[str, Column],
    whose: list[int],
    ignore: Iterable[tuple[str, str]] = (),
) -> list[Finding]:
    """Each thing about answers with each thing about people. `whose`: the truth, a person's number for each answer."""
    left_out, found = set(ignore), []
    ranked = {name: ranks(column) for name, column in people.items() if _tells_apart(column)}
    only_one = [_only_one_has(column) for column in people.values()]
    for name, column in answers.items():
        by_value = [_same_values(column, has) for has in only_one]
        found += [
            Finding(name, other, _right(guess, whose), 0.0)
            for other, guess in zip(people, by_value, strict=True)
            if any(one is not None for one in guess) and (name, other) not in left_out
        ]
        if not _tells_apart(column):
            continue
        own = ranks(column)
        for other, theirs in ranked.items():
            if (name, other) not in left_out:
                found.append(Finding(name, other, *_by_rank(own, theirs, whose)))
    return found


def leaks(findings: Iterable[Finding]) -> list[Finding]:
    return sorted((one for one in findings if one.is_a_leak), key=lambda one: -one.right)


def ranks(column: Column) -> list[int]:
    """The place of each in the order of the values."""
    tie = [chance.random() for _value in column]
    order = sorted(range(len(column)), key=lambda at: (*_sortable(column[at]), tie[at]))
    places = [0] * len(column)
    for place, at in enumerate(order):
        places[at] = place
    return places


def _sortable(value: Any) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))


def _tells_apart(column: Column) -> bool:
    return len(set(map(str, column))) >= LEAST_VALUES


def _by_rank(own: list[int], theirs: list[int], whose: list[int]) -> tuple[int, float]:
    """The first of one order is the first of the other, and so on; also the other way round."""
    last = len(own) - 1
    right = sum(own[answer] == theirs[person] for answer, person in enumerate(whose))
    backwards = sum(last - own[answer] == theirs[person] for answer, person in enumerate(whose))
    apart = sum((own[answer] - theirs[person]) ** 2 for answer, person in enumerate(whose))
    return max(right, backwards), 1 - 6 * apart / (len(own) * (len(own) ** 2 - 1))


def _only_one_has(column: Column) -> dict[str, int]:
    """By each value that one person alone has: who."""
    how_often = Counter(map(str, column))
    return {str(value): person for person, value in enumerate(column) if how_often[str(value)] == 1}


def _same_values(column: Column, only_one: dict[str, int]) -> list[int | None]:
    """An answer is guessed to be of the one person who has the same value."""
    return [only_one.get(str(value)) for value in column]


def _right(guess: list[int | None], whose: list[int]) -> int:
    return sum(one == truth for one, truth in zip(guess, whose, strict=True))
