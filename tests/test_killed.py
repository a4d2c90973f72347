"""`kill -9` of everything, at a bad moment: nothing that was acknowledged may be lost.

Real processes, as `manage.py serve` starts them, on a real database: a file on SQLite, one of their own on Postgres.
"""

import email.policy
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from email import message_from_bytes
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from django.core.signing import TimestampSigner

from kit import attempts
from tests.amounts import amount

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only-for-tests-but-long-enough-to-be-accepted-0123456789"
# The stamp of a form that somebody has had before them.
MADE = TimestampSigner(key=SECRET, salt=attempts.SIGNER.salt).sign(attempts.AGAIN)
# As in source 003: 55 people for the places of three institutions; under `make test` fewer.
APPLICANTS = amount(15, many=55)
PLACES = (4, 3, 4) if APPLICANTS < 55 else (15, 10, 12)
ON_POSTGRES = bool(os.environ.get("DATABASE_URL_TEST"))
CONFIRM = re.compile(r"/registrations/[^/\s]+/confirmation/")
OF_THE_BURST = "FROM events_registration WHERE event_id = (SELECT id FROM events_event WHERE slug = 'burst')"
SEEDING = f"""
from django.core.management import call_command
from tests import tables
tables.make()
call_command("collectstatic", interactive=False, verbosity=0)
from django.utils import timezone
from events.actions import letters
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, make_person, make_quota, register, write_letter
make_hub()
burst = make_event(slug="burst", places=sum({PLACES}))
for name, places in zip(("Kent", "Liverpool", "City"), {PLACES}):
    make_quota(burst, name, places)
remind = make_event(slug="mails", places=None)
for n in range(60):
    register(remind, f"mail{{n}}@example.org", confirmed=False)
remind.registrations.update(email_confirmed_at=timezone.now())
OutgoingMail.objects.all().delete()
letter = write_letter(remind, by=make_person())
letters.send(letter, by=letter.by)
letters.let_go(letter)
"""


class InAFile:
    """SQLite: the database goes where the folder of its hub goes."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "hub.sqlite3"
        self.address = f"sqlite:///{self.file}"

    def connect(self) -> Any:
        return sqlite3.connect(self.file)

    def copy_to(self, folder: Path) -> "InAFile":
        return InAFile(folder)

    def drop(self) -> None:
        """With its folder."""


class OnAServer:
    """Postgres: a database of its own on the server of these tests."""

    def __init__(self, like: str = "template1") -> None:
        self.name = name = f"killed_{uuid4().hex}"
        self.server, _slash, _name = os.environ["DATABASE_URL_TEST"].rpartition("/")
        self.address = f"{self.server}/{name}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {like}")

    def connect(self) -> Any:
        return psycopg.connect(self.address)

    def copy_to(self, _folder: Path) -> "OnAServer":
        return OnAServer(like=self.name)

    def drop(self) -> None:
        self._say(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _say(self, sql: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as server:
            server.execute(sql)


@dataclass
class Hub:
    folder: Path
    port: int
    database: InAFile | OnAServer
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "ALLYHUB_DEMO": "1",
            "DEBUG": "",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "SECRET_KEY": SECRET,
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database.address,
            "DJANGO_SETTINGS_MODULE": "allyhub.settings",
        }

    def manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=True)

    def ask(self, sql: str) -> list[str]:
        """The first column of what is kept; what is written stays. A second to start Django in is saved."""
        with closing(self.database.connect()) as database, database:
            rows = database.execute(sql)
            return [str(row[0]) for row in rows] if rows.description else []

    def start(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *(words or ("serve", "--port", str(self.port)))]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Everything it started, at once, without a chance to tidy up."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def start_and_wait(self) -> None:
        self.start()
        self.wait_until_it_answers()

    def lend_no_more(self) -> None:
        """The next worker takes a mail over when its lease has ended; here the lease is ended by hand."""
        self.ask("UPDATE mail_outgoingmail SET next_attempt_at = created_at WHERE state = 'queued'")

    def links_to_confirm(self) -> dict[str, str]:
        """The path of the button in each mail that asks to confirm an address, by that address."""
        found = {}
        for file in (self.folder / "mail").glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=email.policy.default)
            words = mail.get_body(("plain",))
            if words and (link := CONFIRM.search(words.get_content())):
                found[str(mail["To"])] = link[0]
        return found

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if self.request("GET", "/health/") == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the hub does not answer")

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> int:
        """One request in the way of a browser that was given its CSRF cookie."""
        token = "a" * 32
        headers = {"Cookie": f"csrf={token}", "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode((form or {}) | {"csrfmiddlewaretoken": token})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body if method == "POST" else None, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def mails(self) -> list[str]:
        files = sorted((self.folder / "mail").glob("*.eml"))
        return [str(message_from_bytes(file.read_bytes())["Message-ID"]) for file in files]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub made ready once; each test kills a copy."""
    folder = tmp_path_factory.mktemp("prepared")
    hub = Hub(folder, 8000, OnAServer() if ON_POSTGRES else InAFile(folder))
    hub.manage("shell", "--no-imports", "-v", "0", "-c", SEEDING)
    yield hub
    hub.database.drop()


@pytest.fixture
def killable_hub(prepared: Hub, tmp_path: Path) -> Iterator[Hub]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shutil.copytree(prepared.folder, tmp_path / "hub")
    hub = Hub(tmp_path / "hub", port, prepared.database.copy_to(tmp_path / "hub"))
    yield hub
    hub.kill()
    hub.database.drop()


