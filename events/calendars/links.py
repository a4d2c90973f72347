"""Addresses that put an event, or a whole calendar, into someone's own calendar program.

They are long addresses that end up in histories and logs: public words only, never a way into a meeting. What they
add is a copy that does not change with us; the page says so, and offers the calendar to follow first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from events.calendars import words
from events.models import Session

# Room for each text when written as %20 and so on: with the rest it stays under 2,000 characters, which is where
# some programs and proxies stop reading.
TITLE, DETAILS, LOCATION = 500, 500, 350

GOOGLE = "https://calendar.google.com/calendar"
OUTLOOK = "https://outlook.live.com/calendar"
OFFICE = "https://outlook.office.com/calendar"


@dataclass(frozen=True)
class EventLinks:
    """Pages of three services that open with the session filled in."""

    google: str
    outlook: str
    office: str


@dataclass(frozen=True)
class SubscribeLinks:
    """`webcal` asks the program of the device; the others are pages of services that follow `https`."""

    https: str
    webcal: str
    google: str
    outlook: str
    office: str


def event_links(session: Session) -> EventLinks:
    return EventLinks(
        google_event(session), _outlook_event(OUTLOOK, session), _outlook_event(OFFICE, session)
    )


def subscribe_links(feed_url: str, name: str) -> SubscribeLinks:
    """`feed_url` is absolute."""
    webcal = f"webcal://{feed_url.partition('://')[2]}"
    return SubscribeLinks(
        https=feed_url,
        webcal=webcal,
        google=_address(f"{GOOGLE}/r", cid=webcal),
        outlook=_address(f"{OUTLOOK}/0/addfromweb", url=feed_url, name=_fitting(name, TITLE)),
        office=_address(f"{OFFICE}/0/addfromweb", url=feed_url, name=_fitting(name, TITLE)),
    )


def google_event(session: Session) -> str:
    return _address(
        f"{GOOGLE}/render",
        action="TEMPLATE",
        text=_fitting(words.title(session), TITLE),
        dates="/".join(f"{_utc(at):%Y%m%dT%H%M%SZ}" for at in (session.starts_at, session.ends_at)),
        ctz=session.event.time_zone,
        details=_details(session),
        location=_fitting(words.location(session), LOCATION),
    )


def _outlook_event(service: str, session: Session) -> str:
    return _address(
        f"{service}/deeplink/compose",
        path="/calendar/action/compose",
        rru="addevent",
        subject=_fitting(words.title(session), TITLE),
        startdt=f"{_utc(session.starts_at):%Y-%m-%dT%H:%M:%SZ}",
        enddt=f"{_utc(session.ends_at):%Y-%m-%dT%H:%M:%SZ}",
        body=_details(session),
        location=_fitting(words.location(session), LOCATION),
    )


def _details(session: Session) -> str:
    summary = _fitting(words.without_ways_in(session.event.summary), DETAILS)
    return words.PARAGRAPH.join(filter(None, [summary, words.page_of(session.event)]))


def _address(base: str, **query: str) -> str:
    """Blanks as %20: not every service takes a plus for one."""
    return f"{base}?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items() if value)


def _fitting(text: str, room: int) -> str:
    """As much of a text as is no longer than `room` when quoted."""
    if len(quote(text, safe="")) <= room:
        return text
    while len(quote(f"{text}…", safe="")) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
