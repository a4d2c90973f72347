"""Migrations lead from nothing to the tables of the models. All other tests stand on tables made from the models."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.postgres

THERE = "migrated"
# Django's own migrations give this table wider keys than its models do.
THEIRS = "auth_group_permissions"
# Not the names: they may tell whether a constraint came with its table or later.
OF_A_CONSTRAINT = ("columns", "primary_key", "unique", "foreign_key", "check", "index")


@pytest.fixture
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """Another database, made by migrating from zero."""
    with django_db_blocker.unblock():
        yield from another_database()


def another_database() -> Iterator[BaseDatabaseWrapper]:
    name = f"{connection.settings_dict['NAME']}_migrated"
    connections.settings[THERE] = connection.settings_dict | {
        "TEST": connection.settings_dict["TEST"] | {"NAME": name, "MIGRATE": True}
    }
    there = connections[THERE]
    there.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield there
    there.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    there.close()
    del connections[THERE], connections.settings[THERE]


def test_migrations_match_the_models(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=3)


def test_migrating_from_zero_makes_the_tables_that_models_make(migrated):
    made, of_models = tables(migrated), tables(connection)

    assert made.pop("django_migrations")
    assert made.pop(THEIRS)
    assert of_models.pop(THEIRS)
    assert made == of_models


def tables(database: BaseDatabaseWrapper) -> dict[str, Any]:
    with database.cursor() as cursor:
        names = database.introspection.table_names(cursor)
        return {
            name: (columns(database, cursor, name), constraints(database, cursor, name)) for name in names
        }


def columns(database: BaseDatabaseWrapper, cursor: Any, table: str) -> list[tuple[object, ...]]:
    return sorted(tuple(column) for column in database.introspection.get_table_description(cursor, table))


def constraints(database: BaseDatabaseWrapper, cursor: Any, table: str) -> list[str]:
    found = database.introspection.get_constraints(cursor, table).values()
    return sorted(str([one[word] for word in OF_A_CONSTRAINT]) for one in found)
