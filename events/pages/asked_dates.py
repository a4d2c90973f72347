"""Whether somebody can come to a date: what they are asked, and what their answer means, in words for them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from events.actions.date_questions import gives_up_place, shown
from events.models import Attendance, Event, Registration, Session
from events.pages.now_card import NowCard
from kit.times import day_words, span_words


@dataclass(frozen=True)
class AskedDate:
    """One date, for the page that asks about it. `was` is when it was to be before it moved; "" where it has not. `said`
    is what they have said of it; "" where they have not."""

    heading: str
    when: str
    was: str
    said: str
    what_no_means: str
    is_asked: bool
    costs_the_place: bool
    seen: str

    @classmethod
    def of(cls, registration: Registration, session: Session, now: datetime) -> "AskedDate":
        zone = registration.event.time_zone
        row = registration.attendances.filter(session=session).first() or Attendance()
        costs_the_place = gives_up_place(registration, session, now)
        return cls(
            heading=_heading(row, session, zone),
            when=span_words(session.starts_at, session.ends_at, zone),
            was=_was(row, zone),
            said=_said(row),
            what_no_means=_what_no_means(registration.event, costs_the_place=costs_the_place),
            is_asked=row.is_asked,
            costs_the_place=costs_the_place,
            seen=shown(session),
        )


def first_asked(registration: Registration, now: datetime) -> Attendance | None:
    """What they are asked and have not answered, of the first date. One query, where anybody was asked."""
    event = registration.event
    is_asked_here = any(session.asked_at for session in event.sessions.all())
    if not is_asked_here or not registration.has_place or not event.is_published:
        return None
    asked = registration.attendances.asked(now).select_related("session")
    return asked.order_by("session__starts_at", "session").first()


def card(registration: Registration, now: datetime) -> NowCard | None:
    """That a date moved, or is new, and that we ask whether they can come."""
    asked = first_asked(registration, now)
    if asked is None:
        return None
    event, session = registration.event, asked.session
    when = span_words(session.starts_at, session.ends_at, event.time_zone)
    return NowCard(
        "date",
        "wait",
        _("Now: a question for you"),
        _("Can you still come?") if asked.has_moved else _("Can you come on this date?"),
        (_why_asked(asked) % {"when": when}, _("Without an answer your place stays yours.")),
        button=_("Answer: yes or no"),
        address=reverse("events:date", args=[registration.token, session.number]),
    )


def _why_asked(row: Attendance) -> str:
    if row.has_moved:
        return _("A date has moved to %(when)s.")
    if row.could_come is False:
        return _("The date on which you could come is off. There is still %(when)s.")
    return _("A date is new: %(when)s.")


def _heading(row: Attendance, session: Session, zone: str) -> str:
    day = {"day": day_words(session.starts_at, zone, year=False)}
    if row.is_asked and row.has_moved:
        return _("Can you still come on %(day)s?") % day
    return _("Can you come on %(day)s?") % day


def _was(row: Attendance, zone: str) -> str:
    starts_at, ends_at = row.was_to_start_at, row.was_to_end_at
    return span_words(starts_at, ends_at, zone) if row.is_asked and starts_at and ends_at else ""


def _said(row: Attendance) -> str:
    if row.can_come is None:
        return ""
    return _("You said that you can come.") if row.can_come else _("You said that you cannot come.")


def _what_no_means(event: Event, *, costs_the_place: bool) -> str:
    if not costs_the_place:
        return _("If you can’t come on that day, you keep your place. We only note it.")
    if event.needs_every_date:
        return _(
            "The organisers ask everyone to come to all dates. If you can’t, your place goes to somebody else. "
            "We ask you once more before that."
        )
    return _("If you can’t come, your place goes to somebody else. We ask you once more before that.")
