"""A surgery as those who read see it: what waits to be read, the line, what was answered. Never who asked, or when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Session
from kit.anonymity import THRESHOLD
from kit.times import clock_words, local, make_instant, moment_words, span_words
from learning.actions import me_toos, surgery_box, surgery_line
from learning.actions.surgery_moments import next_moment
from learning.asked import Asked, State
from learning.models import LearningPlan, Surgery, SurgeryReply
from learning.pages.organise.card import Card

Kind = SurgeryReply.Kind
# About as long as an answer aloud takes.
ONE_TAKES = timedelta(minutes=8)


@dataclass(frozen=True)
class QueueLine:
    """One question, and what can be done with it."""

    asked: Asked
    number: int
    may: frozenset[str]
    answer: str = ""
    more_answer: str = ""

    @property
    def beginning(self) -> str:
        words = self.asked.words
        return words if len(words) <= 40 else words[:40] + "…"

    @property
    def may_answer(self) -> bool:
        return self.asked.state in surgery_line.ANSWERABLE

    @property
    def may_ask_words(self) -> bool:
        return self.asked.state in surgery_line.REWORDABLE

    @property
    def may_publish(self) -> bool:
        return self.asked.may_aloud and self.asked.state in (State.ALOUD, State.WRITTEN)


@dataclass(frozen=True)
class Hour:
    """How much time is left, for whoever leads it: now, what is on and until when, for how many more, how many wait."""

    now: str
    on: str
    left: str
    waiting: str


@dataclass(frozen=True)
class DateLine:
    """A date of the event, and the surgery at it, if there is one. None is opened where `is_over`."""

    words: str
    surgery: Surgery | None
    is_over: bool


def surgery_card(event: Event) -> Card:
    """For the tab "Learning". One query at an event with a surgery."""
    rows = [] if _has_none(event) else list(event.surgeries.all())
    url = reverse("organise:surgeries", args=[event.slug])
    about = _(
        "Questions that nobody dares to ask with a name: you read first, then answer aloud or by a code."
    )
    if not rows:
        return Card(_("Surgery"), (about,), url, _("Open a surgery"))
    to_read = (
        _("Something is to be read.") if any(row.has_to_read for row in rows) else _("Nothing is to be read.")
    )
    return Card(_("Surgery"), (about, to_read), url, _("Look after the surgery"))


def dates_of(event: Event, now: datetime) -> list[DateLine]:
    by_session, zone = {surgery.session_id: surgery for surgery in event.surgeries.all()}, event.time_zone
    return [
        DateLine(span_words(one.starts_at, one.ends_at, zone), by_session.get(one.pk), one.ends_at <= now)
        for one in event.sessions.all()
    ]


def without_date(event: Event) -> list[Surgery]:
    """Those whose date was taken out: their answers can still be read and written."""
    return list(event.surgeries.filter(session=None))


def queue(surgery: Surgery, now: datetime) -> dict[str, Any]:
    numbers, replies = me_toos.numbers(surgery), surgery_line.replies(surgery)
    lines: dict[str, list[QueueLine]] = {state: [] for state in State}
    more = []
    for one in surgery_box.read(surgery):
        line = _line(one, numbers.get(one.key, 0), replies)
        lines[one.state].append(line)
        if one.more_is_read:
            more.append(line)
    lines[State.LINE].sort(key=lambda line: (-line.number, line.asked.lot))
    zone = surgery.event.time_zone
    return {
        "surgery": surgery,
        "when": span_words(surgery.session.starts_at, surgery.session.ends_at, zone)
        if surgery.session
        else "",
        "now": lines[State.NOW],
        "line": lines[State.LINE],
        "read": lines[State.READ],
        "words": lines[State.WORDS],
        "by_code": lines[State.CODE],
        "parked": lines[State.PARKED],
        "answered": [*lines[State.ALOUD], *lines[State.WRITTEN]],
        "out": lines[State.OUT],
        "more": more,
        "is_empty": not any(lines.values()),
        "hour": _hour(surgery, now, len(lines[State.LINE])),
        "helped": _helped([line.asked for group in lines.values() for line in group]),
        "next_moment": moment_words(next_moment(surgery, now), zone),
        "published": list(surgery.event.published_answers.all()),
    }


def _line(one: Asked, number: int, replies: Mapping[tuple[str, str], str]) -> QueueLine:
    may = frozenset(state.value for state in State if surgery_line.may_go(one, state))
    answer, more = (replies.get((one.key, kind), "") for kind in (Kind.ANSWER, Kind.MORE))
    return QueueLine(one, number, may, answer, more)


def _hour(surgery: Surgery, now: datetime, waiting: int) -> Hour | None:
    """None but while its date is on."""
    session, zone = surgery.session, surgery.event.time_zone
    if session is None or not session.starts_at <= now < session.ends_at:
        return None
    part, until = _on_now(session, zone, now)
    more = (until - now) // ONE_TAKES
    left = ngettext(
        "Time for %(number)s more, at eight minutes each.",
        "Time for %(number)s more, at eight minutes each.",
        more,
    ) % {"number": more}
    return Hour(
        now=clock_words(now, zone),
        on=_("%(part)s until %(time)s") % {"part": part or _("Surgery"), "time": clock_words(until, zone)},
        left=left if more else _("No time for one more: what waits can be answered in writing."),
        waiting=ngettext("%(number)s waits.", "%(number)s wait.", waiting) % {"number": waiting}
        if waiting
        else _("None waits."),
    )


def _on_now(session: Session, zone: str, now: datetime) -> tuple[str, datetime]:
    """What is on by the agenda, and when the next part begins; without one, until the date ends."""
    parts, day = [], local(session.starts_at, zone).date()
    for typed, words in session.agenda_lines():
        try:
            hour, minute = (int(figures) for figures in typed.split(":"))
            parts.append((make_instant(day, time(hour, minute), zone), words))
        except ValueError:  # no time of day, or none that this day has once
            continue
    on = next((words for begins_at, words in reversed(parts) if begins_at <= now), "")
    return on, min([session.ends_at, *(begins_at for begins_at, _words in parts if begins_at > now)])


def _helped(asked: list[Asked]) -> str:
    """In fives, so that one press more does not show."""
    number = sum(one.helped for one in asked) // THRESHOLD * THRESHOLD
    if not number:
        return ""
    return ngettext(
        "An answer helped %(number)s person or more.", "Answers helped %(number)s people or more.", number
    ) % {"number": number}


def _has_none(event: Event) -> bool:
    return LearningPlan.is_none(event) or not event.learning_plan.has_surgery