def all_at_once(
    work: Callable[[str], int], people: Iterable[str], *, until: Callable[[int], None]
) -> set[str]:
    """Let four do this for each of them. Returns for whom it was acknowledged; `until` is told how many these are."""
    waiting, done = list(people), set[str]()

    def go_on() -> None:
        while waiting:
            with suppress(OSError, http.client.HTTPException, IndexError):
                if work(person := waiting.pop(0)) == 302:
                    done.add(person)
                    until(len(done))

    threads = [threading.Thread(target=go_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


@pytest.mark.many
@pytest.mark.postgres
def test_places_of_three_quotas_are_right_though_everything_is_killed_twice(killable_hub: Hub):
    """Once while people ask, and once while they confirm. What was acknowledged is there with its mail; what was not is
    asked for again."""
    hub = killable_hub
    people = [f"p{n}@example.org" for n in range(APPLICANTS)]
    quotas = hub.ask("SELECT id FROM events_quota ORDER BY id")
    group = dict(zip(people, cycle(quotas), strict=False))
    links: dict[str, str] = {}

    def ask(person: str) -> int:
        form = {
            "name": "Amara",
            "email": person,
            "group": group[person],
            "accepts_values": "on",
            "made": MADE,
        }
        return hub.request("POST", "/events/burst/registration/", form)

    def confirm(person: str) -> int:
        return hub.request("POST", links[person], {})

    def kill_after(number: int) -> Callable[[int], None]:
        return lambda done: hub.kill() if done == number else None

    hub.start_and_wait()
    asked = all_at_once(ask, people, until=kill_after(APPLICANTS // 3))
    assert APPLICANTS // 3 <= len(asked) < APPLICANTS
    assert asked <= set(hub.ask(f"SELECT email {OF_THE_BURST}"))
    assert asked <= set(hub.ask("SELECT to_email FROM mail_outgoingmail WHERE kind = 'confirm'"))

    hub.start_and_wait()
    all_at_once(ask, [person for person in people if person not in asked], until=kill_after(0))
    hub.kill()
    hub.lend_no_more()
    hub.manage("worker", "--once")
    links = hub.links_to_confirm()
    assert set(links) == set(people)

    hub.start_and_wait()
    confirmed = all_at_once(confirm, people, until=kill_after(APPLICANTS // 3))
    hub.start_and_wait()
    all_at_once(confirm, [person for person in people if person not in confirmed], until=kill_after(0))
    hub.kill()

    for quota, places in zip(quotas, PLACES, strict=True):
        asked_here = list(group.values()).count(quota)
        has_place = hub.ask(f"SELECT email {OF_THE_BURST} AND quota_id = {quota} AND state = 'confirmed'")
        waits = hub.ask(f"SELECT email {OF_THE_BURST} AND quota_id = {quota} AND state = 'waiting'")
        assert (len(has_place), len(waits)) == (min(places, asked_here), max(0, asked_here - places))
    told = hub.ask(
        "SELECT to_email FROM mail_outgoingmail WHERE kind IN ('place', 'waiting') AND to_email LIKE 'p%'"
    )
    assert sorted(told) == sorted(people)


def test_a_worker_killed_while_sending_loses_no_mail_and_invents_none(killable_hub: Hub):
    """What organisers wrote to sixty people."""
    hub = killable_hub
    hub.start("worker")
    deadline = time.monotonic() + 30
    while len(hub.mails()) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    hub.kill()
    sent_before = hub.mails()
    assert 5 <= len(sent_before) < 60

    hub.lend_no_more()
    hub.manage("worker", "--once")

    assert set(hub.mails()) == set(hub.ask("SELECT message_id FROM mail_outgoingmail"))
    assert len(hub.mails()) - len(set(hub.mails())) <= 1


MOVING = """
from datetime import timedelta
from django.utils import timezone
from events.actions import events
from events.models import Event
from mail.models import OutgoingMail
OutgoingMail.objects.all().delete()
remind = Event.objects.get(slug="mails")
(date,) = remind.sessions.all()
date.starts_at, date.ends_at = date.starts_at + timedelta(hours=1), date.ends_at + timedelta(hours=1)
events.save_sessions(remind, saved=[date])
OutgoingMail.objects.filter(pk__gt=OutgoingMail.objects.earliest("pk").pk + 19).delete()
OutgoingMail.objects.update(next_attempt_at=timezone.now())
"""


def calendar_parts(hub: Hub) -> list[tuple[str, bytes]]:
    """What each mail that has left tells a calendar: (Message-ID, bytes)."""
    found = []
    for file in sorted((hub.folder / "mail").glob("*.eml")):
        mail = message_from_bytes(file.read_bytes())
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        found.append((str(mail["Message-ID"]), part.get_payload(decode=True)))
    return found


def test_a_mail_repeated_after_a_kill_tells_the_calendar_the_same_bytes(killable_hub: Hub):
    """A date has moved, and the worker is killed among the twenty mails that say so."""
    hub = killable_hub
    hub.manage("shell", "--no-imports", "-v", "0", "-c", MOVING)
    hub.start("worker")
    deadline = time.monotonic() + 30
    while len(hub.mails()) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    hub.kill()
    before = calendar_parts(hub)
    assert 3 <= len(before) < 20

    # As if it had been killed before it noted that they had left.
    hub.ask("UPDATE mail_outgoingmail SET state = 'queued'")
    hub.lend_no_more()
    hub.manage("worker", "--once")

    after = calendar_parts(hub)
    assert {name for name, _ in after} == set(hub.ask("SELECT message_id FROM mail_outgoingmail"))
    assert len(after) == 20 + len(before)
    assert len(set(after)) == 20
    assert all(b"METHOD:REQUEST" in content and b"SEQUENCE:1\r\n" in content for _, content in after)
