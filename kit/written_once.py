"""A query that is the same each time, written once: to write one takes ten times as long as to answer it."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet

# The two signs of SQL as Django writes it that are not what they look like: a parameter, and a percent sign.
SIGNS = re.compile("%s|%%")


class Asked(Expression):
    """Stands in a query for what it is asked with, by this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def written(rows: "QuerySet[Any, Any]") -> tuple[str, dict[str, Any]]:
    """The statement of a query with its parameters by name: what stands in it for each Asked is to be added, by its name.
    For `raw`, or a cursor."""
    sql, params = rows.query.get_compiler(rows.db).as_sql()
    names = [
        param.name if isinstance(param, Asked) else f"fixed{number}" for number, param in enumerate(params)
    ]
    left = iter(names)
    named = SIGNS.sub(lambda sign: f"%({next(left)})s" if sign[0] == "%s" else sign[0], sql)
    fixed = zip(names, params, strict=True)
    return named, {name: param for name, param in fixed if not isinstance(param, Asked)}


class WrittenOnce:
    """The rows of `values_list(…)`, as the database gives them, in one query whenever they are asked for."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows = rows

    @cached_property
    def _written(self) -> tuple[str, dict[str, Any]]:
        return written(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.asked())

    def asked(self, **by_name: Any) -> list[tuple[Any, ...]]:
        """The rows, with this for each Asked."""
        sql, fixed = self._written
        with connections[self.rows.db].cursor() as cursor:
            cursor.execute(sql, fixed | by_name)
            return cursor.fetchall()
