"""What several dates ask of whoever comes, in words, and what else somebody has on these days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Event, Registration, Session
from kit.times import are_whole_days, clock_words, day_words, local, machine_time
from people.models import Person


class DateInStrip(NamedTuple):
    """One of the dates that people have to come to, as they stand side by side."""

    weekday: str
    day: str
    starts_at: str  # for machines
    hours: str


@dataclass(frozen=True)
class Clash:
    """A place that somebody has elsewhere while a date runs."""

    title: str
    url: str
    hours: str


def must_be_free_words(number: int) -> str:
    """The heading over dates to all of which people have to come."""
    if number == 2:
        return _("You need to be free for both")
    return _("You need to be free for all %(number)s") % {"number": apnumber(number)}


def strip_of(event: Event, sessions: Iterable[Session]) -> list[DateInStrip]:
    return [_in_strip(session, event.time_zone) for session in sessions]


def _in_strip(session: Session, zone: str) -> DateInStrip:
    day, hours = local(session.starts_at, zone), hours_of(session.starts_at, session.ends_at, zone)
    starts_at = machine_time(session.starts_at, zone)
    return DateInStrip(date_format(day, "l"), date_format(day, "j F"), starts_at, hours)


def missed_date_words(event: Event) -> str:
    """What follows where somebody was not there on a date, as it is said beforehand."""
    rule = {
        Event.MissedDate.ALLOW: _("You keep your place, and come to the dates that are left."),
        Event.MissedDate.CATCH_UP: _("You keep your place. We ask you how you would like to catch up."),
        Event.MissedDate.RELEASE: _(
            "Your place then ends. We write to you first, so tell us if you were there."
        ),
    }
    return rule[Event.MissedDate(event.missed_date)]


def places_elsewhere(person: Person, event: Event, sessions: Iterable[Session]) -> dict[int, list[Clash]]:
    """Where else somebody has a place while one of these dates runs, by the key of the date. One query. Only for whoever
    has shown that they are this person."""
    dates = list(sessions)
    if not dates:
        return {}
    held = Registration.objects.filter(person=person, state__in=Registration.HOLDING)
    busy = Session.objects.filter(
        event__registrations__in=held,
        event__state=Event.State.PUBLISHED,
        starts_at__lt=max(date.ends_at for date in dates),
        ends_at__gt=min(date.starts_at for date in dates),
    )
    others = list(busy.exclude(event=event).select_related("event").order_by("starts_at"))
    found = {date.pk: [_clash(other) for other in others if _overlap(date, other)] for date in dates}
    return {key: clashes for key, clashes in found.items() if clashes}


def day_of(session: Session) -> str:
    return day_words(session.starts_at, session.event.time_zone, year=False)


def hours_of(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The hours of a date, its day being said: "2pm to 4pm"."""
    if are_whole_days(starts_at, ends_at, zone):
        return _("all day")
    start, end = local(starts_at, zone), local(ends_at, zone)
    return _("%(start)s to %(end)s") % {"start": clock_words(start), "end": clock_words(end)}


def _overlap(date: Session, other: Session) -> bool:
    return other.starts_at < date.ends_at and date.starts_at < other.ends_at


def _clash(other: Session) -> Clash:
    event = other.event
    hours = hours_of(other.starts_at, other.ends_at, event.time_zone)
    return Clash(event.for_everyone(event.title), event.get_absolute_url(), hours)
