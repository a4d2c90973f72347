"""What has to be there before a hub serves anybody: its tables, its static files, its keys.

`serve` and `worker` refuse to start without, in words; `serve --prepare` brings the first two up to date.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from allyhub.resealing import open_all
from events.actions import zone_rules
from people.actions import keys
from people.models import SealingKey

log = logging.getLogger(__name__)

PREPARE = "Run: manage.py serve --prepare"
PUT_THE_KEY_BACK = (
    'Put it back into ALLYHUB_KEYS (docs/hosting.md, "Changing keys"). Only when it is lost for good: '
    "manage.py reseal --without {key}"
)


def prepare() -> None:
    """Bring tables and static files up to date. Safe to do again; nothing that people wrote is touched."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not static_files_are_collected():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def require(*, web: bool) -> None:
    """Raise a CommandError that says what is missing; else note with which key the hub seals from now on. `web`: whether
    pages will be served."""
    try:
        missing = list(_missing(web=web))
    except (DatabaseError, InterfaceError) as error:
        raise CommandError(
            f"The database does not answer ({type(error).__name__}). Look at DATABASE_URL."
        ) from error
    if missing:
        raise CommandError("The hub cannot start.\n" + "\n".join(f"- {words}" for words in missing))
    keys.remember_the_first()
    _follow_clocks()


def _follow_clocks() -> None:
    """Before anything is served: else pages would tell times that nobody typed until the clock has gone round."""
    try:
        zone_rules.settle()
    except Exception:
        log.exception("Times could not be moved with their clocks; the worker tries again")


def _missing(*, web: bool) -> Iterator[str]:
    if web and not static_files_are_collected():
        yield f"Its static files are not collected, or older than the program. {PREPARE}"
    if migrations := _migrations_left():
        yield f"Its database is not up to date: {migrations} migrations have not run. {PREPARE}"
    elif not _has_cache_table():
        yield f"Its database lacks the table in which attempts are counted. {PREPARE}"
    else:
        yield from _missing_keys()


def _migrations_left() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _has_cache_table() -> bool:
    cache = settings.CACHES["default"]
    return not cache["BACKEND"].endswith("DatabaseCache") or (
        cache["LOCATION"] in connection.introspection.table_names()
    )


def _missing_keys() -> Iterator[str]:
    for key in keys.missing():
        yield f"It sealed with the key {key}, which is not in ALLYHUB_KEYS. {PUT_THE_KEY_BACK.format(key=key)}"
    # Before the first canary there may be sealed texts already: of a command, or of an older version.
    if not SealingKey.objects.exists() and (unreadable := open_all().unreadable):
        yield f"{unreadable} sealed rows do not open with ALLYHUB_KEYS. Put back the key that they were sealed with."


def static_files_are_collected() -> bool:
    """Whether pages find the files that they name, in the state in which the program has them."""
    if settings.DEBUG:
        return True
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not manifest.exists():
        return False
    # Those of libraries change with the list of what is installed.
    sources = [
        *Path(settings.BASE_DIR, "static").rglob("*"),
        Path(settings.BASE_DIR, "requirements", "run.txt"),
    ]
    return max(source.stat().st_mtime for source in sources) < manifest.stat().st_mtime
