"""Worlds that are made once: the first test of a process makes one through the real actions; for later ones its rows are
written straight into the database, which takes a hundredth of the time.

    @pytest.fixture
    @made_once
    def room() -> Topic:
        ...

Nothing may be in the database before. A world older than two minutes, or of another time, is made anew: what is to come
in it would be nearer.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from kit import versions

FRESH_FOR = timedelta(minutes=2)
# Django fills the first two itself, when the tables are made; the database the last, with each write.
ALWAYS_THERE = {"django_content_type", "auth_permission", versions.TABLE}
ROWS_AT_ONCE = 100

World = TypeVar("World")
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Kept:
    made_at: datetime
    rows: Rows
    # What the maker returned: each test gets a copy of its own, in which nothing is changed yet.
    returned: bytes

    @property
    def is_fresh(self) -> bool:
        return abs(timezone.now() - self.made_at) < FRESH_FOR


def made_once(make: Callable[[], World]) -> Callable[[], World]:
    kept: list[Kept] = []

    @wraps(make)
    def world() -> World:
        if _being_made:  # as a part of a larger one
            return make()
        if kept and kept[0].is_fresh:
            write(kept[0].rows)
        else:
            kept[:] = [_make(make)]
        return pickle.loads(kept[0].returned)  # noqa: S301 (our own)

    return world


_being_made: list[Callable[[], object]] = []


def _make(make: Callable[[], object]) -> Kept:
    there_before = tables_with_rows()
    assert not there_before, f"{make.__name__} is no longer the first: there are {there_before}"
    now = timezone.now()
    _being_made.append(make)
    try:
        returned = pickle.dumps(make())
    finally:
        _being_made.pop()
    return Kept(now, read(), returned)


@contextmanager
def nothing_stays() -> Iterator[None]:
    """What happens within is undone: many things can be tried in one world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tables_with_rows() -> list[str]:
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - ALWAYS_THERE)
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)  # noqa: S608
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def read() -> Rows:
    """What stands in the tables, in its order there."""
    return {table: _rows_of(table) for table in tables_with_rows()}


def _rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
        return cursor.fetchall()


@transaction.atomic
def write(rows: Rows) -> None:
    """In any order of tables: foreign keys are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for table, all_of_it in rows.items():
            for start in range(0, len(all_of_it), ROWS_AT_ONCE):
                _insert(cursor, table, all_of_it[start : start + ROWS_AT_ONCE])


def _insert(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    line = f"({', '.join(['%s'] * len(rows[0]))})"
    lines = ", ".join([line] * len(rows))
    cursor.execute(
        f"INSERT INTO {_quoted(table)} VALUES {lines}",  # noqa: S608
        [value for row in rows for value in row],
    )


@transaction.atomic
def empty() -> None:
    """As Django's flush, but only of tables with something in them: a quarter of the time."""
    full = [_quoted(table) for table in tables_with_rows()]
    with connection.cursor() as cursor:
        if full and connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(full)} CASCADE")
        elif full:
            for table in full:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)
