"""A calendar file that somebody gives, read in a process of its own (events.ics): only bytes go in, never an address or
a path."""

import json
import subprocess
import sys
from typing import Any

from kit.environment import BASE_DIR

# Asked by name, never imported: what it needs is of use to nobody else, and its bounds are those of a process.
READER = "events.ics"
# Seconds. Its own bound is of the processor; a machine that is busy with something else may need longer.
LONGEST_WAIT = 5


class CannotRead(ValueError):
    """The file as a whole is not read. `reason`: as `Refused` of events.ics.lines, or "time"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(content: bytes) -> dict[str, Any]:
    """What events.ics.found finds. Raises CannotRead."""
    try:
        reader = subprocess.run(  # noqa: S603 (this very Python)
            [sys.executable, "-m", READER],
            input=content,
            capture_output=True,
            cwd=BASE_DIR,
            timeout=LONGEST_WAIT,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotRead("time") from error
    if reader.returncode:  # ended by its limits, mostly
        raise CannotRead("time")
    found: dict[str, Any] = json.loads(reader.stdout)
    if "refused" in found:
        raise CannotRead(found["refused"])
    return found
