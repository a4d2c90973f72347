"""Reads a calendar file from standard input and writes what it found as JSON (events.ics.found)."""

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime

try:
    import resource
except ImportError:  # Windows has no such limits; there only the patience of whoever started it ends it.
    resource = None  # type: ignore[assignment]  # elsewhere it is a module

# Of the processor. Five hundred events take one to two.
SECONDS = 4
MEMORY = 384 * 1024 * 1024


def main() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        with suppress(ValueError, OSError):  # macOS has this limit by name only
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    content = sys.stdin.buffer.read()
    # Only now: what is too large is refused before any library is loaded.
    from events.ics.lines import Refused, cut

    try:
        parts = cut(content)
    except Refused as refusal:
        print(json.dumps({"refused": refusal.reason}))
        return
    from events.ics.found import found_in

    print(json.dumps(found_in(parts, datetime.now(UTC))))


if __name__ == "__main__":
    main()
