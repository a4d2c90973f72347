"""Copies of the database and the pictures, whole or not at all. How to put one back: docs/backups.md.

The keys of ALLYHUB_KEYS are left out on purpose: a backup alone must not be enough to read what people need.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

NAME = re.compile(r"^allyhub-\d{8}-\d{6}$")
HALF_DONE = ".part"
# The keys of sessions: whoever has a copy could go on where somebody is logged in.
LEFT_OUT = "django_session"
# Between two portions whoever writes has a turn.
PAGES_AT_ONCE = 1000
# What DATABASE_URL can say about the way to the server; Postgres' programs read it as PGHOST, PGSSLMODE and so on.
LIBPQ = (
    "host",
    "port",
    "user",
    "password",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "passfile",
    "service",
)


class BackupFailed(Exception):
    """The backup failed, and nothing was written that could be taken for one."""


def make(folder: Path, *, keep: int, now: datetime | None = None) -> Path:
    """Write a new backup into `folder` and remove all but the `keep` newest. Raises BackupFailed."""
    target = folder / f"allyhub-{now or timezone.now():%Y%m%d-%H%M%S}"
    half_done = target.with_name(target.name + HALF_DONE)
    try:
        half_done.mkdir(parents=True, mode=0o700)
        _copy_database(half_done)
        _copy_pictures(half_done)
        os.replace(half_done, target)
    except (OSError, sqlite3.Error, subprocess.SubprocessError) as error:
        shutil.rmtree(half_done, ignore_errors=True)
        raise BackupFailed(f"{type(error).__name__}: {error}") from error
    _remove_older(folder, keep)
    return target


def existing(folder: Path) -> list[Path]:
    """The whole backups in a folder, oldest first."""
    return sorted(path for path in folder.iterdir() if NAME.match(path.name))


def _copy_database(folder: Path) -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        _copy_sqlite(Path(database["NAME"]), folder / "allyhub.sqlite3")
    else:
        _dump_postgres(database, folder / "allyhub.dump")


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database in its own way: writers go on meanwhile, and the copy is of one moment. Then it is read
    through."""
    target.touch(mode=0o600)
    address = f"file:{source}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=60)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy, pages=PAGES_AT_ONCE)
        _leave_out_sessions(copy)
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _leave_out_sessions(copy: sqlite3.Connection) -> None:
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [LEFT_OUT]).fetchone():
        copy.execute("PRAGMA secure_delete = ON")  # what is only taken out of the list is still in the file
        with copy:
            copy.execute(f"DELETE FROM {LEFT_OUT}")  # noqa: S608 (our own name)


def _dump_postgres(database: Mapping[str, Any], target: Path) -> None:
    """Write a Postgres database into a file."""
    target.touch(mode=0o600)
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"]
    command += [f"--exclude-table-data={LEFT_OUT}"]
    # The password travels in the environment: arguments can be read by everyone on the machine.
    place = os.environ | _way_to_postgres(database)
    subprocess.run(command, check=True, env=place)  # noqa: S603 (nothing in it was typed by anybody)


def _way_to_postgres(database: Mapping[str, Any]) -> dict[str, str]:
    named = {name.lower(): database.get(name) for name in ("HOST", "PORT", "USER", "PASSWORD")}
    said = database.get("OPTIONS", {}) | {name: value for name, value in named.items() if value}
    way = {f"PG{name.upper()}": str(said[name]) for name in LIBPQ if said.get(name)}
    return way | {"PGDATABASE": str(database["NAME"])}


def _copy_pictures(folder: Path) -> None:
    pictures = Path(settings.MEDIA_ROOT)
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "media")


def _remove_older(folder: Path, keep: int) -> None:
    for path in existing(folder)[:-keep]:
        shutil.rmtree(path)
