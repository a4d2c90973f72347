"""Each figure with its bound; exit 1 over a bound. By name: `python -m bench event feed`.

`python -m bench profile event` says where the time of a page goes.
"""

import http.client
import itertools
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import phones, profiled, world
from bench.registrar import Registrar, registrar
from bench.servers import HOST, Cost, Server, cost, free_port, running

NAMES = ("event", "agenda", "month", "feed", "kept", "room", "registration")
SIZES = (1000, 5000)
AS_GOOD_AS_THE_SAME = 1.3


@dataclass
class Run:
    floor: Server
    hubs: dict[int, Server]
    registrars: dict[int, Registrar]
    over: int = 0

    def say(self, what: str, measured: Cost, floor: Cost, bound: float) -> None:
        ratio = measured.milliseconds / floor.milliseconds
        self.over += ratio > bound
        verdict = "" if ratio <= bound else "   OVER"
        print(f"{what:44} {ratio:6.2f} x the floor   (bound {bound:g}){verdict}", flush=True)

    def compare(self, what: str, ratio: float, bound: float, unit: str = "") -> None:
        self.over += ratio > bound
        verdict = "" if ratio <= bound else "   OVER"
        print(f"{what:44} {ratio:6.2f} {unit}   (bound {bound:g}){verdict}", flush=True)


@contextmanager
def everything_running(folder: Path) -> Iterator[Run]:
    with ExitStack() as stack:
        hubs, registrars = {}, {}
        for size in SIZES:
            here = folder / str(size)
            here.mkdir()
            world.build(here, size)
            port = free_port()
            command = ["manage.py", "serve", "--port", str(port), "--without-worker", "--threads", "1"]
            hubs[size] = stack.enter_context(running(command, here, port, "/health/"))
            registrars[size] = stack.enter_context(registrar(here))
        port = free_port()
        command = ["-m", "bench.floor", str(port), "1"]
        floor = stack.enter_context(running(command, folder / "1000", port, "/three/"))
        yield Run(floor, hubs, registrars)


def three_queries(run: Run) -> Cost:
    return cost(run.floor, "/three/", requests=300)


def event(run: Run) -> None:
    # A page with a query in its address is never kept.
    page = cost(run.hubs[1000], "/events/bench/?written=afresh", requests=150)
    assert page.status == 200, page
    run.say("event page, written afresh", page, three_queries(run), 4)
    run.compare("event page, HTML", page.size / 1000, 30, "kB")


def agenda(run: Run) -> None:
    _list(run, "agenda", "/events/")


def month(run: Run) -> None:
    today = date.today()  # noqa: DTZ011 (any day will do)
    _list(run, "month", f"/events/month/{today.year + today.month // 12}/{today.month % 12 + 1}/")


def _list(run: Run, what: str, path: str) -> None:
    floor = three_queries(run)
    few, many = (cost(run.hubs[size], f"{path}?written=afresh", requests=60) for size in SIZES)
    assert few.status == many.status == 200, (few, many)
    run.say(f"{what} with 1,000 events", few, floor, 10)
    run.say(f"{what} with 5,000 events", many, floor, 10)
    run.compare(f"{what}, 5,000 to 1,000", many.milliseconds / few.milliseconds, AS_GOOD_AS_THE_SAME, "x")


def feed(run: Run) -> None:
    """As it is asked again and again; the larger ones hold as many dates as a megabyte does."""
    for path, what in ((FEED, "1,000"), (CROWDED, "10,000")):
        for form in FORMS:
            _feed(run, f"{path}{form}", f"{form} of {what} dates")


FEED, CROWDED = "/feed.", "/events/crowded/feed."
FORMS = ("ics", "rss", "json")


def _feed(run: Run, path: str, what: str) -> None:
    hub = run.hubs[1000]
    whole = cost(hub, path, requests=15)
    assert whole.status == 200, whole
    run.say(f"{what}, to strings", whole, cost(run.floor, "/strings/", requests=15), 1.5)
    run.compare(f"{what}, size", whole.size / 1_000_000, 1, "MB")
    same = cost(hub, path, requests=200, headers={"If-None-Match": whole.headers["Etag"]})
    assert same.status == 304, same
    run.say(f"{what}, 304, to a view with one query", same, cost(run.floor, "/one/", requests=300), 3)


