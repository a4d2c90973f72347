"""Many who send a byte now and then, or nothing, fill the server; whoever asks properly is answered all the same."""

import contextlib
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator

import pytest

from allyhub import web_server
from kit.call_stack import in_one_piece

# As the real ones to each other: each needs a file at both ends.
ENOUGH, SLOW = 40, 60
PATIENCE_SECONDS = 10
HEADERS = b"GET / HTTP/1.1\r\nHost: hub.example.org\r\n"
FORM = b"POST / HTTP/1.1\r\nHost: hub.example.org\r\nContent-Length: 5000\r\n\r\nx"
WHOLE = HEADERS + b"\r\n"
LARGE = 8_000_000


def application(environ: dict, start_response: Callable) -> list[bytes]:
    if environ["PATH_INFO"] == "/slow/":
        environ["hub.test"].wait(PATIENCE_SECONDS)
    body = b"x" * LARGE if environ["PATH_INFO"] == "/large/" else b"answered"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def read(connection: socket.socket) -> bytes:
    """The body of an answer that says "answered"; what there was of it when the connection ended."""
    said = b""
    while not said.endswith(b"answered") and (part := connection.recv(1000)):
        said += part
    return said[-8:]


class Hub:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(web_server.Channel, "enough", ENOUGH)
        monkeypatch.setattr(web_server, "MOST_CONNECTIONS", ENOUGH + 20)
        self.answer_the_slow_one = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.address = self.listener.getsockname()
        self.server = web_server.create(self.application, self.listener, threads=2)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        self.opened = contextlib.ExitStack()

    def application(self, environ: dict, start_response: Callable) -> list[bytes]:
        return application(environ | {"hub.test": self.answer_the_slow_one}, start_response)

    def connect(self, sending: bytes = b"") -> socket.socket:
        connection = self.opened.enter_context(
            socket.create_connection(self.address, timeout=PATIENCE_SECONDS)
        )
        connection.sendall(sending)
        return connection

    def ask(self) -> bytes:
        return read(self.connect(WHOLE))

    def close(self) -> None:
        self.opened.close()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.server.active_channels and time.monotonic() < deadline:
            time.sleep(0.01)  # until it has noticed that all are gone
        self.server.task_dispatcher.shutdown()
        self.server.close()
        self.thread.join(timeout=5)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub(monkeypatch)
    yield hub
    hub.close()


SLOWLY = {
    "nothing": b"",
    "a byte": b"G",
    "half of the headers": HEADERS,
    "a form": FORM,
    "all, and stays": WHOLE,
}


@pytest.mark.parametrize("sent", SLOWLY.values(), ids=SLOWLY)
def test_whoever_asks_properly_is_answered_while_many_send_slowly(sent, hub):
    for _ in range(SLOW):
        hub.connect(sent)

    began = time.monotonic()
    answers = [hub.ask() for _ in range(5)]

    assert answers == [b"answered"] * 5
    assert time.monotonic() - began < 5
    assert len(hub.server.active_channels) <= ENOUGH + 20


def test_the_one_who_kept_us_waiting_longest_gives_way(hub):
    first = hub.connect(HEADERS)
    rest = [hub.connect(HEADERS) for _ in range(ENOUGH)]
    hub.ask()

    assert first.recv(1) == b""
    rest[-1].sendall(b"\r\n")
    assert read(rest[-1]) == b"answered"


def test_what_is_being_answered_is_not_cut_off(hub):
    served = hub.connect(WHOLE.replace(b"GET / ", b"GET /slow/ "))
    for _ in range(SLOW):
        hub.connect(HEADERS)
    hub.ask()

    hub.answer_the_slow_one.set()

    assert read(served) == b"answered"


def test_whoever_still_reads_an_answer_gives_way_last(hub):
    reading = hub.connect(WHOLE.replace(b"GET / ", b"GET /large/ "))
    for _ in range(SLOW):
        hub.connect(HEADERS)
    hub.ask()

    came = 0
    while came < LARGE and (part := reading.recv(1_000_000)):
        came += len(part)
    assert came >= LARGE


def test_a_request_has_room_for_its_calls(hub, monkeypatch):
    calls: list[str] = []

    def look(environ: dict, start_response: Callable) -> list[bytes]:
        calls.extend(frame.name for frame in traceback.extract_stack())
        return application(environ, start_response)

    monkeypatch.setattr(hub.server, "application", look)

    assert hub.ask() == b"answered"
    assert in_one_piece.__name__ in calls
