"""Somebody who registers whenever they are told to, in a process of their own: what that costs is not counted."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.servers import ROOT, Place


@dataclass
class Registrar:
    process: "subprocess.Popen[str]"

    def registers(self, slug: str) -> None:
        """Register one more person for this event, and wait until it is done."""
        assert self.process.stdin
        assert self.process.stdout
        print(slug, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "done\n"


@contextmanager
def registrar(place: Place) -> Iterator[Registrar]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.registrar"],
        cwd=ROOT,
        env=place.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Registrar(process)
    finally:
        process.terminate()
        process.wait(20)


def register_on_demand() -> None:
    """Each one who comes leaves before the next: a full event would have no places left to change."""
    from events.actions import leaving
    from events.models import Event, Registration
    from tests.factories import register

    here: dict[str, Registration] = {}
    for slug in map(str.strip, sys.stdin):
        if slug in here:
            leaving.leave(here.pop(slug))
        else:
            here[slug] = register(Event.objects.get(slug=slug))
        print("done", flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    register_on_demand()
