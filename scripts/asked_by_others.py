"""`make asked-by-others`: which tests send Postgres no statement but such as other tests send it too.

Written into tests/asked_by_others.txt. `make test` runs them on SQLite alone, `make test-all` on both. Only those are
looked at that their folder has run on Postgres, not what is marked by hand and what holds real transactions. It takes
some minutes, and need not be done for a new test: what is not in the list runs on Postgres.
"""

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "asked_by_others.txt"
# How many values there are, and what a savepoint is called, make no other statement.
SAVEPOINTS = re.compile(r'"s\d+_x\d+"')
VALUES = re.compile(r"(?:%s|\(%s(?:, %s)*\))(?:, (?:%s|\(%s(?:, %s)*\)))+")
NUMBERS = re.compile(r"\d+")


@dataclass
class Asked:
    """What a test asked, how many seconds of the processor it took, and whether others may ask it instead."""

    statements: set[str]
    seconds: float
    is_free: bool


class Listener:
    """A plugin of pytest that listens to what tests ask the database."""

    def __init__(self) -> None:
        self.tests: dict[str, Asked] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        from django.db import connection

        statements: set[str] = set()

        def hear(execute: Callable[..., Any], sql: Any, *others: Any) -> Any:
            kind = kind_of(str(sql))
            statements.add(kind)
            try:
                return execute(sql, *others)
            except Exception:  # a refusal is another answer, and leaves a transaction spoilt
                statements.add(f"refused: {kind}")
                raise

        began = time.process_time()
        with connection.execute_wrapper(hear):
            answer = yield
        self.tests[item.nodeid] = Asked(statements, time.process_time() - began, is_free(item))
        return answer


def kind_of(sql: str) -> str:
    return NUMBERS.sub("0", VALUES.sub("%s", SAVEPOINTS.sub("a savepoint", sql)))


def is_free(item: pytest.Item) -> bool:
    return all(mark.kwargs.get("by_folder") for mark in item.iter_markers("postgres"))


def asked_by_others(tests: dict[str, Asked]) -> list[str]:
    """The cheapest that together ask everything are kept; the others are what is looked for."""
    counts = Counter(statement for asked in tests.values() for statement in asked.statements)
    kept = {
        name
        for name, asked in tests.items()
        if not asked.is_free or any(counts[statement] == 1 for statement in asked.statements)
    }
    missing = set(counts).difference(*(tests[name].statements for name in kept))
    while missing:
        best = max(
            tests.keys() - kept,
            key=lambda name: (len(tests[name].statements & missing) / (tests[name].seconds + 0.01), name),
        )
        kept.add(best)
        missing -= tests[best].statements
    return sorted(tests.keys() - kept)


def main() -> int:
    import postgres  # beside this file, as for scripts/test.py; tests import it as a part of `scripts`

    programs = postgres.find_programs()
    if programs is None:
        print("This needs Postgres (apt install postgresql, brew install postgresql).")
        return 1
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    listener = Listener()
    with postgres.throwaway_cluster(programs) as address:
        os.environ["DATABASE_URL_TEST"] = address
        arguments = ["-q", "-m", "postgres or asked_by_others", "--ignore=tests/browser"]
        if failed := pytest.main(arguments, plugins=[listener]):
            return int(failed)
    names = [name.partition("[")[0] for name in asked_by_others(listener.tests)]
    LIST.write_text("".join(f"{name}\n" for name in names))
    print(f"{len(names)} of {len(listener.tests)} tests ask what others ask too.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
