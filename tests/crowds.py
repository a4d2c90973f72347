"""Many people who do something in the same instant, on the real database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

# SQLite lets nobody queue: each looks now and then whether the file is free. A server has eight who look and lets them
# for 20 seconds; here they are over a hundred, on any disk, and what is tested is their order and not how fast it goes.
PATIENCE = "PRAGMA busy_timeout = 120000"


def at_once(work: Callable[[int], Any], number: int) -> list[Any]:
    """Run `work(n)` in `number` threads that all start together, each with its own connection. Returns what each gave
    back, or raised."""
    together = threading.Barrier(number)

    def one(n: int) -> Any:
        _connect()
        together.wait()
        try:
            return work(n)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def _connect() -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE)
