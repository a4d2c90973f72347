"""What stands in the events of a calendar file, one entry a UID, as plain values that JSON can hold.

An entry: `line`, `uid`, `sequence`, `stamp`, `title`, `description`, `where`, `url`, `ways` (addresses of meetings that
have a property of their own), `is_cancelled`, `is_private`, `repeats`, `left_out`, `zone`, `unknown` (a zone that nobody
knows), `dates` (key, start, end; an instant ends with Z, what has no known zone does not, a whole day has no time),
`assumed` ("hour": it has no end), `more` (dates beyond the bounds), `wrong` (why it cannot be taken, or "").
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event

from events.ics.lines import Part, Parts
from events.ics.repeats import NotWithinBounds, Other, Span, expanded, listed
from events.ics.zones import with_known_zone, zone_named

LONGEST_TEXT = 20_000
DATES = ("DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID")
WAYS = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
AN_HOUR = timedelta(hours=1)


class Wrong(Exception):
    """An event that cannot be taken. `reason` is its `wrong`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class One:
    """One VEVENT. Reading it never fails: `wrong` says what is wrong with it."""

    def __init__(self, part: Part, zones: dict[str, str]) -> None:
        self.part, self.wrong, self.zone, self.unknown = part, "", "", ""
        self.repeats = False
        self.row: Any = Event()
        try:
            self.row = Event.from_ical(self._text(zones).encode())
            self.repeats = any(rule for name in ("RRULE", "RDATE") for rule in listed(self.row, name))
        except Exception:  # events break in many ways, all of which mean the same
            self.wrong = "unreadable"
        self.starts, self.ends, self.assumed = self._span()

    def _text(self, zones: dict[str, str]) -> str:
        lines = []
        for line in self.part.lines:
            if line.upper().startswith(DATES):
                line, zone, unknown = with_known_zone(line, zones)
                if line.upper().startswith("DTSTART"):
                    self.zone, self.unknown = zone, unknown
            lines.append(line)
        return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])

    def _span(self) -> tuple[Any, Any, str]:
        """From when to when, with what was assumed. Without an end a day is a whole one, and a time an hour."""
        starts = self._time("DTSTART")
        if starts is None:
            self.wrong = self.wrong or "no_start"
            return None, None, ""
        usual = AN_HOUR if isinstance(starts, datetime) else timedelta(days=1)
        ends, assumed = self._time("DTEND"), ""
        try:
            length = self.row.get("DURATION")
            if ends is None and length is not None:
                ends = starts + length.dt
            if ends is None or ends == starts:
                ends, assumed = starts + usual, "hour" if isinstance(starts, datetime) else ""
            if ends < starts:
                self.wrong = self.wrong or "ends_before"
        except Exception:  # a day and a time; a length that is none
            self.wrong = self.wrong or "unreadable"
        return starts, ends, assumed

    def _time(self, name: str) -> Any:
        """A day, or a time with or without a zone; None without one."""
        try:
            found = getattr(self.row.get(name), "dt", None)
        except Exception:  # a property that could not be read says so when it is asked
            return None
        return found if isinstance(found, date) else None

    @property
    def key(self) -> str:
        """Which date of a series it is; "" when it is the series, or the only one."""
        found = self._time("RECURRENCE-ID")
        return written(found) if found is not None else ""

    @property
    def as_other(self) -> Other:
        """As a date of a series that is otherwise."""
        span = Span(self._time("RECURRENCE-ID"), self.starts, self.ends)
        is_off = self.text("STATUS").upper() == "CANCELLED"
        reaches = str(self.row["RECURRENCE-ID"].params.get("RANGE", "")).upper()
        if reaches not in ("", "THISANDFUTURE"):
            raise ValueError(reaches)  # what was before it: nobody writes that any more (RFC 5545 §3.2.13)
        return Other(span, is_off, and_future=bool(reaches))

    @property
    def sequence(self) -> int:
        try:
            return max(0, min(int(self.row.get("SEQUENCE", 0)), 2_000_000_000))
        except (TypeError, ValueError):
            return 0

    @property
    def stamp(self) -> str:
        """When it was changed last, or else written."""
        times = [self._time(name) for name in ("LAST-MODIFIED", "DTSTAMP")]
        return next((written(time) for time in times if isinstance(time, datetime)), "")

    def text(self, name: str) -> str:
        value = self.row.get(name)
        first = value[0] if isinstance(value, list) and value else value
        return str(first if first is not None else "")[:LONGEST_TEXT]

    def ways(self) -> list[str]:
        return [text for name in WAYS if (text := self.text(name))]


