"""A calendar file: a head, the time zones, and the kept text of each session, joined. Nothing in it depends on the
moment of asking, so that the same sessions are the same bytes."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

import icalendar

from events.calendars.zones import vtimezone
from kit.text import clean_text

PRODID = "-//AllyHub//Community calendar//EN"
# How often programs should come back. A moved date is also told by mail, so hours will do.
ASK_AGAIN = timedelta(hours=4)
END = "END:VCALENDAR\r\n"
# Beyond it some services read nothing of the file at all.
MOST_BYTES = 1024 * 1024


def calendar_text(
    *,
    vevents: Iterable[str],
    zones: Iterable[str],
    zone: str = "",
    name: str = "",
    description: str = "",
    source_url: str = "",
    is_followed: bool = False,
    method: str = "",
) -> bytes:
    """A whole VCALENDAR. A feed has a name, a zone and the address it comes from, unless that is somebody's secret; and
    `is_followed`: it says when to ask again. A file to be imported has none of it, because some programs make a new
    calendar of one that has. It stops before 1 MB, the first events being kept."""
    vevents = list(vevents)
    told = {*zones, zone} - {"", "UTC"}
    if not told and not vevents:
        told = {"UTC"}  # a calendar needs one component (RFC 5545 §3.6)
    parts = [
        _head(name, description, source_url, zone, is_followed or bool(source_url)),
        f"METHOD:{method}\r\n" if method else "",
        *map(vtimezone, sorted(told)),
        *vevents,
    ]
    text = "".join([*parts, END]).encode()
    return text if len(text) <= MOST_BYTES else _shortened(parts)


def _shortened(parts: list[str]) -> bytes:
    kept, size = [], len(END)
    for part in (part.encode() for part in parts):
        size += len(part)
        if size > MOST_BYTES:
            break
        kept.append(part)
    return b"".join([*kept, END.encode()])


@lru_cache(maxsize=256)
def _head(name: str, description: str, source_url: str, zone: str, is_followed: bool) -> str:
    """The lines before the first event."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    _add_text(calendar, ("name", "x-wr-calname"), clean_text(name))
    _add_text(calendar, ("description", "x-wr-caldesc"), clean_text(description, multiline=True))
    if zone:
        calendar.add("x-wr-timezone", zone)
    if is_followed:
        calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    if source_url:
        calendar.add("source", source_url, parameters={"VALUE": "URI"})
    return calendar.to_ical().decode().removesuffix(END)


def _add_text(calendar: icalendar.Calendar, names: tuple[str, str], text: str) -> None:
    """Add a text under the name of the standard (RFC 7986) and under the older one that most programs read."""
    if text:
        for name in names:
            calendar.add(name, icalendar.vText(text))
