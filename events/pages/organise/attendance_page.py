"""Who was at a date, as its organisers note it: everyone with a place, and what is known of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions.attendance import NOTED_WITHIN, can_be_noted
from events.actions.missed_dates import CLOSES_AFTER
from events.models import Attendance, Event, Registration, Session
from events.models.registration import RegistrationQuerySet
from events.pages.organise.guest_list import ON_A_LINE
from kit.text import is_found
from kit.times import moment_words, short_day


@dataclass(frozen=True)
class Line:
    """Somebody with a place. `how` is in words how it is known that they were there; "" when it is not."""

    registration: Registration
    how: str = ""
    may_take_back: bool = False


def date_of_day(event: Event, now: datetime) -> Session | None:
    """The date that people come to now or came to last; before the first that one."""
    dates = list(event.sessions.all())
    begun = [date for date in dates if date.opens_at <= now]
    return (begun or dates or [None])[-1 if begun else 0]


def lines(theirs: RegistrationQuerySet, session: Session, search: str = "") -> list[Line]:
    """Of the people whom somebody looks after. Two queries."""
    found = {row.registration_id: row for row in session.attendances.there()}
    return [_line(person, found.get(person.pk)) for person in with_a_place(theirs, search)]


def with_a_place(theirs: RegistrationQuerySet, search: str = "") -> list[Registration]:
    """Those who may come, by name; who never confirmed their address may come to the door all the same."""
    rows = theirs.filter(state=Registration.State.CONFIRMED).only(*ON_A_LINE)
    people = list(rows.order_by(Lower("name"), "pk"))
    return [one for one in people if is_found(search, one.name, one.reference)] if search else people


def tabs(event: Event, current: Session, theirs: RegistrationQuerySet) -> list[dict[str, Any]]:
    """The dates, each with how many were there. One query, beside the dates."""
    there = Attendance.objects.there().filter(
        session__event=event, registration__in=theirs.filter(state=Registration.State.CONFIRMED)
    )
    numbers = Counter(there.values_list("session", flat=True))
    return [
        {
            "url": reverse("organise:attendance_on", args=[event.slug, date.number]),
            "words": short_day(date.starts_at, event.time_zone),
            "count": numbers[date.pk],
            "counted": ngettext("person was there", "people were there", numbers[date.pk]),
            "is_current": date == current,
        }
        for date in event.sessions.all()
    ]


def when_words(event: Event, session: Session, now: datetime) -> str:
    """Until or from when it can be noted who came."""
    if session.is_off:
        return _("This date did not take place, so nobody can be noted.")
    if now < session.opens_at:
        from_then = moment_words(session.opens_at, event.time_zone, year=False)
        return _("You can note who comes from %(moment)s on.") % {"moment": from_then}
    until = moment_words(session.ends_at + NOTED_WITHIN, event.time_zone, year=False)
    if can_be_noted(session, now):
        return _("You can note who came until %(moment)s.") % {"moment": until}
    return _("Noting ended on %(moment)s. Here is what is known.") % {"moment": until}


FOLLOWS = {
    Event.MissedDate.ALLOW: gettext_lazy("They keep their place."),
    Event.MissedDate.CATCH_UP: gettext_lazy(
        "They keep their place, and are asked how they would like to catch up."
    ),
    Event.MissedDate.RELEASE: gettext_lazy(
        "Their place ends two days later, unless it shows that they were there, or they had said before that they can’t."
    ),
}


def rule_words(event: Event, session: Session, now: datetime) -> str:
    """What follows for whoever is not noted, while that can still be changed; "" at an event of one date."""
    closes_at = session.ends_at + CLOSES_AFTER
    if len(event.sessions.all()) < 2 or session.is_off or session.ended_early_at or closes_at <= now:
        return ""
    words = _("Please note everyone by %(moment)s. Whoever is not noted then gets one email.")
    said = words % {"moment": moment_words(closes_at, event.time_zone, year=False)}
    return f"{said} {FOLLOWS[Event.MissedDate(event.missed_date)]}"


@dataclass(frozen=True)
class Column:
    """One date on paper, for one person."""

    day: str
    was_there: bool


def on_paper(event: Event, theirs: RegistrationQuerySet) -> list[tuple[Registration, list[Column]]]:
    """Everyone with a place, and for each date whether they were there. Two queries, beside the dates."""
    dates = [(date.pk, short_day(date.starts_at, event.time_zone)) for date in event.sessions.all()]
    there = Attendance.objects.there().filter(session__event=event)
    found = set(there.values_list("registration", "session"))
    return [
        (one, [Column(day, (one.pk, date) in found) for date, day in dates]) for one in with_a_place(theirs)
    ]


def _line(registration: Registration, row: Attendance | None) -> Line:
    if row is None:
        return Line(registration)
    is_theirs = row.noted_how != Attendance.How.ORGANISER
    return Line(registration, str(row.get_noted_how_display()), may_take_back=not is_theirs)
