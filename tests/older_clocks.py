"""Clocks as an older version of tzdata knew them, for a while.

Morocco was an hour ahead of UTC all year but for Ramadan; since tzdata 2026f it is not, from 20 September 2026 on.
"""

import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from events.actions import zone_rules
from events.calendars import zones
from kit import times

MOROCCO, OLDER = "Africa/Casablanca", "2025.2"
# As tzdata 2025b has it: since when, and how many hours ahead of UTC.
OF_MOROCCO = [
    (datetime(2025, 4, 6, 2, tzinfo=UTC), 1),
    (datetime(2026, 2, 15, 2, tzinfo=UTC), 0),
    (datetime(2026, 3, 22, 2, tzinfo=UTC), 1),
    (datetime(2027, 2, 7, 2, tzinfo=UTC), 0),
    (datetime(2027, 3, 14, 2, tzinfo=UTC), 1),
]


@contextmanager
def older_clocks(folder: Path) -> Iterator[None]:
    """What is done within is done by a process with the older version."""
    path = folder / MOROCCO
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zone_file(OF_MOROCCO))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(zone_rules, "version", lambda _package: OLDER)
        zoneinfo.reset_tzpath(to=[folder.resolve()])
        _forget()
        try:
            yield
        finally:
            zoneinfo.reset_tzpath(to=())
            _forget()


def _forget() -> None:
    zoneinfo.ZoneInfo.clear_cache()
    times._zone_named.cache_clear()
    zones.vtimezone.cache_clear()


def zone_file(changes: Sequence[tuple[datetime, int]]) -> bytes:
    """A TZif file (RFC 9636, version 1) of a zone that was on UTC before."""
    offsets = [0, *(hours for _since, hours in changes)]
    head = struct.pack(">4sc15x6l", b"TZif", b"\0", 0, 0, 0, len(changes), len(offsets), 4)
    moments = struct.pack(f">{len(changes)}l", *(int(since.timestamp()) for since, _hours in changes))
    kinds = bytes(range(1, len(offsets)))
    infos = b"".join(struct.pack(">lBB", hours * 3600, 0, 0) for hours in offsets)
    return head + moments + kinds + infos + b"LMT\0"
