"""A line of a list: one date, an event by its next date, or one that is over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Session
from events.pages.availability import Badge
from kit.times import are_whole_days, clock_words, day_words, local, span_words, whole_days, zone_words

# What ends at midnight belongs to the evening before.
A_MOMENT = timedelta(microseconds=1)
# A line names so many of its event's dates, and says how many more there are.
DATES_NAMED = 8

# Written once: to write this query takes longer than to answer it.
ALL_DATES = Session.objects.order_by("starts_at", "pk").values_list(
    "event", "pk", "starts_at", "ends_at", "title"
)


class Tells(Enum):
    """What a session in a list stands for."""

    ONE_DATE = auto()  # itself
    NEXT_DATE = auto()  # its event, of which it is the next date: the others are named in the same line
    WHOLE = auto()  # its event, from the first date to the last


class DateInLine(NamedTuple):
    """One of several dates that a line names."""

    day: date
    clock: str
    title: str


@dataclass(frozen=True)
class Line:
    """One row of a list, as templates/components/event_row.html shows it. `day` is the day on the organisers' clock;
    `dates` are those still to come, where there were several, and `more` is how many of them are not named."""

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
    dates: tuple[DateInLine, ...] = ()
    more: int = 0
    picture_url: str = ""
    picture_alt: str = ""


class Row(NamedTuple):
    """One date of an event, as a list needs it."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    title: str


@dataclass(frozen=True)
class Dates:
    """All dates of one event, in their order."""

    rows: list[Row]

    @property
    def number(self) -> int:
        return len(self.rows)

    @property
    def first_starts_at(self) -> datetime:
        return self.rows[0].starts_at

    @property
    def last_ends_at(self) -> datetime:
        return max(row.ends_at for row in self.rows)

    def tell(self, event: Event) -> None:
        """So that the event need not ask."""
        vars(event).update(first_starts_at=self.first_starts_at, last_ends_at=self.last_ends_at)

    def position(self, pk: int) -> int:
        return [row.pk for row in self.rows].index(pk) + 1

    def since(self, pk: int) -> list[Row]:
        """This date and those that follow it."""
        return self.rows[self.position(pk) - 1 :]


def dates_of(event_ids: Iterable[int]) -> dict[int, Dates]:
    """The dates of these events. One query."""
    rows = defaultdict(list)
    for event_id, *row in ALL_DATES.filter(event__in=event_ids):
        rows[event_id].append(Row(*row))
    return {event_id: Dates(of_event) for event_id, of_event in rows.items()}


def line_of(session: Session, dates: Dates, badge: Badge | None, home_zone: str, tells: Tells) -> Line:
    """Zones other than `home_zone` are named."""
    event, zone = session.event, session.event.time_zone
    is_one_date = tells is Tells.ONE_DATE or dates.number == 1
    to_come = [] if is_one_date or tells is Tells.WHOLE else dates.since(session.pk)
    return Line(
        title=_title(session, dates) if tells is Tells.ONE_DATE else event.title,
        url=event.get_absolute_url(),
        slug=event.slug,
        kind=event.kind,
        kind_label=str(Event.Kind(event.kind).label),
        starts_at=session.starts_at,
        zone=zone,
        day=local(session.starts_at, zone).date(),
        when_words=_when_words(session, dates, home_zone, tells),
        where_words=session.where_words(),
        is_in_person=event.is_in_person,
        summary=session.title or event.summary if tells is Tells.ONE_DATE else event.summary,
        badge=badge,
        dates=tuple(_named(row, event, home_zone) for row in to_come[:DATES_NAMED]),
        more=len(to_come[DATES_NAMED:]),
        picture_url=_picture_url(event),
        picture_alt=event.picture_alt,
    )


def hours_words(session: Session, home_zone: str = "") -> str:
    """The hours of a date, "3pm to 5pm", where the day is said already."""
    zone = session.event.time_zone
    start, end = local(session.starts_at, zone), local(session.ends_at, zone)
    if is_whole_day(start, end, zone):
        return _("all day")
    if start.date() != (end - A_MOMENT).date():
        return span_words(start, end, zone, year=False)
    words = {"start": clock_words(start), "end": clock_words(end), "zone": zone_words(zone)}
    return (_("%(start)s to %(end)s") if zone == home_zone else _("%(start)s to %(end)s (%(zone)s)")) % words


def is_whole_day(starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """Whether it has no hours, and is over with its day."""
    return are_whole_days(starts_at, ends_at, zone) and len({*whole_days(starts_at, ends_at, zone)}) == 1


def _when_words(session: Session, dates: Dates, home_zone: str, tells: Tells) -> str:
    zone = session.event.time_zone
    if tells is Tells.WHOLE:
        day = day_words(dates.first_starts_at, zone)
        return _dates_from(day, dates.number) if dates.number > 1 else day
    if tells is Tells.ONE_DATE or dates.number == 1:
        return hours_words(session, home_zone)
    left, day = len(dates.since(session.pk)), day_words(session.starts_at, zone, year=False)
    return _dates_from(day, left) if left == dates.number else _more_dates(day, left)


def _dates_from(day: str, number: int) -> str:
    return _("%(number)s dates from %(day)s") % {"number": number, "day": day}


def _more_dates(day: str, number: int) -> str:
    words = ngettext("1 more date, on %(day)s", "%(number)s more dates, next on %(day)s", number)
    return words % {"number": number, "day": day}


def _named(row: Row, event: Event, home_zone: str) -> DateInLine:
    zone, clock = event.time_zone, clock_words(row.starts_at, event.time_zone)
    if is_whole_day(row.starts_at, row.ends_at, zone):
        clock = _("all day")
    in_words = clock if zone == home_zone else f"{clock} ({zone_words(zone)})"
    return DateInLine(local(row.starts_at, zone).date(), in_words, event.for_everyone(row.title))


def _picture_url(event: Event) -> str:
    name = (event.picture.name or "").rpartition("/")[2]
    return reverse("events:small_picture", args=[name]) if name else ""


def _title(session: Session, dates: Dates) -> str:
    if dates.number == 1:
        return session.event.title
    words = {"title": session.event.title, "number": dates.position(session.pk), "of": dates.number}
    return _("%(title)s: session %(number)s of %(of)s") % words
