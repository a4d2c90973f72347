"""A hub moves from SQLite to Postgres and back with everything it knows.

Each step is a process of its own, as hosts run it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kit import environment

# The whole sample, and what is sealed outside of it: a code that waits in a mail, the secret of an app.
BEGIN = """
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from events.models import AccessNeed
from kit.sealing import seal
from mail.actions.outbox import queue
from people.actions import keys
from people.actions.second_steps import BOUND_TO
from people.models import Person
from tests import tables

tables.make()
call_command("sample_hub")
keys.remember_the_first()
queue(kind="sign-in-code", key="code/1", to_email="amara@example.org", secret={"code": "481516"})
Authenticator.objects.create(user=Person.objects.first(), type="totp", data={"secret": seal("totp", BOUND_TO)})
registration = AccessNeed.objects.exclude(code="").first().request.registration
sys.argv[1:] = [registration.get_absolute_url(), registration.event.get_absolute_url()]
"""
# Every row of every model as it stands in the table, what only the right keys open, and a link mailed before the move.
LOOK = """
from django.apps import apps
from django.test import Client
from allyhub.resealing import open_all
from people.actions import keys

def rows(model):
    names = [field.attname for field in model._meta.concrete_fields]
    # Postgres keeps the parts of a JSON object in an order of its own.
    return sorted(json.dumps(row, sort_keys=True, default=repr) for row in model._base_manager.values_list(*names))

models = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
# Django numbers these itself, each time that it makes tables.
for label in ("contenttypes.contenttype", "auth.permission"):
    del models[label]
kept = {label: rows(model) for label, model in models.items()}
answer = Client(HTTP_HOST="127.0.0.1").get(sys.argv[1])
opened = open_all()
say(rows=kept, links=sys.argv[1:], status=answer.status_code, names_the_event=sys.argv[2] in answer.content.decode(),
    opened=opened.opened, unreadable=opened.unreadable, missing=keys.missing())
"""
PREFACE = """
import json, sys
import django
django.setup()
def say(**words):
    print(json.dumps(words))
"""


def run(folder: Path, database: str, *command: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        "DEBUG": "1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DJANGO_SETTINGS_MODULE": "allyhub.settings",
        # Pictures and keys stay where they are.
        "VAR_DIR": str(folder),
        "SECRET_KEY": "",
        "ALLYHUB_KEYS": "",
        "DATABASE_URL": database,
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=environment.BASE_DIR,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
    )


def asked(folder: Path, database: str, script: str, *words: str) -> dict:
    done = run(folder, database, "-c", PREFACE + script, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def copied(folder: Path, here: str, there: str) -> subprocess.CompletedProcess[str]:
    return run(folder, here, "manage.py", "copy_to", there)


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory, where the system offers that: a whole sample is written several times."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        yield Path(folder)


@pytest.fixture
def way(folder: Path) -> Iterator[list[str]]:
    """The addresses of empty databases through which the hub goes: one on the Postgres that tests run on, and back."""
    back = f"sqlite:///{folder / 'back.sqlite3'}"
    name, server = f"copy_{os.getpid()}", urlsplit(os.environ["DATABASE_URL_TEST"])
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        yield [server._replace(path=f"/{name}").geturl(), back]
        postgres.execute(f"DROP DATABASE {name}")


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on its way through Postgres it comes back to SQLite"
)
@pytest.mark.django_db  # so that it runs on Postgres in `make test-all`; it has databases of its own
def test_a_full_hub_is_the_same_elsewhere_row_for_row_and_is_copied_only_once(way, folder):
    here = f"sqlite:///{folder / 'here.sqlite3'}"
    before = asked(folder, here, BEGIN + LOOK)

    steps = [copied(folder, *step) for step in pairwise([here, *way])]
    again = copied(folder, here, way[0])

    assert [step.returncode for step in steps] == [0] * len(way), [step.stderr for step in steps]
    assert "That database is not empty" in again.stderr
    assert sum(map(len, before["rows"].values())) > 1000
    assert before["opened"] > 20
    assert (before["status"], before["names_the_event"], before["unreadable"], before["missing"]) == (
        200,
        True,
        0,
        [],
    )
    for database in (here, *way):
        after = asked(folder, database, LOOK, *before["links"])
        assert {
            label: rows for label, rows in after.pop("rows").items() if rows != before["rows"][label]
        } == {}
        assert after.items() <= before.items()
