"""Web server and worker live and end as one, whatever is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allyhub import supervisor
from allyhub.supervisor import Child
from kit import environment

PATIENCE_SECONDS = 120  # a hub is made from nothing here, on a machine that may have other things to do

# A parent with two children; each writes down who it is and then waits.
FAMILY = """
import os, sys, time
from pathlib import Path
from django.conf import settings
settings.configure(DATABASES={})
from allyhub.supervisor import Child, Supervisor

def live(name):
    Path(sys.argv[1], f"{name}-{os.getpid()}").touch()
    time.sleep(600)

Supervisor([Child(name, lambda name=name: live(name)) for name in ("web", "worker")]).run()
"""


def eventually(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.02)
    return happens()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    return state != "Z"  # ended, but in this container nobody has asked how


class Family:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parent = subprocess.Popen([sys.executable, "-c", FAMILY, str(folder)], cwd=environment.BASE_DIR)
        assert eventually(lambda: len(self.all("web")) == len(self.all("worker")) == 1)

    def all(self, name: str) -> list[int]:
        """The process numbers that ever had this name."""
        return [int(file.name.split("-")[1]) for file in self.folder.glob(f"{name}-*")]

    def child(self, name: str) -> int:
        return self.all(name)[0]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    family = Family(tmp_path)
    yield family
    family.parent.kill()
    family.parent.wait()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_child_that_is_killed_is_started_again(family, name):
    os.kill(family.child(name), signal.SIGKILL)

    assert eventually(lambda: len(family.all(name)) == 2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_parent_that_is_asked_to_end_ends_its_children_first(family, number):
    family.parent.send_signal(number)

    assert family.parent.wait(PATIENCE_SECONDS) == 0
    assert not is_alive(family.child("web"))
    assert not is_alive(family.child("worker"))


def test_children_do_not_outlive_a_parent_that_is_killed(family):
    family.parent.kill()
    family.parent.wait()

    assert eventually(lambda: not is_alive(family.child("web")) and not is_alive(family.child("worker")))


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses():
    child = Child("web", lambda: None, started_at=time.monotonic())

    pauses = [child.note_death() for _ in range(9)]

    assert pauses == [0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_child_that_dies_after_a_long_life_is_started_at_once():
    child = Child("web", lambda: None, early_deaths=5)
    child.started_at = time.monotonic() - supervisor.LONG_LIFE_SECONDS - 1

    assert child.note_death() == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::"])  # noqa: S104 (that is what is refused)
def test_a_trial_is_not_served_to_others(host):
    with pytest.raises(CommandError, match="this machine alone"):
        call_command("serve", host=host)


def test_a_port_that_is_taken_is_said_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1:{port}"):
            call_command("serve", port=port)


def test_the_hub_is_served(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/robots.txt"
    surroundings = os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": "", "SITE_URL": address[:-11]}
    command = [sys.executable, "manage.py", "serve", "--prepare", "--without-worker", "--port", str(port)]
    server = subprocess.Popen(command, cwd=environment.BASE_DIR, env=surroundings)

    try:
        assert eventually(lambda: status_of(address) == 200)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_SECONDS) == 0


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
