"""The names that calendar files have for time zones, as IANA names."""

import re
import zoneinfo
from collections.abc import Mapping

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

# The locked package, as kit.times has it: what is read here and what pages show cannot disagree.
zoneinfo.reset_tzpath(to=())
KNOWN = zoneinfo.available_timezones()
TZID = re.compile(r';TZID=("[^"]*"|[^:;]*)', re.IGNORECASE)


def zone_named(name: str, beside: Mapping[str, str]) -> str:
    """The IANA name; "" where nobody knows which zone is meant. `beside`: what the file itself says of its names."""
    for candidate in (name, beside.get(name, ""), WINDOWS_TO_OLSON.get(name, "")):
        if found := _known(candidate.strip()):
            return found
    return ""


def _known(name: str) -> str:
    """A name in KNOWN, or at the end of a path of names: "/freeassociation.sourceforge.net/Europe/London"."""
    parts = name.strip("/").split("/")
    ends = ("/".join(parts[-length:]) for length in (len(parts), 3, 2) if length <= len(parts))
    return next((end for end in ends if end in KNOWN), "")


def with_known_zone(line: str, beside: Mapping[str, str]) -> tuple[str, str, str]:
    """A line with the IANA name of its zone, or without zone where nobody knows it; the zone; the unknown name."""
    head = line.partition(":")[0]
    found = TZID.search(head)
    if not found:
        return line, "", ""
    name = found[1].strip('" ')
    zone = zone_named(name, beside)
    instead = f";TZID={zone}" if zone else ""
    return line.replace(found[0], instead, 1), zone, "" if zone else name
