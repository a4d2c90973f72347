"""The web server and the worker under one parent: `manage.py serve`. See docs/decisions/0002-web-server.md."""

import gc
import multiprocessing
import os
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import get_resolver

from allyhub import readiness, web_server
from allyhub.supervisor import Child, Supervisor
from kit import environment

# Those who come while a web process is started again; the system may allow fewer.
WAITING_CONNECTIONS = 1024


class Command(BaseCommand):
    help = "Serve the hub and run its clock. Ends with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", default=8000, type=int, help="port to listen on (8000)")
        parser.add_argument("--processes", default=1, type=int, help="web processes (1); more on Postgres")
        parser.add_argument("--threads", default=4, type=int, help="requests at once in each process (4)")
        parser.add_argument("--without-worker", action="store_true", help="`manage.py worker` runs elsewhere")

        parser.add_argument(
            "--prepare", action="store_true", help="first bring tables and static files up to date"
        )

    def handle(self, *args: Any, host: str, port: int, processes: int, threads: int, **options: Any) -> None:
        if not settings.PRODUCTION and not environment.is_loopback(host):
            raise CommandError(f"DEBUG and ALLYHUB_DEMO are for this machine alone: not on {host}.")
        web_server.give_memory_back()
        # From now on whoever comes waits a moment instead of being turned away.
        with _listen(host, port) as listener:
            if options["prepare"]:
                _prepare()
            readiness.require(web=True)
            _load_everything()
            children = [
                Child(f"web {number}", lambda: _serve(listener, threads))
                for number in range(1, processes + 1)
            ]
            if not options["without_worker"]:
                children.append(Child("worker", lambda: call_command("worker")))
            self.stdout.write(f"Serving {settings.SITE_URL} on {host}:{port}")
            Supervisor(children).run()


def _listen(host: str, port: int) -> socket.socket:
    """A socket for all web processes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # The parent holds it: while a web process is started again, connections wait instead of failing.
        return socket.create_server((host, port), family=family, backlog=WAITING_CONNECTIONS)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise CommandError(f"Cannot listen on {host}:{port}: {reason}. Try another port.") from error


def _prepare() -> None:
    """In a process of its own: what migrations load (28 MB) would stay with the web processes."""
    preparing = multiprocessing.get_context("fork").Process(target=readiness.prepare)
    preparing.start()
    preparing.join()
    if preparing.exitcode:
        raise CommandError("The hub could not be prepared: what went wrong stands above.")


def _load_everything() -> None:
    """Load the whole hub before the forks, so that they share its memory; and what does not even import fails at
    once."""
    from allyhub.wsgi import application  # noqa: F401 (importing loads the middleware)

    assert get_resolver().url_patterns  # noqa: S101 (asking loads every view)
    # It stays for as long as they do. Going through it again and again for what is left over takes an eighth of the time
    # of a page, and writes into memory that they share.
    gc.collect()
    gc.freeze()


def _serve(listener: socket.socket, threads: int) -> None:
    from allyhub.wsgi import application

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.setswitchinterval(web_server.TURN_SECONDS)
    web_server.create(application, listener, threads=threads).run()
