"""A query that is the same each time, written once: to write one takes ten times as long as to answer it."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable

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
    """The statement of a query with its parameters by name; what stands in it for each Asked is to be added.
    For `raw`, which enters no module of ours."""
    sql, params = rows.query.get_compiler(rows.db).as_sql()
    names = [
        param.name if isinstance(param, Asked) else f"fixed{number}" for number, param in enumerate(params)
    ]
    left = iter(names)
    named = SIGNS.sub(lambda sign: f"%({next(left)})s" if sign[0] == "%s" else sign[0], sql)
    fixed = zip(names, params, strict=True)
    return named, {name: param for name, param in fixed if not isinstance(param, Asked)}


class WrittenOnce:
    """The rows of a query, in one statement whenever they are asked for."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.asked())

    def asked(self, **by_name: Any) -> list[tuple[Any, ...]]:
        """Of `values_list(…)`: the rows as the database gives them, with this for each Asked."""
        (sql, fixed), connection = self._written, connections[self.rows.db]
        adapted = {name: connection.ops.adapt_unknown_value(one) for name, one in by_name.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, fixed | adapted)
            return cursor.fetchall()

    def values(self, **by_name: Any) -> list[tuple[Any, ...]]:
        """Of `values_list(…)`: the rows as the fields have them, with this for each Asked."""
        return list(self._ready(by_name).get_compiler(self.rows.db).results_iter(tuple_expected=True))

    def models(self, **by_name: Any) -> list[Any]:
        """The rows with all that was selected, annotated and prefetched, with this for each Asked."""
        found: list[Any] = list(ModelIterable(self._ready(by_name)))
        prefetches: tuple[Any, ...] = vars(self.rows)["_prefetch_related_lookups"]
        prefetch_related_objects(found, *prefetches)
        return found

    def first(self, **by_name: Any) -> Any:
        """The first of `models`; None where there is none."""
        return next(iter(self.models(**by_name)), None)

    def _ready(self, by_name: Mapping[str, Any]) -> Any:
        return _Ready(self.rows.db, self._compiler, by_name)

    @cached_property
    def _written(self) -> tuple[str, dict[str, Any]]:
        return written(self.rows)

    @cached_property
    def _compiler(self) -> Any:
        """Knows, once it has written the statement, what stands in which column."""
        compiler = self.rows.query.get_compiler(self.rows.db)
        sql, params = compiler.as_sql()
        compiler.written = sql, params
        return compiler


class _Ready:
    """Stands for a queryset and its query where Django reads rows (ModelIterable): nothing is left to be written."""

    _known_related_objects: Mapping[Any, Any] = {}

    def __init__(self, database: str, compiler: Any, by_name: Mapping[str, Any]) -> None:
        self.db, self.query = database, self
        self.compiler, self.by_name = compiler, by_name

    def get_compiler(self, using: str) -> Any:
        """Of this connection: each thread has its own."""
        compiler, adapted = copy(self.compiler), connections[using].ops.adapt_unknown_value
        sql, params = compiler.written
        asked = (adapted(self.by_name[one.name]) if isinstance(one, Asked) else one for one in params)
        compiler.connection, statement = connections[using], (sql, tuple(asked))
        compiler.as_sql = lambda *_args, **_options: statement
        return compiler
