"""The two servers of a run, and what a request costs them: CPU time of the process, as the kernel counts it."""

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
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
HOST = "bench.example"

# Status, bytes of the body, headers.
Answer = tuple[int, int, dict[str, str]]


@dataclass
class Server:
    port: int
    pids: list[int]
    headers: dict[str, str] = field(default_factory=dict)

    def cpu_seconds(self) -> float:
        return sum(_cpu(pid) for pid in self.pids)

    def memory_mib(self) -> float:
        return max(_memory(pid) for pid in self.pids)


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds a request (the median of the rounds), the last answer's status, bytes and headers."""

    milliseconds: float
    status: int
    size: int
    headers: dict[str, str]


def environment(folder: Path) -> dict[str, str]:
    """As in production, with invented secrets."""
    return os.environ | {
        "SITE_URL": f"https://{HOST}",
        "SECRET_KEY": "bench-only-but-long-enough-to-be-accepted-0123456789abcdef",
        "ALLYHUB_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "EMAIL_HOST": "localhost",
        "DEFAULT_FROM_EMAIL": f"hello@{HOST}",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "allyhub.settings",
        "DEBUG": "",
        "ALLYHUB_DEMO": "",
    }


@contextmanager
def running(command: list[str], folder: Path, port: int, probe: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(port, [process.pid])
        _wait(server, probe)
        server.pids = [process.pid, *_children(process.pid)]
        yield server
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def cost(
    server: Server,
    path: str,
    *,
    requests: int,
    rounds: int = 5,
    headers: dict[str, str] | None = None,
    forms: Iterator[dict[str, str]] | None = None,
    between: Callable[[], object] = lambda: None,
) -> Cost:
    """Ask `requests` times in each of `rounds` rounds, after a warm-up, over one kept connection. `between` happens
    before each request, in a process that is not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    ask = _asker(connection, path, headers or {}, forms)
    for _ in range(max(3, requests // 10)):
        answer = ask()
    spent = []
    for _ in range(rounds):
        before = server.cpu_seconds()
        for _ in range(requests):
            between()
            answer = ask()
        spent.append((server.cpu_seconds() - before) / requests * 1000)
    connection.close()
    status, size, answer_headers = answer
    return Cost(median(spent), status, size, answer_headers)


def _asker(
    connection: http.client.HTTPConnection,
    path: str,
    headers: dict[str, str],
    forms: Iterator[dict[str, str]] | None,
) -> Callable[[], Answer]:
    common = {"Host": HOST, "X-Forwarded-Proto": "https"} | headers

    def ask() -> Answer:
        if forms is None:
            connection.request("GET", path, headers=common)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(next(forms)), common | form)
        response = connection.getresponse()
        size = len(response.read())
        return response.status, size, {name.title(): value for name, value in response.headers.items()}

    return ask


def _wait(server: Server, probe: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if cost(server, probe, requests=1, rounds=1).status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{probe} does not answer")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
