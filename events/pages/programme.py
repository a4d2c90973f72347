"""Somebody's way through an event of several dates: each date, and how it stands with them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.attendance import can_be_noted
from events.models import Attendance, Event, Registration, Session
from events.models.attendance import counted_dates
from events.pages.completion import Standing, rule_words, standing, was_there
from events.pages.now_card import days_to_go
from kit.times import day_words, moment_words, span_words

DONE, CHOSEN, LEFT_OUT = Attendance.CatchUp.DONE, Attendance.CatchUp.CHOSEN, Attendance.CatchUp.LEFT_OUT
# A block has one for each date of a programme of four.
CORNERS = 4


@dataclass(frozen=True)
class PathDate:
    """One date. `number` is its place among the dates, from 1. `is_away`: they were not there, as far as is known;
    `place_ends`: until when they can still say that they were, in words."""

    session: Session
    number: int
    tag: str
    tone: str
    day: str
    is_sewn: bool = False
    is_over: bool = False
    is_away: bool = False
    may_say_there: bool = False
    can_come: bool | None = None
    catch_up: str = ""
    place_ends: str = ""


@dataclass(frozen=True)
class Programme:
    dates: tuple[PathDate, ...]
    next: PathDate | None
    next_words: str
    countdown: str
    standing: Standing
    block_words: str
    rule: str

    @property
    def sewn(self) -> tuple[int, ...]:
        """The corners of the block that are sewn."""
        return tuple(date.number - 1 for date in self.dates if date.is_sewn)

    @property
    def has_block(self) -> bool:
        return len(self.dates) == CORNERS


def programme_of(registration: Registration, now: datetime) -> Programme | None:
    """None for whoever has no place, at an event of one date, and while it is called off. Two queries."""
    event = registration.event
    sessions = list(event.sessions.all())
    if len(sessions) < 2 or not registration.has_place or not event.is_published:
        return None
    rows = _rows(registration, sessions)
    counted = counted_dates(event) if sessions[0].ends_at <= now else set()
    dates = tuple(
        _path_date(event, session, number, rows.get(session.pk), session.pk in counted, now)
        for number, session in enumerate(sessions, start=1)
    )
    coming = next((date for date in dates if not date.is_over and date.can_come is not False), None)
    stands = standing(registration, sessions, rows)
    return Programme(
        dates=dates,
        next=coming,
        next_words=_next_words(event, coming),
        countdown=days_to_go(event, now),
        standing=stands,
        block_words=_block_words(sum(date.is_sewn for date in dates), len(dates)),
        rule=rule_words(event),
    )


def _rows(registration: Registration, sessions: list[Session]) -> dict[int, Attendance]:
    by_key = {session.pk: session for session in sessions}
    rows = {row.session_id: row for row in registration.attendances.all() if row.session_id in by_key}
    for key, row in rows.items():
        row.session = by_key[key]
    return rows


def _path_date(
    event: Event, session: Session, number: int, row: Attendance | None, is_counted: bool, now: datetime
) -> PathDate:
    is_over, row = session.is_over(now), row or Attendance(session=session)
    there = was_there(session, row)
    is_away = is_over and not there and (row.can_come is False or _is_closed(session, is_counted))
    tag, tone = _tag(session, row, is_over=is_over, is_away=is_away, now=now)
    return PathDate(
        session=session,
        number=number,
        tag=tag,
        tone=tone,
        day=day_words(session.starts_at, event.time_zone, year=False),
        is_sewn=there or row.catch_up == DONE,
        is_over=is_over,
        is_away=is_away,
        may_say_there=is_over and not there and can_be_noted(session, now),
        can_come=row.can_come,
        catch_up=row.catch_up,
        place_ends=moment_words(row.place_ends_at, event.time_zone, year=False) if row.place_ends_at else "",
    )


def _is_closed(session: Session, is_counted: bool) -> bool:
    """Whether it is known that somebody who was not noted was not there."""
    return is_counted and session.attendance_is_closed


def _tag(
    session: Session, row: Attendance, *, is_over: bool, is_away: bool, now: datetime
) -> tuple[str, str]:
    if row.is_there:
        return _("You were there"), "moss"
    if session.ended_early_at:
        return _("It counts for everyone"), "moss"
    if is_over:
        return _over(row, is_away)
    if row.is_asked:
        return _("Can you come?"), "gold"
    if row.can_come is False:
        return _("You can’t come"), "gold"
    return (_("Now"), "sea") if session.opens_at <= now else (_("You are coming"), "moss")


def _over(row: Attendance, is_away: bool) -> tuple[str, str]:
    if row.catch_up == DONE:
        return _("Caught up"), "moss"
    return (_("Not with us that day"), "gold") if is_away else (_("It is over"), "plain")


def _next_words(event: Event, date: PathDate | None) -> str:
    if date is None:
        return ""
    return span_words(date.session.starts_at, date.session.ends_at, event.time_zone, year=False)


def _block_words(sewn: int, of: int) -> str:
    words = ngettext("%(number)s part of %(all)s is sewn.", "%(number)s parts of %(all)s are sewn.", sewn)
    return words % {"number": sewn, "all": of}
