"""A Postgres of our own for one test run, in a temporary folder, forgotten afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

USUAL_PLACES = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"]
START_WITHIN_SECONDS = 30
# Safe for a cluster nobody keeps: it may lose everything when the power fails, and is several times as fast.
IN_A_HURRY = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "jit=off",
    "autovacuum=off",
]


class DidNotStart(Exception):
    """Postgres is installed but did not start; the text is what it said."""


def find_programs() -> Path | None:
    """The folder with initdb and postgres: on the PATH, else the newest version in a usual place."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    for pattern in USUAL_PLACES:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


@contextmanager
def throwaway_cluster(programs: Path) -> Iterator[str]:
    """The address of a fresh server, for DATABASE_URL_TEST."""
    folder = Path(tempfile.mkdtemp(prefix="allyhub-postgres-"))
    try:
        server = _start(programs, folder)
        try:
            address = f"postgres://allyhub@{quote(str(folder), safe='')}/allyhub"
            _wait_for(server, folder)
            yield address
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    data, who = folder / "data", _as_an_ordinary_user()
    if who:
        shutil.chown(folder, **who)
    make = ["-D", str(data), "-U", "allyhub", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run([programs / "initdb", *make], capture_output=True, text=True, cwd=folder, **who)
    if done.returncode:
        raise DidNotStart(done.stderr)
    # It listens on a socket in its folder only: no port to collide with anybody's.
    options = [f"unix_socket_directories={folder}", "listen_addresses=", *IN_A_HURRY]
    settings = [word for option in options for word in ("-c", option)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([programs / "postgres", "-D", data, *settings], stderr=log, cwd=folder, **who)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _as_an_ordinary_user() -> dict[str, Any]:
    """Postgres refuses to run as root, so root lends it another name."""
    if os.geteuid():
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid}


def _wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user="allyhub", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise DidNotStart((folder / "log").read_text())
