"""A feed in other forms than iCalendar: RSS for readers of news, JSON for programs and web sites.

Both say what the kept texts say, and so hold the same dates with the same words. The JSON is a JSON Feed (version 1.1)
with the times in `_event`; docs/openapi.json describes it.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from threading import Lock
from xml.sax.saxutils import escape

from django.utils.translation import get_language

from events.calendars.choosing import Entry
from kit.times import span_words, zone_of

JSON_FEED = "https://jsonfeed.org/version/1.1"
MINUTES = 240  # as calendars are told: see ASK_AGAIN
# What was made of a kept text is kept as well: a date is written once, as in a calendar, not with each feed. The largest
# feed holds fewer.
DATES_KEPT = 2000
ESCAPED = re.compile(r"\\(.)")
QUOTED = {'"': "&quot;"}
COMMA = re.compile(r"(?<!\\),")


@dataclass(frozen=True)
class About:
    """What a feed says of itself. `page` is where people read it, `address` where programs find this form of it."""

    name: str
    description: str
    page: str
    address: str
    calendar: str


@dataclass(frozen=True)
class Told:
    """One date, as its kept text tells it."""

    uid: str
    sequence: int
    is_off: bool
    title: str
    words: str
    url: str
    place: str
    tags: list[str]
    zone: str
    is_all_day: bool
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime


def _kept(write: Callable[..., str]) -> Callable[..., str]:
    """Keep what was written of each text and whatever else is given with it, by a number that stands for them: the texts,
    which are longer than what is written of them, would stay in memory as well. To make a digest of each takes longer
    than to read it; that two of these have one number of 64 bits, drawn by lot for each process, does not happen."""
    kept: dict[int, str] = {}
    lock = Lock()

    def written(*texts: str | None) -> str:
        key = hash(texts)
        item = kept.get(key)
        if item is None:
            item = write(*texts)
            with lock:
                while len(kept) >= DATES_KEPT:
                    del kept[next(iter(kept))]
                kept[key] = item
        return item

    return written


def json_of(about: About, entries: Iterable[Entry]) -> bytes:
    feed: dict[str, object] = {
        "version": JSON_FEED,
        "title": about.name,
        "description": about.description,
        "home_page_url": about.page,
        "feed_url": about.address,
        "language": get_language(),
        "_calendar_url": about.calendar,
    }
    items = ",".join(_json_item(vevent, zone) for vevent, zone in entries)
    return f'{_json(feed)[:-1]},"items":[{items}]}}'.encode()


@_kept
def _json_item(vevent: str, zone: str) -> str:
    told = told_of(vevent, zone)
    event = {
        "sequence": told.sequence,
        "status": "cancelled" if told.is_off else "confirmed",
        "starts_at": _utc(told.starts_at),
        "ends_at": _utc(told.ends_at),
        "all_day": told.is_all_day,
        "time_zone": told.zone,
        "location": told.place,
    }
    item: dict[str, object] = {
        "id": told.uid,
        "title": told.title,
        "content_text": told.words or told.title,
        "date_published": _utc(told.created_at),
        "date_modified": _utc(told.changed_at),
        "tags": told.tags,
        "_event": event,
    }
    return _json(item | {"url": told.url} if told.url else item)


def _json(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def rss_of(about: About, entries: Iterable[Entry]) -> bytes:
    language = get_language()
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{escape(about.name)}</title>\n<link>{escape(about.page)}</link>\n"
        f"<description>{escape(about.description or about.name)}</description>\n"
        f'<atom:link rel="self" type="application/rss+xml" href="{escape(about.address, QUOTED)}"/>\n'
        f"<language>{language}</language>\n<ttl>{MINUTES}</ttl>\n"
    )
    items = "".join(_rss_item(*entry, language) for entry in entries)
    return f"{head}{items}</channel></rss>\n".encode()


@_kept
def _rss_item(vevent: str, zone: str, _language: str | None) -> str:
    told = told_of(vevent, zone)
    when = span_words(told.starts_at, told.ends_at, told.zone)
    words = "\n\n".join(filter(None, [when, told.place, told.words]))
    link = f"<link>{escape(told.url)}</link>" if told.url else ""
    tags = "".join(f"<category>{escape(tag)}</category>" for tag in told.tags)
    return (
        f'<item><title>{escape(told.title)}</title>{link}<guid isPermaLink="false">{told.uid}</guid>'
        f"<pubDate>{format_datetime(told.changed_at)}</pubDate>{tags}"
        f"<description>{escape(words)}</description></item>\n"
    )


def told_of(vevent: str, zone: str) -> Told:
    """Read one of our own kept texts; not a reader of iCalendar."""
    lines = (line.partition(":") for line in vevent.replace("\r\n ", "").split("\r\n"))
    text = {head.partition(";")[0]: (head, value) for head, _colon, value in lines}
    said = {name: value for name, (_head, value) in text.items()}
    return Told(
        uid=said["UID"],
        sequence=int(said["SEQUENCE"]),
        is_off=said["STATUS"] == "CANCELLED",
        title=_plain(said["SUMMARY"]),
        words=_plain(said.get("DESCRIPTION", "")),
        url=said.get("URL", ""),
        place=_plain(said.get("LOCATION", "")),
        tags=[_plain(tag) for tag in COMMA.split(said["CATEGORIES"])] if "CATEGORIES" in said else [],
        zone=zone,
        is_all_day="VALUE=DATE" in text["DTSTART"][0],
        starts_at=_instant(said["DTSTART"], zone),
        ends_at=_instant(said["DTEND"], zone),
        created_at=_instant(said["CREATED"], "UTC"),
        changed_at=_instant(said["LAST-MODIFIED"], "UTC"),
    )


def _instant(value: str, zone: str) -> datetime:
    if value.endswith("Z"):
        return datetime.fromisoformat(value)
    return datetime.fromisoformat(value).replace(tzinfo=zone_of(zone))


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
