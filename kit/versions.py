"""A number for each table that is another one after every write. The database raises it itself, by triggers, so no
writer can forget it: not `QuerySet.update`, not `bulk_create`, not a statement typed by hand.

The number is drawn by lot. So it is never the same again for other rows, also after a transaction that was undone or a
backup that was put back. On Postgres each connection has a row of its own for each table: no writer ever waits for
another one because of it. The number of a table is the sum of its rows, and what is read at one moment stands for what
was committed at that moment.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "page_versions"
TRIGGER = "page_version_of_"
# SQLite has a trigger for each way of writing; the third is the one above.
SQLITE_BESIDE = ("page_insert_in_", "page_update_of_")
# No model: nothing but the database writes it, and nothing but `of_all` reads it.
MAKE_TABLE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    subject varchar(100) NOT NULL, writer integer NOT NULL, token bigint NOT NULL, PRIMARY KEY (subject, writer)
)"""
READ = f"SELECT subject, SUM(token) FROM {TABLE} GROUP BY subject ORDER BY subject"  # noqa: S608 (our own name)
A_LOT = "floor(random() * 9007199254740992)::bigint"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_rise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {TABLE} VALUES (TG_TABLE_NAME, pg_backend_pid(), {A_LOT})
    ON CONFLICT (subject, writer) DO UPDATE SET token = excluded.token;
    RETURN NULL;
END $$"""  # noqa: S608 (our own name)
# Rows of connections that are gone become one, with a number of its own: just to leave them out could bring back the
# sum of an earlier day.
POSTGRES_TIDY = f"""
WITH gone AS (
    DELETE FROM {TABLE} WHERE writer <> 0 AND writer NOT IN (SELECT pid FROM pg_stat_activity) RETURNING subject
)
INSERT INTO {TABLE} SELECT subject, 0, {A_LOT} FROM (SELECT DISTINCT subject FROM gone) AS each_once
ON CONFLICT (subject, writer) DO UPDATE SET token = excluded.token"""  # noqa: S608 (our own name)

# What a reader finds: each table with its number, in one order. A table that nobody has written to yet has none.
Versions = tuple[tuple[str, Any], ...]


def of_all() -> Versions:
    """The number of every table, in one query. As the first of a request it finds out by itself whether the connection
    is still there, for which Django would ask another one (CONN_HEALTH_CHECKS)."""
    database: Any = connection  # whose types leave out what it knows of its health
    is_first = database.health_check_enabled and not database.health_check_done
    database.health_check_done = True
    try:
        return _read()
    except (InterfaceError, OperationalError):
        if not is_first or connection.in_atomic_block:
            raise
    connection.close()
    return _read()


def _read() -> Versions:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return tuple(cursor.fetchall())


def changed(before: Versions, now: Versions) -> set[str]:
    """The tables that were written to in between."""
    return {table for table, _number in {*before} ^ {*now}}


def watched_tables() -> set[str]:
    """The tables whose number rises with every write, as the database says. One query."""
    return {name.removeprefix(TRIGGER) for name in _triggers(connection)}


def install(using: str = "default", **_told: Any) -> None:
    """Give every table its triggers, and every number another value: whoever wrote while there were none has raised
    nothing. After each `migrate`, because SQLite loses the triggers of a table that is changed."""
    from django.db import connections

    database = connections[using]
    with transaction.atomic(using=using), database.cursor() as cursor:
        cursor.execute(MAKE_TABLE)
        if database.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        there, has_triggers = set(database.introspection.table_names(cursor)), _triggers(database)
        for table in sorted(_tables() & there):
            for statement in _trigger_of(table, database.vendor, has_triggers):
                cursor.execute(statement)
        cursor.execute(f"UPDATE {TABLE} SET token = {_lot(database.vendor)}")  # noqa: S608 (our own name)


def tidy() -> int:
    """Join what connections left that are gone. Returns how many numbers it changed; nothing to do on SQLite."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_TIDY)
        return int(cursor.rowcount)


def _tables() -> set[str]:
    """All but those that no page for everybody ever shows anything of."""
    models = apps.get_models(include_auto_created=True)
    shown = (model for model in models if model._meta.managed and not _is_left_out(model._meta))
    return {model._meta.db_table for model in shown}


def _is_left_out(meta: Any) -> bool:
    return meta.app_label in settings.NEVER_ON_PUBLIC_PAGES or meta.label in settings.NEVER_ON_PUBLIC_PAGES


def _triggers(database: BaseDatabaseWrapper) -> set[str]:
    """The names of our triggers, one for each table."""
    if database.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with database.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(TRIGGER)}


def _trigger_of(table: str, vendor: str, there: Collection[str]) -> Iterable[str]:
    if f"{TRIGGER}{table}" in there:
        return []
    if vendor == "postgresql":
        return [
            f'CREATE TRIGGER "{TRIGGER}{table}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_rise()"
        ]
    # The last stands for the other two, which go with the table as it does.
    names = zip(("INSERT", "UPDATE", "DELETE"), (*SQLITE_BESIDE, TRIGGER), strict=True)
    return [_sqlite_trigger(table, event, f"{name}{table}") for event, name in names]


def _sqlite_trigger(table: str, event: str, name: str) -> str:
    # No word about conflicts: in SQLite that of the statement which fires the trigger would count here too.
    return (
        f'CREATE TRIGGER IF NOT EXISTS "{name}" AFTER {event} ON "{table}" BEGIN '  # noqa: S608 (our own names)
        f"INSERT INTO {TABLE} SELECT '{table}', 0, 0 WHERE NOT EXISTS "
        f"(SELECT 1 FROM {TABLE} WHERE subject = '{table}' AND writer = 0); "
        f"UPDATE {TABLE} SET token = random() WHERE subject = '{table}' AND writer = 0; END"
    )


def _lot(vendor: str) -> str:
    return A_LOT if vendor == "postgresql" else "random()"
