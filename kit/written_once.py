"""A query that is the same each time, written once: to write one takes ten times as long as to answer it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import QuerySet


class WrittenOnce:
    """The rows of `values_list(…)` of columns that hold text, in one query whenever they are gone through."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows = rows

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self.rows.query.get_compiler(self.rows.db).as_sql()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        with connections[self.rows.db].cursor() as cursor:
            cursor.execute(*self._sql)
            return iter(cursor.fetchall())
