"""Two hundred connections on an event's page for half a minute, while people register one after another for it; then 128
who register at once."""

import http.client
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

from bench import world
from bench.run import TOKEN, know_the_tables, registrations
from bench.servers import HOST, Place, Server, free_port, running

CONNECTIONS, SECONDS, THREADS = 200, 30, "4"
# More than each of them can send in that time.
AT_ONCE, MOST_OF_ONE = 128, 500
EVENT = "/events/register-here/"
Form = dict[str, str]


@dataclass
class Asked:
    """How long each answer took, in milliseconds, and how many were none."""

    took: list[float] = field(default_factory=list)
    errors: int = 0

    @classmethod
    def of_all(cls, several: "Iterable[Asked]") -> "Asked":
        together = cls()
        for one in several:
            together.took += one.took
            together.errors += one.errors
        return together

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[-1] if len(self.took) > 1 else 0.0

    def __str__(self) -> str:
        return f"p95 {self.p95:8.1f} ms of {len(self.took):6} answers, {self.errors} errors"


def of(place: Place) -> int:
    """Says how long the page and a registration took, on the hub and on the floor. Ends with 1 after any error."""
    world.build(place, world.FEWEST)
    if not place.is_on_sqlite:
        know_the_tables(place)
    port, floor = free_port(), free_port()
    serve = ["manage.py", "serve", "--port", str(port), "--without-worker", "--threads", THREADS]
    with running(serve, place, port, "/health/") as server:
        hub = come(server, EVENT, f"{EVENT}registration/")
    with running(["-m", "bench.floor", str(floor), THREADS], place, floor, "/three/") as server:
        bare = come(server, "/three/", "/one-more/")
    for what, ours, theirs in zip(("page", "registration", f"{AT_ONCE} at once"), hub, bare, strict=True):
        print(f"{what:12} hub    {ours}\n{'':12} floor  {theirs}")
    # Both were sent for as long.
    rate, waited = len(hub[2].took) / len(bare[2].took), hub[2].p95 / bare[2].p95
    print(f"{AT_ONCE} who register at once: {rate:.2f} of the floor's rate, {waited:.2f} × its p95")
    return 1 if any(asked.errors for asked in (*hub, *bare)) else 0


def come(server: Server, page: str, form: str) -> tuple[Asked, Asked, Asked]:
    """The answers to those who look, to those who register meanwhile, and to the many who register afterwards."""
    forms = registrations(server, form)
    next(forms)  # whoever sends it has had the form for a while
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS + 1) as crowd:
        registering = crowd.submit(_register, server, form, forms, until)
        looking = list(crowd.map(lambda _number: _look(server, page, until), range(CONNECTIONS)))
    own = [[next(forms) for _ in range(MOST_OF_ONE)] for _ in range(AT_ONCE)]
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        at_once = list(crowd.map(lambda these: _register(server, form, iter(these), until), own))
    return Asked.of_all(looking), registering.result(), Asked.of_all(at_once)


def _look(server: Server, page: str, until: float) -> Asked:
    asked, connection = Asked(), http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    while time.monotonic() < until:
        _ask(asked, connection, 200, "GET", page)
    connection.close()
    return asked


def _register(server: Server, address: str, forms: Iterator[Form], until: float) -> Asked:
    asked, connection = Asked(), http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    site = f"https://{HOST}"
    headers = {"Cookie": f"__Host-csrf={TOKEN}", "Referer": f"{site}/", "Origin": site}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    while time.monotonic() < until:
        _ask(asked, connection, 302, "POST", address, urlencode(next(forms)), **headers)
    connection.close()
    return asked


def _ask(
    asked: Asked,
    connection: http.client.HTTPConnection,
    expected: int,
    method: str,
    address: str,
    body: str = "",
    **headers: str,
) -> None:
    began = time.monotonic()
    try:
        connection.request(method, address, body, {"Host": HOST, "X-Forwarded-Proto": "https"} | headers)
        response = connection.getresponse()
        response.read()
        asked.errors += response.status != expected
    except (OSError, http.client.HTTPException):
        asked.errors += 1
        connection.close()
    asked.took.append((time.monotonic() - began) * 1000)