def found_in(parts: Parts, now: datetime) -> dict[str, Any]:
    """Everything in the file: `events`, `vevents` (how many of them before the dates of a series are put together),
    `others` (how many that are no events), `zone` (of the calendar), `has_method`. Of what repeats, dates that are over
    are left out."""
    ones = [One(part, parts.zones) for part in parts.events]
    return {
        "events": [_entry(group, now) for group in _by_uid(ones)],
        "vevents": len(ones),
        "others": sum(parts.others.values()),
        "zone": zone_named(parts.zone, parts.zones),
        "has_method": parts.has_method,
    }


def written(at: date) -> str:
    """An instant ends with Z; a time without a zone, and a day, do not."""
    if isinstance(at, datetime) and at.tzinfo:
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return at.isoformat()


def _by_uid(ones: Iterable[One]) -> list[list[One]]:
    """What belongs together: a series, and those of its dates that are otherwise."""
    groups: dict[str, list[One]] = {}
    for one in ones:
        groups.setdefault(_uid(one), []).append(one)
    return list(groups.values())


def _uid(one: One) -> str:
    """Its own; else one made of its title and start, so that the same event is known again."""
    uid = one.text("UID").strip()
    if uid and len(uid) <= 250:
        return uid
    of = uid or f"{one.text('SUMMARY')}/{one.starts}"
    return f"made:{hashlib.sha256(of.encode(errors='replace')).hexdigest()}"


def _entry(ones: list[One], now: datetime) -> dict[str, Any]:
    """`ones` have one UID. Of several that are not dates of a series the newest counts."""
    main = max((one for one in ones if not one.key), key=lambda one: one.sequence, default=ones[0])
    others = [one for one in ones if one.key and one is not main]
    entry = {
        "line": main.part.line,
        "uid": _uid(main),
        "sequence": max(one.sequence for one in ones),
        "stamp": max(one.stamp for one in ones),
        "title": main.text("SUMMARY"),
        "description": main.text("DESCRIPTION"),
        "where": main.text("LOCATION"),
        "url": main.text("URL"),
        "ways": main.ways(),
        "is_cancelled": main.text("STATUS").upper() == "CANCELLED",
        "is_private": main.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"),
        "repeats": main.repeats,
        "left_out": sorted(set().union(*(one.part.left_out for one in ones))),
        "twice": len(ones) - len(others) - 1,
        "zone": main.zone,
        "unknown": main.unknown,
        "assumed": main.assumed,
        "wrong": main.wrong,
        "dates": [],
        "more": 0,
    }
    if not main.wrong:
        try:
            entry["dates"], entry["more"] = _dates(main, others, now)
        except NotWithinBounds as refusal:
            entry["wrong"] = refusal.reason
        except Exception:  # rules break in many ways, all of which mean the same
            entry["wrong"] = "repeats_unreadable"
    return entry


def _dates(main: One, others: list[One], now: datetime) -> tuple[list[list[str]], int]:
    first = Span(main.starts, main.starts, main.ends)
    if not main.repeats:
        return [[main.key, written(main.starts), written(main.ends)]], 0
    changed = [one.as_other for one in others if not one.wrong]
    spans, more = expanded(main.row, first, changed, now)
    return [[written(at) for at in span] for span in spans], more
