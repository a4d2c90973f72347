"""Where the time of a page goes: `python -m bench profile event`. In one process, as nobody else would ask for it."""

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import world
from bench.servers import HOST, ROOT, Place

# A page with a query in its address is never kept.
PAGES = {
    "home": "/?written=afresh",
    "event": "/events/bench/?written=afresh",
    "kept": "/events/bench/",
    "agenda": "/events/?written=afresh",
    "month": "/events/month/?written=afresh",
    "feed": "/feed.ics?written=afresh",
    "crowded": "/events/crowded/feed.ics?written=afresh",
    "registration": "/events/register-here/registration/",
}
REQUESTS = 50
LINES = 25

# File, line, name, as the profiler has them.
Function = tuple[str, int, str]


def of(name: str) -> int:
    """Builds a hub with a thousand events and asks it for this page, in a process of its own. Raises KeyError."""
    path = PAGES[name]
    with tempfile.TemporaryDirectory(prefix="allyhub-bench-") as folder:
        place = Place.on_sqlite(Path(folder))
        world.build(place, 1000)
        command = [sys.executable, "-m", "bench.profiled", path]
        return subprocess.run(command, cwd=ROOT, env=place.environment()).returncode


def look_at(path: str) -> None:
    from django.test import Client

    client = Client()

    def ask() -> None:
        answer = client.get(path, secure=True, headers={"host": HOST})
        assert answer.status_code == 200, answer

    ask()  # what is made once, by the first
    print(f"{path}: {_milliseconds(ask):.2f} ms of the processor, and of it, while it was looked at:")
    _say_queries(ask)
    _say_functions(ask)


def _milliseconds(ask: Callable[[], None]) -> float:
    began = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - began) / REQUESTS * 1000


def _say_queries(ask: Callable[[], None]) -> None:
    """Each statement in its order, and how long the database took for it: what composes it is no part of that."""
    from django.db import connection

    asked: list[tuple[float, str]] = []

    def note(execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *others)
        finally:
            asked.append((time.perf_counter() - began, sql))

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(note))
        ask()
    print(f"\n{len(asked)} queries")
    for seconds, sql in asked:
        print(f"{seconds * 1000:8.2f} ms  {_in_short(sql)}")


def _in_short(sql: str) -> str:
    """Without the names of a hundred columns."""
    return (
        sql
        if len(sql) <= 110 or " FROM " not in sql
        else f"{sql[:20]} … FROM {sql.split(' FROM ', 1)[1][:85]}"
    )


def _say_functions(ask: Callable[[], None]) -> None:
    profiler = cProfile.Profile(time.process_time)  # not the clock: others work on this machine
    profiler.runcall(_milliseconds, ask)
    stats: dict[Function, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]  # typeshed has no word of it
    ours = {function: numbers for function, numbers in stats.items() if _is_ours(function)}
    print("\nOurs, with all that they call")
    _say_longest(ours, by=3)
    print("\nEach by itself, whoever wrote it")
    _say_longest(stats, by=2)


def _is_ours(function: Function) -> bool:
    path = Path(function[0])
    return (
        path.is_relative_to(ROOT)
        and not path.is_relative_to(ROOT / ".venv")
        and path.parent != ROOT / "bench"
    )


def _say_longest(stats: dict[Function, Any], *, by: int) -> None:
    """`by`: the place of the number that counts among the profiler's, 2 by itself and 3 with what it calls."""
    longest = sorted(stats.items(), key=lambda entry: entry[1][by], reverse=True)
    for (file, line, name), numbers in longest[:LINES]:
        where = os.path.relpath(file, ROOT) if file.startswith(str(ROOT)) else "/".join(Path(file).parts[-3:])
        calls = numbers[1] / REQUESTS
        print(f"{numbers[by] / REQUESTS * 1000:8.2f} ms {calls:7.0f} ×  {name}  {where}:{line}")


if __name__ == "__main__":
    import django

    django.setup()
    look_at(sys.argv[1])
