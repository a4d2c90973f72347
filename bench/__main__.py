"""Each figure beside its bound and what was last accepted: `python -m bench`, or a part: `python -m bench event feed`.

`--postgres` measures on a Postgres of its own, `--accept` keeps the figures in docs/performance.toml. Ends with 1 where a
figure is over its bound, or worse by more than 15 % than the accepted one.
`python -m bench profile event` says where the time of a page goes, `python -m bench crowd` how long 200 at once wait.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

from bench import accepted, crowd, profiled
from bench.accepted import Accepted, Measured, Verdict
from bench.figures import Figure, figures
from bench.run import SIZES, Run, everything_running, places_on_postgres, places_on_sqlite
from bench.servers import ROOT, Place

ROUNDS = 5
ALL = figures()
BOUNDS = {figure.name: (figure.bound, figure.unit) for figure in ALL}


def main(words: list[str]) -> int:
    if words[:1] == ["profile"]:
        return profile(words[1:])
    if words[:1] == ["crowd"]:
        with places_on("postgres" if "--postgres" in words else "sqlite") as places:
            return crowd.of(places[SIZES[0]])
    asked = parser().parse_args(words)
    chosen = [figure for figure in ALL if not asked.parts or figure.part in asked.parts]
    database = "postgres" if asked.postgres else "sqlite"
    load = os.getloadavg()[0]
    with everything_on(database) as run:
        measured = measure(run, chosen, database, asked.rounds)
    before = known(database)
    bad = [
        figure.name for figure in chosen if not tell(figure, measured[figure.name], before.get(figure.name))
    ]
    if load > accepted.QUIET:
        print(f"The machine was busy (load {load:.1f}): ratios of CPU time hold all the same, but less well.")
    if asked.accept:
        accept(measured, database, load)
        return 0
    if bad:
        print(f"Over its bound, or worse by more than 15 %: {'; '.join(bad)}.")
    return 1 if bad else 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parts = list(dict.fromkeys(figure.part for figure in ALL))
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(parts))
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser


@contextmanager
def everything_on(database: str) -> Iterator[Run]:
    with places_on(database) as places, everything_running(places) as run:
        yield run


@contextmanager
def places_on(database: str) -> Iterator[dict[int, Place]]:
    with tempfile.TemporaryDirectory(prefix="allyhub-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            yield places_on_sqlite(folder)
            return
        # By its name, since the programs of that folder know it as a neighbour, and mypy as one of two.
        postgres = import_module("scripts.postgres")
        programs = postgres.find_programs()
        if programs is None:
            raise SystemExit("No `initdb` and `postgres` found (apt install postgresql).")
        with postgres.throwaway_cluster(programs) as server:
            yield places_on_postgres(folder, server)


def measure(run: Run, chosen: list[Figure], database: str, rounds: int) -> dict[str, Measured]:
    """Every figure once, then every figure again: what happens to the machine for a while happens to all. Those that look
    worse than they were have as many rounds again before it is said of them."""
    spent: dict[str, list[float]] = {figure.name: [] for figure in chosen}
    before = known(database)
    again = chosen
    for part in ("", ", once more for what looks worse"):
        for number in range(1, rounds + 1 if again else 1):
            print(f"round {number} of {rounds}{part}", file=sys.stderr, flush=True)
            for figure in again:
                spent[figure.name].append(figure.measure(run))
        found = {name: Measured.of(values) for name, values in spent.items()}
        again = [
            figure
            for figure in chosen
            if accepted.verdict(found[figure.name], before.get(figure.name)) == Verdict.WORSE
        ]
    return found


def known(database: str) -> dict[str, Accepted]:
    if not accepted.FILE.exists():
        return {}
    found = accepted.read(accepted.FILE.read_text())
    return {name: rows[database] for name, rows in found.items() if database in rows}


def tell(figure: Figure, measured: Measured, before: Accepted | None) -> bool:
    verdict = accepted.verdict(measured, before)
    is_over = measured.value > figure.bound
    was = f", was {before.value:.2f} at {before.commit}" if before else ""
    spread = f"({measured.least:.2f} to {measured.most:.2f})"
    over = f"   OVER its bound of {figure.bound:g}" if is_over else ""
    print(f"{figure.name:46} {measured.value:6.2f} {figure.unit:3} {spread:18} {verdict}{was}{over}")
    return not is_over and verdict != Verdict.WORSE


def accept(measured: dict[str, Measured], database: str, load: float) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    found = accepted.read(accepted.FILE.read_text()) if accepted.FILE.exists() else {}
    for name, one in measured.items():
        row = Accepted(one.value, one.least, one.most, commit, date.today(), load)  # noqa: DTZ011 (a day to read)
        found.setdefault(name, {})[database] = row
    accepted.keep(found, BOUNDS, file=accepted.FILE, document=accepted.DOCUMENT)


def profile(chosen: list[str]) -> int:
    if len(chosen) != 1 or chosen[0] not in profiled.PAGES:
        raise SystemExit(f"profile, and one of {', '.join(profiled.PAGES)}.")
    return profiled.of(chosen[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