def kept(run: Run) -> None:
    """Pages that are kept whole: when nothing happens, and when somebody registers or leaves between every two requests,
    so that the places left are others each time."""
    hub, floor, path = run.hubs[1000], three_queries(run), "/events/bench/"
    page = cost(hub, path, requests=300)
    run.say("event page, kept", page, floor, 0.7)
    has_it = {"If-None-Match": page.headers["Etag"]}
    same = cost(hub, path, requests=300, headers=has_it)
    assert same.status == 304, same
    run.say("event page, 304", same, floor, 0.7)
    someone = run.registrars[1000]
    other = cost(hub, path, requests=100, between=lambda: someone.registers("register-here"))
    run.say("event page, somebody comes or goes elsewhere", other, floor, 0.7)
    here = cost(hub, path, requests=100, between=lambda: someone.registers("bench"))
    run.say("event page, somebody comes or goes", here, floor, 0.7)
    form = "/events/event-n141/registration/"
    afresh = cost(hub, f"{form}?written=afresh", requests=60)
    run.say("registration form, written afresh", afresh, floor, 16)
    run.say("registration form, kept", cost(hub, form, requests=300), floor, 3)
    busy = cost(hub, form, requests=100, between=lambda: someone.registers(TOMORROW))
    run.say("registration form, somebody comes or goes", busy, floor, 3)
    for size, what in itertools.product(SIZES, LISTS):
        _kept_list(run, size, what, floor)
    run.compare("memory of a web process", max(s.memory_mib() for s in run.hubs.values()), 120, "MiB")


def _kept_list(run: Run, size: int, what: str, floor: Cost) -> None:
    hub, someone = run.hubs[size], run.registrars[size]
    quiet = cost(hub, LISTS[what], requests=200)
    run.say(f"{what} with {size:,}, kept", quiet, floor, 1)
    busy = cost(hub, LISTS[what], requests=50, between=lambda: someone.registers(TOMORROW))
    run.say(f"{what} with {size:,}, somebody comes or goes", busy, floor, 1)


# An event of the world whose places left stand on the first page of the lists of what is to come.
TOMORROW = "event-n141"
LISTS = {
    "home": "/",
    "agenda": "/events/",
    "month": "/events/month/",
    "past": "/events/past/",
    "group": "/groups/socials/",
}


def room(run: Run) -> None:
    """A situation in a room: what a phone asks every three seconds, and a hundred phones at once."""
    hub, has_it = run.hubs[1000], cost(run.floor, "/one-304/", requests=10).headers["Etag"]
    floor = cost(run.floor, "/one-304/", requests=300, headers={"If-None-Match": has_it})
    assert floor.status == 304, floor
    state = cost(hub, "/r/room/state/", requests=100)
    same = cost(hub, "/r/room/state/", requests=300, headers={"If-None-Match": state.headers["Etag"]})
    assert same.status == 304, same
    run.say("a phone asks how a room stands, to a 304 with one query", same, floor, 0.7)
    before = hub.cpu_seconds()
    answered = phones.answer(hub, "/r/room/", phones.MANY)
    run.compare("phones in a room that did not get through", phones.MANY - answered, 0)
    run.compare(
        "CPU of one phone, from page to answer", 1000 * (hub.cpu_seconds() - before) / phones.MANY, 100, "ms"
    )


def registration(run: Run) -> None:
    hub = run.hubs[1000]
    path, token = "/events/register-here/registration/", "b" * 32
    made = stamp(hub, path)
    numbers = itertools.count()
    forms = (
        {
            "name": "Amara",
            "email": f"bench{n}@example.org",
            "accepts_values": "on",
            "made": made,
            "csrfmiddlewaretoken": token,
        }
        for n in numbers
    )
    headers = {
        "Cookie": f"__Host-csrf={token}",
        "Referer": "https://bench.example/",
        "Origin": "https://bench.example",
    }
    posted = cost(hub, path, requests=60, headers=headers, forms=forms)
    assert posted.status == 302, posted
    run.say("one registration, posted", posted, three_queries(run), 8)
    run.compare("memory of a web process", hub.memory_mib(), 120, "MiB")


def stamp(hub: Server, path: str) -> str:
    """What a form says about when it was shown; it counts once somebody could have read and filled it in."""
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=60)
    connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    found = re.search(r'name="made" value="([^"]+)"', connection.getresponse().read().decode())
    assert found
    time.sleep(3)
    return found[1]


BENCHES: dict[str, Callable[[Run], None]] = {
    "event": event,
    "agenda": agenda,
    "month": month,
    "feed": feed,
    "kept": kept,
    "room": room,
    "registration": registration,
}


def main(chosen: list[str]) -> int:
    if chosen[:1] == ["profile"]:
        return profile(chosen[1:])
    unknown = set(chosen) - set(NAMES)
    if unknown:
        raise SystemExit(f"There is {', '.join(NAMES)}; not {', '.join(unknown)}.")
    with (
        tempfile.TemporaryDirectory(prefix="allyhub-bench-") as folder,
        everything_running(Path(folder)) as run,
    ):
        for name in chosen or NAMES:
            BENCHES[name](run)
        return 1 if run.over else 0


def profile(chosen: list[str]) -> int:
    if len(chosen) != 1 or chosen[0] not in profiled.PAGES:
        raise SystemExit(f"profile, and one of {', '.join(profiled.PAGES)}.")
    return profiled.of(chosen[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
