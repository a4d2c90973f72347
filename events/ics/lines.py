"""A calendar file cut into its events, before any library sees it: what is too large is refused, what is not read (other
people's addresses, alarms, attachments) is left out, and one broken event spoils no other."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

MOST_BYTES = 1024 * 1024
MOST_LINES = 20_000
LONGEST_LINE = 64 * 1024
MOST_EVENTS = 500
# VCALENDAR, VEVENT, VALARM, and one more.
DEEPEST = 4

# What is read of an event. All else is left out, and what people would miss is named.
READ = {
    *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"),
    *("RRULE", "RDATE", "EXDATE", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "CLASS"),
    *("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
}
LEFT_OUT = {
    "ATTENDEE": "people",
    "ORGANIZER": "people",
    "CONTACT": "people",
    "ATTACH": "attachments",
    "IMAGE": "attachments",
    "VALARM": "alarms",
}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BREAK = re.compile(rb"\r\n|\n|\r")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
NAME = re.compile(r"[A-Za-z0-9-]+")


class Refused(Exception):
    """The whole file is not read. `reason`: "size", "lines", "line", "events", "depth" or "no_calendar"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Part:
    """One VEVENT: the line of the file where it begins, what is read of it, and what is left out."""

    line: int
    lines: list[str] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)


@dataclass
class Parts:
    """`zones` are the file's own names of zones, with the IANA name that it gives beside it, if it does; `others` counts
    what is no event."""

    events: list[Part] = field(default_factory=list)
    zone: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    has_method: bool = False


def cut(content: bytes) -> Parts:
    """Raises Refused."""
    cutter = Cutter()
    for number, line in logical_lines(content):
        cutter.take(number, line)
    parts = cutter.parts
    if not cutter.has_begun:
        raise Refused("no_calendar")
    return parts


def logical_lines(content: bytes) -> list[tuple[int, str]]:
    """The lines with what was folded put together again (RFC 5545 §3.1), each with the number of the line of the file at
    which it begins. Put together as bytes: programs fold within a letter. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused("size")
    content, encoding = _encoding_of(content)
    joined: list[tuple[int, list[bytes]]] = []
    for number, line in enumerate(BREAK.split(content), start=1):
        if line[:1] in (b" ", b"\t") and joined:
            joined[-1][1].append(line[1:])
        elif line.strip():
            joined.append((number, [line]))
        if len(joined) > MOST_LINES:
            raise Refused("lines")
    whole = [(number, b"".join(pieces)) for number, pieces in joined]
    if any(len(line) > LONGEST_LINE for _number, line in whole):
        raise Refused("line")
    return [(number, UNSEEN.sub("", line.decode(encoding, "replace"))) for number, line in whole]


def _encoding_of(content: bytes) -> tuple[bytes, str]:
    """The file, and how its letters are written: as its mark says, as everything is today, or as Windows did once."""
    mark, encoding = next((pair for pair in MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    if encoding == "utf-16":  # which has a NUL beside each sign that lines are found by
        return content.decode("utf-16", "replace").encode(), "utf-8"
    content = content.removeprefix(mark)
    try:
        BREAK.sub(b"\n", content).replace(b"\n ", b"").replace(b"\n\t", b"").decode()
    except UnicodeDecodeError:
        return content, "cp1252"
    return content, "utf-8"


class Cutter:
    """Goes through the lines once. `within` are the names of what is open."""

    def __init__(self) -> None:
        self.parts = Parts()
        self.within: list[str] = []
        self.event: Part | None = None
        self.zone_name = ""
        self.has_begun = False

    def take(self, number: int, line: str) -> None:
        found = NAME.match(line)
        name = found[0].upper() if found else ""
        value = line.partition(":")[2].strip()
        if name == "BEGIN":
            self._begin(number, value.upper())
        elif name == "END":
            self._end(value.upper())
        elif self.event is not None:
            self._of_event(name, line)
        elif self.within[-1:] == ["VCALENDAR"]:
            self._of_calendar(name, value)
        elif self.within[-1:] == ["VTIMEZONE"]:
            self._of_zone(name, value)

    def _begin(self, number: int, what: str) -> None:
        self.has_begun = True
        if self.event is not None and what == "VEVENT":  # the one before was never ended
            self._end("VEVENT")
        self.within.append(what)
        if len(self.within) > DEEPEST:
            raise Refused("depth")
        if what == "VEVENT":
            self.event = Part(number)
            self.parts.events.append(self.event)
            if len(self.parts.events) > MOST_EVENTS:
                raise Refused("events")
        elif self.event is not None:
            self._leave_out(what)
        elif what not in ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"):
            self.parts.others[what] += 1

    def _end(self, what: str) -> None:
        """Closes what is open of this name, and whatever was left open within it. A misspelled end closes what is no
        event."""
        if what in self.within:
            while self.within.pop() != what:
                pass
        elif self.within[-1:] not in ([], ["VCALENDAR"], ["VEVENT"]):
            self.within.pop()
        if "VEVENT" not in self.within:
            self.event = None

    def _of_event(self, name: str, line: str) -> None:
        self._leave_out(name)
        if name in READ and self.event and self.within[-1] == "VEVENT":
            self.event.lines.append(line)

    def _leave_out(self, name: str) -> None:
        if name in LEFT_OUT and self.event:
            self.event.left_out.add(LEFT_OUT[name])

    def _of_calendar(self, name: str, value: str) -> None:
        if name == "METHOD":
            self.parts.has_method = True
        elif name == "X-WR-TIMEZONE":
            self.parts.zone = value

    def _of_zone(self, name: str, value: str) -> None:
        if name == "TZID":
            self.zone_name = value
            self.parts.zones.setdefault(value, "")
        elif name == "X-LIC-LOCATION":
            self.parts.zones[self.zone_name] = value
