"""Dates as lines of a list: the agenda, the archive, a group's page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.actions import places
from events.models import Event, Session
from events.models.places import Places
from events.models.session import SessionQuerySet
from events.pages.availability import Availability, Badge
from kit.times import clock_words, day_words, local, span_words, zone_words

ON_A_PAGE = 20
# An address can ask for any page, and the database would count its way there.
LAST_PAGE = 10_000
# What ends at midnight belongs to the evening before.
A_MOMENT = timedelta(microseconds=1)

# Written once: to write these queries takes longer than to answer them.
ON_THE_CALENDAR = Session.objects.on_the_calendar().for_lists()
ALL_DATES = Session.objects.order_by("starts_at", "pk").values_list("event", "pk", "starts_at", "ends_at")


@dataclass(frozen=True)
class Line:
    """One date in a list, as templates/components/event_row.html shows it. `day` is the day on the organisers' clock."""

    title: str
    url: str
    slug: str
    kind: str
    kind_label: str
    starts_at: datetime
    zone: str
    day: date
    when_words: str
    where_words: str
    is_in_person: bool
    summary: str
    badge: Badge | None


class Page(NamedTuple):
    """Some lines of a list, with what templates/components/pagination.html asks of a page."""

    lines: list[Line]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page_of(
    sessions: SessionQuerySet,
    number: str | None,
    home_zone: str,
    *,
    size: int = ON_A_PAGE,
    whole: bool = False,
) -> Page:
    """The page whose number stands in an address; the first for anything that is no number.

    Nothing is counted: a page costs the same however much there is. `sessions` are narrowed from ON_THE_CALENDAR; for
    `home_zone` and `whole` see lines_of().
    """
    page = int(number) if number and number.isascii() and number.isdecimal() and len(number) < 6 else 1
    page = min(max(page, 1), LAST_PAGE)
    start = (page - 1) * size
    rows = list(sessions[start : start + size + 1])
    return Page(lines_of(rows[:size], home_zone, whole=whole), page, has_next=len(rows) > size)


def lines_of(sessions: Sequence[Session], home_zone: str, *, whole: bool = False) -> list[Line]:
    """Sessions as lines, in two queries however many there are. They come from `Session.objects.for_lists()`. Zones
    other than `home_zone` are named; with `whole` each session stands for its whole event."""
    events = {session.event_id: session.event for session in sessions}
    if not events:
        return []
    for session in sessions:
        session.event.withhold(session, session.venue)
    dates, numbers = dates_of(events), places.of_events(events.values())
    return [_line(s, dates[s.event_id], numbers[s.event_id], home_zone, whole) for s in sessions]


def hours_words(session: Session, home_zone: str = "") -> str:
    """The hours of a date, "3pm to 5pm", where the day is said already."""
    zone = session.event.time_zone
    start, end = local(session.starts_at, zone), local(session.ends_at, zone)
    if start.date() != (end - A_MOMENT).date():
        return span_words(start, end, zone, year=False)
    words = {"start": clock_words(start), "end": clock_words(end), "zone": zone_words(zone)}
    return (_("%(start)s to %(end)s") if zone == home_zone else _("%(start)s to %(end)s (%(zone)s)")) % words


@dataclass(frozen=True)
class Dates:
    """All dates of one event: (pk, starts_at, ends_at), in their order."""

    rows: list[tuple[int, datetime, datetime]]

    @property
    def number(self) -> int:
        return len(self.rows)

    @property
    def first_starts_at(self) -> datetime:
        return self.rows[0][1]

    @property
    def last_ends_at(self) -> datetime:
        return max(ends_at for _pk, _starts_at, ends_at in self.rows)

    def position(self, pk: int) -> int:
        return [row[0] for row in self.rows].index(pk) + 1


def dates_of(event_ids: Iterable[int]) -> dict[int, Dates]:
    """The dates of these events. One query."""
    rows = defaultdict(list)
    for event_id, pk, starts_at, ends_at in ALL_DATES.filter(event__in=event_ids):
        rows[event_id].append((pk, starts_at, ends_at))
    return {event_id: Dates(of_event) for event_id, of_event in rows.items()}


def _line(session: Session, dates: Dates, numbers: Places, home_zone: str, whole: bool) -> Line:
    event, zone = session.event, session.event.time_zone
    ends_at = max(ends_at for _pk, _starts_at, ends_at in dates.rows)
    vars(event).update(first_starts_at=dates.rows[0][1], last_ends_at=ends_at)
    availability = Availability.of(event, numbers)
    return Line(
        title=event.title if whole else _title(session, dates),
        url=event.get_absolute_url(),
        slug=event.slug,
        kind=event.kind,
        kind_label=str(Event.Kind(event.kind).label),
        starts_at=session.starts_at,
        zone=zone,
        day=local(session.starts_at, zone).date(),
        when_words=_all_dates_words(event, dates) if whole else hours_words(session, home_zone),
        where_words=session.where_words(),
        is_in_person=event.is_in_person,
        summary=event.summary if whole else session.title or event.summary,
        badge=availability.badge,
    )


def _title(session: Session, dates: Dates) -> str:
    if dates.number == 1:
        return session.event.title
    words = {"title": session.event.title, "number": dates.position(session.pk), "of": dates.number}
    return _("%(title)s: session %(number)s of %(of)s") % words


def _all_dates_words(event: Event, dates: Dates) -> str:
    day = day_words(dates.first_starts_at, event.time_zone)
    if dates.number == 1:
        return day
    return _("%(number)s dates from %(day)s") % {"number": dates.number, "day": day}
