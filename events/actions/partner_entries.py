"""What an event of a partner's calendar says, made ready for ours: clean texts, the ways into its meeting taken out of
them, its dates as instants."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Self

from events.models import Event
from events.models.session import LONGEST
from kit.foreign_html import as_markdown
from kit.markdown import plain
from kit.text import clean_text, first_sentences
from kit.times import UTC, YEARS, zone_of
from kit.ways_in import meeting_addresses
from kit.zones import offered_zone

TITLE, SUMMARY, DESCRIPTION, WHERE = 140, 300, 10_000, 200
WORDS_OF_SUMMARY = 30
# What people write where a place would stand.
ONLINE = re.compile(
    r"\b(?:online|virtual|remote|webinar|zoom|google meet|(?:microsoft )?teams(?: meeting)?|jitsi|livestream)\b",
    re.I,
)
ADDRESS = re.compile(r"https?://\S+")
# What is left of a link, or of brackets, when the address in it was taken out.
EMPTY_LINK = re.compile(r"\[([^\]\n]*)\]\(\s*\)|\(\s*\)|<\s*>")

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Entry:
    """`raw` dates are as events.ics.found wrote them. `zone` is one that is offered, or ""; `unknown` the calendar's own
    name of a zone that nobody knows; `wrong` why it cannot be taken, or ""."""

    line: int
    uid: str
    sequence: int
    stamp: str
    title: str
    summary: str
    description: str
    where: str
    ways: list[str]
    is_online: bool
    is_private: bool
    is_cancelled: bool
    repeats: bool
    assumed: str
    more: int
    twice: int
    zone: str
    unknown: str
    wrong: str
    left_out: list[str]
    raw: list[list[str]] = field(default_factory=list)

    @classmethod
    def cleaned(cls, found: Mapping[str, Any]) -> Self:
        """Of what events.ics found."""
        texts, ways = without_ways(
            title=clean_text(found["title"]),
            description=clean_text(as_markdown(found["description"]), multiline=True),
            where=clean_text(as_markdown(found["where"])),
            url=clean_text(found["url"]),
        )
        ways = list(dict.fromkeys([*map(clean_text, found["ways"]), *ways]))
        where = ADDRESS.sub("", texts["where"]).strip(" ,;-")
        links = [*ADDRESS.findall(texts["where"]), *([texts["url"]] if ADDRESS.match(texts["url"]) else [])]
        description = "\n\n".join(
            [texts["description"], *(a for a in links if a not in texts["description"])]
        )
        zone = offered_zone(found["zone"])
        return cls(
            title=texts["title"][:TITLE],
            summary=first_sentences(plain(texts["description"]), WORDS_OF_SUMMARY)[:SUMMARY],
            description=description.strip()[:DESCRIPTION],
            where="" if ONLINE.fullmatch(where) else where[:WHERE],
            ways=ways,
            is_online=bool(ways or links and not where or ONLINE.search(where)),
            zone=zone,
            unknown=found["unknown"] or ("" if zone else found["zone"]),
            wrong=found["wrong"] or ("" if texts["title"] else "no_title"),
            raw=found["dates"],
            **{name: found[name] for name in AS_FOUND},
        )

    @property
    def as_values(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_floating(self) -> bool:
        """Whether its times say nothing of a zone, not even one that nobody knows."""
        return not self.zone and not self.unknown and any(_is_local(start) for _key, start, _end in self.raw)

    def zone_asked(self) -> str | None:
        """Which of `zones` it takes to know its times: the name, "" for times without a zone; None where it is known."""
        if self.unknown:
            return self.unknown
        return "" if self.is_floating else None

    def zone_in(self, zones: Mapping[str, str], home: str) -> str:
        """The zone it is told in. `home` is that of the calendar, where the event has none of its own."""
        asked = self.zone_asked()
        return zones.get(asked, "") if asked is not None else self.zone or home

    def spans(self, zones: Mapping[str, str], home: str) -> dict[str, Span]:
        """From when to when each date is, by its key. Raises ValueError for what is no time of any calendar."""
        zone = zone_of(self.zone_in(zones, home) or home)
        spans = {key: (_instant(start, zone), _instant(end, zone)) for key, start, end in self.raw}
        if any(ends_at - starts_at > LONGEST for starts_at, ends_at in spans.values()):
            raise ValueError("too long")
        return spans

    @property
    def format(self) -> str:
        formats = Event.Format
        if not self.where:
            return formats.ONLINE
        return formats.BOTH if self.is_online else formats.IN_PERSON

    @property
    def is_whole_day(self) -> bool:
        return any("T" not in start for _key, start, _end in self.raw)


AS_FOUND = (
    *("line", "uid", "sequence", "stamp", "is_private", "is_cancelled", "repeats", "assumed", "more"),
    *("twice", "left_out"),
)


def without_ways(**texts: str) -> tuple[dict[str, str], list[str]]:
    """The texts without what leads into a meeting, and that."""
    ways: list[str] = []
    for name, text in texts.items():
        for way in meeting_addresses(text):
            ways.append(way)
            text = EMPTY_LINK.sub(r"\1", text.replace(way, ""))
        texts[name] = text.strip()
    return texts, ways


def _is_local(written: str) -> bool:
    return "T" in written and not written.endswith("Z")


def _instant(written: str, zone: Any) -> datetime:
    """Of two readings of a local time the first, and beside a jump the one that is as far after it: RFC 5545 §3.3.5."""
    if "T" not in written:
        at = datetime.combine(date.fromisoformat(written), datetime.min.time(), zone)
    else:
        at = datetime.fromisoformat(written)
        at = at if at.tzinfo else at.replace(tzinfo=zone)
    if at.year not in YEARS:
        raise ValueError("no year of ours")
    return at.astimezone(UTC)
