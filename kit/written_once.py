"""A query that is the same each time, written once: to write one takes ten times as long as to answer it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import QuerySet

# Stands in a query for the number that it is asked with (`rows_for`). No row has it for its key.
ANY = 2_147_483_001


class WrittenOnce:
    """The rows of `values_list(…)`, as the database gives them, in one query whenever they are gone through."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows = rows

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self.rows.query.get_compiler(self.rows.db).as_sql()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(_asked(self.rows.db, *self._sql))

    def rows_for(self, number: int) -> list[tuple[Any, ...]]:
        """The rows with this number for each ANY."""
        sql, params = self._sql
        return _asked(self.rows.db, sql, tuple(number if param == ANY else param for param in params))


def _asked(database: str, sql: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connections[database].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
