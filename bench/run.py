"""A run: the hubs and the floor side by side, and what each of them is asked in a round."""

import http.client
import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import psycopg

from bench import memory, organisers, phones, world
from bench.registrar import Registrar, registrar
from bench.servers import HOST, Answer, Asker, Place, Server, free_port, running

SIZES = (1000, 5000)
FLOOR = 0
WARM_UP = 10
READ_AND_FILLED_IN_SECONDS = 3
TOKEN = "b" * 32


@dataclass(frozen=True)
class Work:
    """What is asked of the hub with so many events, or of the floor, so often in a round."""

    path: str
    events: int = SIZES[0]
    requests: int = 60
    # With the ETag of what came before.
    again: bool = False
    # A registration is sent to this address.
    posts: bool = False
    # By an organiser who is logged in.
    organises: bool = False
    # Somebody registers for this event, or leaves it, before each request.
    meanwhile: str = ""


class Phones(NamedTuple):
    """Of a hundred in one room: how many did not get through, and what each cost in milliseconds of the processor."""

    lost: int
    each: float


@dataclass
class Run:
    servers: dict[int, Server]
    registrars: dict[int, Registrar]
    _ready: dict[Work, Callable[[], float]] = field(default_factory=dict)
    answers: dict[Work, Answer] = field(default_factory=dict)

    def cost(self, work: Work) -> float:
        """Milliseconds of the processor that a request takes now."""
        if work not in self._ready:
            self._ready[work] = self._get_ready(work)
        return self._ready[work]()

    def answer(self, work: Work) -> Answer:
        """The one to the first request for it."""
        if work not in self.answers:
            self.cost(work)
        return self.answers[work]

    @cached_property
    def memory(self) -> tuple[memory.Held, memory.Held]:
        """Once a run: it is of a server of its own, at the largest hub."""
        return memory.of(self.servers[max(SIZES)].place)

    def phones(self) -> Phones:
        server = self.servers[SIZES[0]]
        began = server.cpu_milliseconds()
        answered = phones.answer(server, "/r/room/", phones.MANY)
        each = (server.cpu_milliseconds() - began) / phones.MANY
        return Phones(phones.MANY - answered, each)

    def _get_ready(self, work: Work) -> Callable[[], float]:
        server = self.servers[work.events]
        forms = registrations(server, work.path) if work.posts else None
        own = server.place.folder / world.OWN_CALENDAR
        asker = Asker(server, own.read_text() if work.path == own.name else work.path, forms=forms)
        if work.posts:
            site = f"https://{HOST}"
            asker.headers |= {"Cookie": f"__Host-csrf={TOKEN}", "Referer": f"{site}/", "Origin": site}
        if work.organises:
            asker.headers["Cookie"] = (server.place.folder / organisers.COOKIE).read_text()
        first = asker.ask()
        if work.again:
            asker.headers["If-None-Match"] = first.headers["Etag"]
        for _ in range(WARM_UP):
            answer = asker.ask()
        expected = 304 if work.again else 302 if work.posts else 200
        assert answer.status == expected, (work, answer)
        self.answers[work] = answer
        if not work.meanwhile:
            return lambda: asker.milliseconds(work.requests)
        someone = self.registrars[work.events]
        return lambda: asker.milliseconds(work.requests, lambda: someone.registers(work.meanwhile))


@contextmanager
def everything_running(places: dict[int, Place]) -> Iterator[Run]:
    """Where the hub with so many events keeps its things, for each size."""
    with ExitStack() as stack:
        servers, registrars = {}, {}
        for events, place in places.items():
            world.build(place, events)
            if not place.is_on_sqlite:
                know_the_tables(place)
            port = free_port()
            command = ["manage.py", "serve", "--port", str(port), "--without-worker", "--threads", "1"]
            servers[events] = stack.enter_context(running(command, place, port, "/health/"))
            registrars[events] = stack.enter_context(registrar(place))
        port = free_port()
        command = ["-m", "bench.floor", str(port), "1"]
        servers[FLOOR] = stack.enter_context(running(command, places[SIZES[0]], port, "/three/"))
        yield Run(servers, registrars)


def know_the_tables(place: Place) -> None:
    """What Postgres would find out by itself, sooner or later in the run."""
    with psycopg.connect(place.database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def places_on_sqlite(folder: Path) -> dict[int, Place]:
    return {events: Place.on_sqlite(_folder(folder, events)) for events in SIZES}


def places_on_postgres(folder: Path, server: str) -> dict[int, Place]:
    """`server`: the address of its first database, beside which each hub has one of its own."""
    beside, _slash, _first = server.rpartition("/")
    places = {events: Place(_folder(folder, events), f"{beside}/bench{events}") for events in SIZES}
    with psycopg.connect(f"{beside}/postgres", autocommit=True) as connection:
        for events in SIZES:
            connection.execute(f"CREATE DATABASE bench{events}")
    return places


def _folder(folder: Path, events: int) -> Path:
    here = folder / str(events)
    here.mkdir()
    return here


def registrations(server: Server, path: str) -> Iterator[dict[str, str]]:
    made = "" if path == "/one-more/" else _stamp(server, path)
    for number in itertools.count():
        yield {
            "name": "Amara",
            "email": f"bench{number}@example.org",
            "accepts_values": "on",
            "made": made,
            "csrfmiddlewaretoken": TOKEN,
        }


def _stamp(server: Server, path: str) -> str:
    """What a form says about when it was shown; it counts once somebody could have read and filled it in."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    found = re.search(r'name="made" value="([^"]+)"', connection.getresponse().read().decode())
    assert found
    time.sleep(READ_AND_FILLED_IN_SECONDS)
    return found[1]
