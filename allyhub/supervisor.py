"""One parent that keeps its children at work: starts them, starts them again when they die, ends them with itself.

Children are forks, so they share the memory of the code the parent has loaded. Each holds the reading end of a
pipe whose other end only the parent has: when the parent is gone, even by `kill -9`, they read the end and stop.
"""

import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connections

logger = logging.getLogger(__name__)

Work = Callable[[], object]

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Whoever lived shorter has probably died of what it will die of again.
LONG_LIFE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 30.0
# Below the 30 seconds after which systemd kills (docs/hosting.md).
GRACE_SECONDS = 20.0


@dataclass
class Child:
    name: str
    work: Work
    pid: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    early_deaths: int = 0

    def note_death(self) -> float:
        """Note that a child has ended. Returns the pause in seconds until the next start: none after a long life,
        doubling after short ones."""
        lived = time.monotonic() - self.started_at
        self.early_deaths = 0 if lived > LONG_LIFE_SECONDS else self.early_deaths + 1
        pause = min(LONGEST_PAUSE_SECONDS, 0.25 * 2**self.early_deaths) if self.early_deaths > 1 else 0.0
        self.pid = 0
        self.start_at = time.monotonic() + pause
        return pause


@dataclass
class Supervisor:
    children: list[Child]
    stopping: bool = False
    _lifeline: tuple[int, int] = field(default_factory=os.pipe)
    _wakeup: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> None:
        """Keep the children at work. Returns when a stop signal came and every child has ended."""
        self._listen_to_signals()
        while not self.stopping:
            self._start_due()
            self._sleep()
            self._notice_deaths()
        self._stop_all()

    def _listen_to_signals(self) -> None:
        for end in self._wakeup:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wakeup[1], warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in STOP_SIGNALS:
            signal.signal(number, self._on_stop)

    def _on_stop(self, *_: object) -> None:
        self.stopping = True

    def _start_due(self) -> None:
        for child in self.children:
            if not child.pid and child.start_at <= time.monotonic():
                self._start(child)

    def _start(self, child: Child) -> None:
        connections.close_all()
        child.started_at = time.monotonic()
        child.pid = os.fork()
        if not child.pid:
            self._be(child)

    def _be(self, child: Child) -> None:
        """Be a child: work, and leave without running the parent's code."""
        status = 1
        try:
            self._cut_loose()
            child.work()
            status = 0
        except (SystemExit, KeyboardInterrupt):
            status = 0
        except BaseException:
            logger.exception("%s fell over", child.name)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _cut_loose(self) -> None:
        signal.set_wakeup_fd(-1)
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for end in (*self._wakeup, self._lifeline[1]):
            os.close(end)
        threading.Thread(target=_end_with_parent, args=[self._lifeline[0]], daemon=True).start()

    def _sleep(self) -> None:
        """Wait until a signal comes or a child is due."""
        due = [child.start_at for child in self.children if not child.pid]
        timeout = max(0.0, min(due) - time.monotonic()) if due else None
        if select.select([self._wakeup[0]], [], [], timeout)[0]:
            os.read(self._wakeup[0], 1024)

    def _notice_deaths(self) -> None:
        for child in self.children:
            status = _ended(child)
            if status is None:
                continue
            pause = child.note_death()
            if not self.stopping:
                logger.error("%s ended with %s; starting again in %.1f s", child.name, status, pause)

    def _stop_all(self) -> None:
        alive = [child for child in self.children if child.pid]
        self._tell(alive, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while alive and time.monotonic() < deadline:
            time.sleep(0.05)
            alive = [child for child in alive if _ended(child) is None]
        self._tell(alive, signal.SIGKILL)

    def _tell(self, children: list[Child], number: signal.Signals) -> None:
        for child in children:
            os.kill(child.pid, number)


def _ended(child: Child) -> int | None:
    """How a child ended: the exit code (a signal's number below zero), or None while it runs."""
    if not child.pid:
        return None
    pid, status = os.waitpid(child.pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
