"""The figures that were last accepted, in docs/performance.toml, and what a new one says beside them."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import median

from bench.servers import ROOT

FILE = ROOT / "docs" / "performance.toml"
DOCUMENT = ROOT / "docs" / "performance.md"
# A figure may differ by so much from one run to the next.
TOLERATED = 1.15
# Programs at work before the run begins. Ratios of CPU time hold on a busy machine too, but less well.
QUIET = 0.5

HEAD = """\
# What each figure came to when it was last accepted (`python -m bench --accept`, and again with `--postgres`).
# `python -m bench` compares with these and ends with 1 where one is worse by more than 15 %. The table in performance.md
# is made from this file.
#
# `value` is the middle of the rounds, `least` and `most` are their ends, `commit` is what was measured, and `load` says
# how many other programs were at work when it began: above 0.5 the machine was busy, and the figure is less sure.
"""
TABLE_BEGINS, TABLE_ENDS = "<!-- The table: made by bench -->\n", "<!-- The end of the table -->\n"


@dataclass(frozen=True)
class Measured:
    value: float
    least: float
    most: float

    @classmethod
    def of(cls, rounds: list[float]) -> "Measured":
        return cls(median(rounds), min(rounds), max(rounds))


@dataclass(frozen=True)
class Accepted(Measured):
    commit: str
    on: date
    load: float

    @property
    def was_quiet(self) -> bool:
        return self.load <= QUIET


class Verdict(StrEnum):
    WORSE = "WORSE"
    BETTER = "better"
    SAME = "as it was"
    NEW = "not accepted yet"


# The name of a figure, then of a database.
Figures = dict[str, dict[str, Accepted]]


def verdict(measured: Measured, accepted: Accepted | None) -> Verdict:
    if accepted is None:
        return Verdict.NEW
    if measured.value > accepted.value * TOLERATED:
        return Verdict.WORSE
    return Verdict.BETTER if measured.value * TOLERATED < accepted.value else Verdict.SAME


def read(text: str) -> Figures:
    return {
        name: {database: Accepted(**row) for database, row in rows.items()}
        for name, rows in tomllib.loads(text).items()
    }


def written(figures: Figures) -> str:
    """The file: each figure a table, each database a line."""
    parts = [HEAD]
    for name, rows in figures.items():
        lines = [f"{database} = {_row(row)}" for database, row in sorted(rows.items())]
        parts.append("\n".join([f"[{json.dumps(name)}]", *lines, ""]))
    return "\n".join(parts)


def _row(row: Accepted) -> str:
    numbers = ", ".join(
        f"{key} = {value:.3f}"
        for key, value in (("value", row.value), ("least", row.least), ("most", row.most))
    )
    return f'{{ {numbers}, commit = "{row.commit}", on = {row.on}, load = {row.load:.1f} }}'


def table(figures: Figures, bounds: Mapping[str, tuple[float, str]]) -> str:
    """In Markdown, each figure of `bounds` (how much it may be, and its unit) with what it came to on each database."""
    lines = ["| work | bound | on SQLite | on Postgres |", "|---|---|---|---|"]
    for name, (bound, unit) in bounds.items():
        rows = figures.get(name, {})
        cells = [_cell(rows.get(database), unit) for database in ("sqlite", "postgres")]
        lines.append(f"| {' | '.join([name, f'{bound:g} {unit}', *cells])} |")
    return "\n".join([*lines, ""])


def _cell(row: Accepted | None, unit: str) -> str:
    if row is None:
        return "–"
    busy = "" if row.was_quiet else ", busy"
    return f"{row.value:.2f} {unit} ({row.least:.2f} to {row.most:.2f}; {row.commit}{busy})"


def with_table(document: str, new: str) -> str:
    before, _begin, rest = document.partition(TABLE_BEGINS)
    _old, _end, after = rest.partition(TABLE_ENDS)
    return f"{before}{TABLE_BEGINS}{new}{TABLE_ENDS}{after}"


def in_order(figures: Figures, names: Iterable[str]) -> Figures:
    """As they are declared. Those that are no more are left out."""
    return {name: figures[name] for name in names if name in figures}


def keep(figures: Figures, bounds: Mapping[str, tuple[float, str]], *, file: Path, document: Path) -> None:
    figures = in_order(figures, bounds)
    file.write_text(written(figures))
    # As they can be read again: the file has them rounded, and so has the table.
    kept = read(file.read_text())
    document.write_text(with_table(document.read_text(), table(kept, bounds)))
