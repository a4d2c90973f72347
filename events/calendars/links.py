"""Addresses that put an event, or a whole calendar, into someone's own calendar program.

They are long addresses that end up in histories and logs: public words only, never a way into a meeting. What they
add is a copy that does not change with us; the page says so, and offers the calendar to follow first.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from events.calendars import words
from events.models import Session
from kit.times import are_whole_days, whole_days

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
    told = _told(session)
    return EventLinks(
        _google(session, told), _outlook(OUTLOOK, session, told), _outlook(OFFICE, session, told)
    )


def subscribe_links(feed_url: str, name: str) -> SubscribeLinks:
    """The addresses by which programs and services follow a feed. `feed_url` is absolute."""
    webcal = f"webcal://{feed_url.partition('://')[2]}"
    return SubscribeLinks(
        https=feed_url,
        webcal=webcal,
        google=_address(f"{GOOGLE}/r", cid=quote(webcal, safe="")),
        outlook=_address(f"{OUTLOOK}/0/addfromweb", url=quote(feed_url, safe=""), name=_fitting(name, TITLE)),
        office=_address(f"{OFFICE}/0/addfromweb", url=quote(feed_url, safe=""), name=_fitting(name, TITLE)),
    )


@dataclass(frozen=True)
class Told:
    """The words of a session, quoted for an address."""

    title: str
    details: str
    location: str


def _told(session: Session) -> Told:
    summary = words.without_ways_in(session.event.summary, session.event)[:DETAILS]
    page = quote(words.PARAGRAPH + words.page_of(session.event), safe="")
    return Told(
        title=_fitting(words.title(session), TITLE),
        details=(_fitting(summary, DETAILS) + page).removeprefix(quote(words.PARAGRAPH)),
        location=_fitting(words.location(session), LOCATION),
    )


def _google(session: Session, told: Told) -> str:
    span = _days(session)
    moments = (f"{_utc(at):%Y%m%dT%H%M%SZ}" for at in (session.starts_at, session.ends_at))
    dates = "%2F".join((f"{day:%Y%m%d}" for day in span) if span else moments)
    return _address(
        f"{GOOGLE}/render",
        action="TEMPLATE",
        text=told.title,
        dates=dates,
        ctz=quote(session.event.time_zone, safe=""),
        details=told.details,
        location=told.location,
    )


def _outlook(service: str, session: Session, told: Told) -> str:
    span = _days(session)
    moments = (f"{_utc(at):%Y-%m-%dT%H%%3A%M%%3A%SZ}" for at in (session.starts_at, session.ends_at))
    start, end = (day.isoformat() for day in span) if span else moments
    return _address(
        f"{service}/deeplink/compose",
        path="%2Fcalendar%2Faction%2Fcompose",
        rru="addevent",
        subject=told.title,
        startdt=start,
        enddt=end,
        allday="true" if span else "",
        body=told.details,
        location=told.location,
    )


def _days(session: Session) -> tuple[date, date] | None:
    """The first day and the one after the last, of what has no hours."""
    zone = session.event.time_zone
    if not are_whole_days(session.starts_at, session.ends_at, zone):
        return None
    first, last = whole_days(session.starts_at, session.ends_at, zone)
    return first, last + timedelta(days=1)


def _address(base: str, **query: str) -> str:
    """An address with these values, quoted."""
    # Blanks as %20, because not every service takes a plus for one.
    return f"{base}?" + "&".join(f"{name}={value}" for name, value in query.items() if value)


def _fitting(text: str, room: int) -> str:
    """As much of a text, quoted, as is no longer than `room`."""
    quoted = quote(text, safe="")
    if len(quoted) <= room:
        return quoted
    while len(quoted := quote(f"{text.rstrip()}…", safe="")) > room:
        text = text[:-1]
    return quoted


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
