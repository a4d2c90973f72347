"""The clock and the postman: `manage.py worker`. Any number of them may run, on one machine or many."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.db.utils import DatabaseError, InterfaceError

from allyhub import clock, readiness

log = logging.getLogger(__name__)

WHOLE_ROUND_SECONDS = 60.0
# Somebody sits before "check your inbox" and waits for a code.
MAIL_SECONDS = 2.0


class Command(BaseCommand):
    help = "Send mail, expire and offer places, remind, forget what is over. Runs until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one whole round, then stop")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        readiness.require(web=False)
        if once:
            clock.run_all()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("The clock is running.")
        _run_until(stop)


def _run_until(stop: threading.Event) -> None:
    whole_round_at = 0.0
    while not stop.is_set():
        whole = time.monotonic() >= whole_round_at
        if whole:
            whole_round_at = time.monotonic() + WHOLE_ROUND_SECONDS
        _round(whole)
        stop.wait(MAIL_SECONDS)


def _round(whole: bool) -> None:
    """Go one round. A database that is away is waited for: the next one tries again."""
    try:
        close_old_connections()
        clock.run_all() if whole else clock.run_frequent()
    except (DatabaseError, InterfaceError) as error:
        log.warning("The database does not answer (%s); trying again", type(error).__name__)
