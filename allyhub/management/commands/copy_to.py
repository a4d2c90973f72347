"""Move a hub to another database: `manage.py copy_to postgres://…`. Stop the hub first; this database stays as it is."""

from typing import Any

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style
from django.db import connections, models, transaction

THERE = "there"
ROWS_AT_ONCE = 500


class Command(BaseCommand):
    help = "Copy everything into another, empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="its DATABASE_URL")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        connections.settings[THERE] = settings.DATABASES["default"] | dj_database_url.parse(address)
        connections.settings[THERE]["OPTIONS"] = {}
        call_command("migrate", database=THERE, verbosity=0)
        call_command("createcachetable", database=THERE, verbosity=0)
        kinds = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
        with transaction.atomic(using=THERE):
            clear_what_migrations_made(kinds)
            copied = sum(map(copy, kinds))
            start_counting_after(kinds)
        self.stdout.write(f"{copied} rows copied. Now set DATABASE_URL to that database and start the hub.")


def clear_what_migrations_made(kinds: list[type[models.Model]]) -> None:
    """Delete content types and permissions; anything else means that the database is somebody's."""
    for model in kinds:
        made_by_django = model._meta.app_label in ("contenttypes", "auth")
        if not made_by_django and model._base_manager.using(THERE).exists():
            raise CommandError(
                f"That database is not empty: it has rows of {model._meta.verbose_name_plural}."
            )
    for model in reversed(kinds):
        model._base_manager.using(THERE).all().delete()


def copy(model: type[models.Model]) -> int:
    """Copy all rows as they are: sealed texts stay sealed, numbers stay the same, so that links in mails go on
    working."""
    rows = model._base_manager.using("default").order_by("pk").iterator(chunk_size=ROWS_AT_ONCE)
    return len(model._base_manager.using(THERE).bulk_create(rows, batch_size=ROWS_AT_ONCE))


def start_counting_after(kinds: list[type[models.Model]]) -> None:
    there = connections[THERE]
    with there.cursor() as cursor:
        for statement in there.ops.sequence_reset_sql(no_style(), kinds):
            cursor.execute(statement)
