"""The servers of a run, and what a round of requests costs them: CPU time of their processes, as the kernel counts it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parent.parent
HOST = "bench.example"
READY_WITHIN_SECONDS = 30
NANOSECONDS_A_MILLISECOND = 1_000_000


@dataclass(frozen=True)
class Place:
    """Where a hub of the run keeps its things: a folder, and the address of its database."""

    folder: Path
    database: str

    @classmethod
    def on_sqlite(cls, folder: Path) -> "Place":
        return cls(folder, f"sqlite:///{folder / 'bench.sqlite3'}")

    @property
    def is_on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    def environment(self) -> dict[str, str]:
        """As in production, with invented secrets."""
        return os.environ | {
            "SITE_URL": f"https://{HOST}",
            "SECRET_KEY": "bench-only-but-long-enough-to-be-accepted-0123456789abcdef",
            "ALLYHUB_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "EMAIL_HOST": "localhost",
            "DEFAULT_FROM_EMAIL": f"hello@{HOST}",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "allyhub.settings",
            "DEBUG": "",
            "ALLYHUB_DEMO": "",
        }


@dataclass
class Server:
    port: int
    place: Place
    # What its connections are called by Postgres, of which a process works for each.
    name: str
    pids: list[int] = field(default_factory=list)

    def cpu_milliseconds(self) -> float:
        return sum(map(_cpu_of, [*self.pids, *self._of_the_database()])) / NANOSECONDS_A_MILLISECOND

    def _of_the_database(self) -> list[int]:
        if self.place.is_on_sqlite:
            return []
        with psycopg.connect(self.place.database) as connection:
            asked = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
            return [pid for (pid,) in connection.execute(asked, [self.name])]


@contextmanager
def running(command: list[str], place: Place, port: int, probe: str) -> Iterator[Server]:
    server = Server(port, place, name=f"bench-{port}")
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=place.environment() | {"PGAPPNAME": server.name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, probe)
        server.pids = [process.pid, *_children(process.pid)]
        yield server
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    size: int
    headers: dict[str, str]


class Asker:
    """Asks a server for the same thing over one kept connection."""

    def __init__(self, server: Server, path: str, *, forms: Iterator[dict[str, str]] | None = None) -> None:
        self.server, self.path, self.forms = server, path, forms
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Host": HOST, "X-Forwarded-Proto": "https"}

    def ask(self) -> Answer:
        form = None if self.forms is None else urlencode(next(self.forms))
        try:
            response = self._send(form)
        except ConnectionError:  # nobody had asked for a minute, and the server has closed it
            self.connection.close()
            response = self._send(form)
        size = len(response.read())
        return Answer(
            response.status, size, {name.title(): value for name, value in response.headers.items()}
        )

    def _send(self, form: str | None) -> http.client.HTTPResponse:
        if form is None:
            self.connection.request("GET", self.path, headers=self.headers)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request("POST", self.path, form, self.headers | kind)
        return self.connection.getresponse()

    def milliseconds(self, requests: int, before_each: Callable[[], object] = lambda: None) -> float:
        """Of the processor, a request. `before_each` happens in a process that is not counted."""
        began = self.server.cpu_milliseconds()
        for _ in range(requests):
            before_each()
            self.ask()
        return (self.server.cpu_milliseconds() - began) / requests


def _wait(server: Server, probe: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            if Asker(server, probe).ask().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{probe} does not answer")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_of(pid: int) -> int:
    """Nanoseconds. The ticks of /proc/<pid>/stat are ten milliseconds: a kept page takes a fiftieth of one."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)
