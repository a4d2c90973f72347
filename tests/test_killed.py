"""`kill -9` of everything, at a bad moment: nothing that was acknowledged may be lost.

Real processes on a real database file, as `manage.py serve` starts them.
"""

import http.client
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner

from kit import attempts

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only-for-tests-but-long-enough-to-be-accepted-0123456789"
# The stamp of a form that somebody has had before them.
MADE = TimestampSigner(key=SECRET, salt=attempts.SIGNER.salt).sign(attempts.AGAIN)
SEEDING = """
from django.core.management import call_command
from tests import tables
tables.make()
call_command("collectstatic", interactive=False, verbosity=0)
from django.utils import timezone
from events.actions import letters
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, make_person, register, write_letter
make_hub()
make_event(slug="burst", places=10)
remind = make_event(slug="mails", places=None)
for n in range(60):
    register(remind, f"mail{n}@example.org", confirmed=False)
remind.registrations.update(email_confirmed_at=timezone.now())
OutgoingMail.objects.all().delete()
letter = write_letter(remind, by=make_person())
letters.send(letter, by=letter.by)
letters.let_go(letter)
"""


@dataclass
class Hub:
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "ALLYHUB_DEMO": "1",
            "DEBUG": "",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "SECRET_KEY": SECRET,
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder / 'hub.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "allyhub.settings",
        }

    def manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=True)

    def ask(self, sql: str) -> list[str]:
        """The first column of what the file holds; what is written stays. A second to start Django in is saved."""
        with closing(sqlite3.connect(self.folder / "hub.sqlite3")) as database, database:
            return [str(row[0]) for row in database.execute(sql)]

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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub made ready once; each test kills a copy."""
    hub = Hub(tmp_path_factory.mktemp("prepared"), 8000)
    hub.manage("shell", "--no-imports", "-v", "0", "-c", SEEDING)
    return hub


@pytest.fixture
def hub(prepared: Hub, tmp_path: Path) -> Iterator[Hub]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shutil.copytree(prepared.folder, tmp_path / "hub")
    hub = Hub(tmp_path / "hub", port)
    yield hub
    hub.kill()


def test_registrations_acknowledged_before_the_kill_are_there_with_their_mail(hub: Hub):
    hub.start()
    hub.wait_until_it_answers()
    acknowledged: list[str] = []
    enough = threading.Event()

    def keep_registering(worker: int) -> None:
        for n in range(500):
            email = f"w{worker}n{n}@example.org"
            form = {"name": "Amara", "email": email, "accepts_values": "on", "made": MADE}
            try:
                if hub.request("POST", "/events/burst/registration/", form) != 302:
                    return
            except (OSError, http.client.HTTPException):
                return
            acknowledged.append(email)
            if len(acknowledged) >= 25:
                enough.set()

    people = [threading.Thread(target=keep_registering, args=[n]) for n in range(4)]
    for person in people:
        person.start()
    assert enough.wait(40)
    hub.kill()
    for person in people:
        person.join()

    kept = set(
        hub.ask(
            "SELECT email FROM events_registration JOIN events_event ON events_event.id = event_id WHERE slug = 'burst'"
        )
    )
    owed = set(hub.ask("SELECT to_email FROM mail_outgoingmail WHERE kind = 'confirm'"))
    assert len(acknowledged) >= 25
    assert set(acknowledged) - kept == set()
    assert kept - owed == set()


def test_a_worker_killed_while_sending_loses_no_mail_and_invents_none(hub: Hub):
    """What organisers wrote to sixty people."""
    hub.start("worker")
    deadline = time.monotonic() + 30
    while len(hub.mails()) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    hub.kill()
    sent_before = hub.mails()
    assert 5 <= len(sent_before) < 60

    # The next worker takes the mail over when its lease has ended; here the lease is ended by hand.
    hub.ask("UPDATE mail_outgoingmail SET next_attempt_at = created_at WHERE state = 'queued'")
    hub.manage("worker", "--once")

    assert set(hub.mails()) == set(hub.ask("SELECT message_id FROM mail_outgoingmail"))
    assert len(hub.mails()) - len(set(hub.mails())) <= 1
