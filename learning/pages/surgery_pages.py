"""What people see of a surgery: the page on which they ask, what a code opens, the large page, what was published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Registration
from kit.times import day_words, moment_words
from learning.actions import me_toos, surgery_box, surgery_line
from learning.actions.surgery_moments import next_moment
from learning.asked import Asked, State
from learning.models import LearningPlan, PublishedAnswer, Surgery, SurgeryReply
from learning.pages.path_item import PathItem

Kind = SurgeryReply.Kind
# Whether an event has any to lead to, for its own query.
EVENT_HAS_ANSWERS = Exists(PublishedAnswer.objects.filter(event=OuterRef("pk")))


@dataclass(frozen=True)
class Way:
    """By which way somebody came: the link to their own page, or the address of the room."""

    surgery: Surgery
    registration: Registration | None = None

    @property
    def url(self) -> str:
        return self._url("surgery", "surgery_room")

    @property
    def me_too_url(self) -> str:
        return self._url("surgery_me_too", "surgery_room_me_too")

    @property
    def may_ask(self) -> bool:
        return self.registration is not None or self.surgery.room_is_open

    def _url(self, own: str, room: str) -> str:
        if self.registration:
            return reverse(f"learning:{own}", args=[self.registration.token, self.surgery.code])
        return reverse(f"learning:{room}", args=[self.surgery.code])


@dataclass(frozen=True)
class Line:
    """A question in the line. `number`: how many wonder the same, 0 below five."""

    key: str
    words: str
    number: int
    is_mine: bool = False


def in_line(surgery: Surgery, pressed: Iterable[str] = ()) -> list[Line]:
    """What waits to be answered aloud: most people first, equal ones by lot."""
    numbers, mine = me_toos.numbers(surgery), frozenset(pressed)
    asked = [one for one in surgery_box.read(surgery) if one.is_shown and one.state == State.LINE]
    ordered = sorted(asked, key=lambda one: (-numbers.get(one.key, 0), one.lot))
    return [Line(one.key, one.words, numbers.get(one.key, 0), one.key in mine) for one in ordered]


def asking(way: Way, pressed: Iterable[str], now: datetime) -> dict[str, Any]:
    surgery, zone = way.surgery, way.surgery.event.time_zone
    takes, closes_at = surgery.takes_questions(now), surgery.closes_at()
    is_over = surgery.session is not None and surgery.session.ends_at <= now
    return {
        "event": surgery.event,
        "surgery": surgery,
        "way": way,
        "registration": way.registration,
        "takes_questions": takes and way.may_ask,
        "asks_in_the_room": takes,
        "is_over": is_over,
        "when": moment_words(surgery.session.starts_at, zone) if surgery.session else "",
        "until": moment_words(closes_at, zone) if takes and closes_at else "",
        "next_moment": moment_words(next_moment(surgery, now), zone),
        "lines": [] if is_over else in_line(surgery, pressed),
    }


# --- What a code opens ---

STANDS = {
    State.BOX: gettext_lazy("In the box. Nobody has read it yet."),
    State.READ: gettext_lazy("It was read. How it goes on is being decided."),
    State.LINE: gettext_lazy("It waits to be answered aloud."),
    State.WORDS: gettext_lazy("Those who read ask for other words."),
    State.CODE: gettext_lazy("It will be answered here, and nowhere else."),
    State.OUT: gettext_lazy("It will not be answered. That says nothing about you, or about your question."),
    State.NOW: gettext_lazy("It is being answered aloud now."),
    State.ALOUD: gettext_lazy("It was answered aloud."),
    State.WRITTEN: gettext_lazy("It was answered."),
    State.PARKED: gettext_lazy("It will be answered later."),
}


@dataclass(frozen=True)
class Step:
    """`state`: done, now, or "" for what is to come."""

    words: str
    state: str


def behind_code(surgery: Surgery, asked: Asked, now: datetime) -> dict[str, Any]:
    found = surgery_line.replies(surgery)
    replies = {kind: text for (key, kind), text in found.items() if key and key == asked.key}
    answered = asked.state in (State.ALOUD, State.WRITTEN)
    return {
        "event": surgery.event,
        "surgery": surgery,
        "asked": asked,
        "stands": STANDS[asked.state],
        "steps": _steps(asked),
        "note": replies.get(Kind.NOTE) if asked.state == State.WORDS else None,
        "answer": replies.get(Kind.ANSWER),
        "more_answer": replies.get(Kind.MORE),
        "number": me_toos.numbers(surgery).get(asked.key, 0),
        "may_allow": asked.state == State.BOX and not asked.alone,
        "waits_alone": asked.state == State.BOX and asked.alone,
        "may_thank": answered and not asked.helped,
        "may_ask_more": answered and not asked.more,
        "next_moment": moment_words(next_moment(surgery, now), surgery.event.time_zone),
    }


def _steps(asked: Asked) -> list[Step]:
    in_box = asked.state == State.BOX
    is_ended = asked.state in (State.ALOUD, State.WRITTEN, State.OUT)
    last = {State.ALOUD: _("Answered aloud"), State.OUT: _("Left out")}.get(asked.state, _("Answered"))
    return [
        Step(_("In the box"), "now" if in_box else "done"),
        Step(_("Read"), "" if in_box else "done" if is_ended else "now"),
        Step(last, "now" if is_ended else ""),
    ]


# --- On the day ---


def large_page(surgery: Surgery, address: str) -> dict[str, Any]:
    """One question at a time, in letters that can be read from the back of a room."""
    numbers = me_toos.numbers(surgery)
    now = next((one for one in surgery_box.read(surgery) if one.state == State.NOW and one.may_aloud), None)
    return {
        "event": surgery.event,
        "surgery": surgery,
        "now": now,
        "number": numbers.get(now.key, 0) if now else 0,
        "next": next(iter(in_line(surgery)), None),
        "address": address,
    }


# --- Where it stands on other pages ---


def beside_surgery(registration: Registration, now: datetime) -> list[PathItem]:
    """The way to ask, beside its date. One query; none at an event without a surgery."""
    event = registration.event
    if LearningPlan.is_none(event) or not event.learning_plan.has_surgery:
        return []
    rows = Surgery.objects.filter(event=event, session__isnull=False)
    return [_item(registration, surgery, now) for surgery in rows]


def _item(registration: Registration, surgery: Surgery, now: datetime) -> PathItem:
    event = surgery.event = registration.event
    sessions = list(event.sessions.all())
    place = next((number for number, one in enumerate(sessions) if one.pk == surgery.session_id), 0)
    surgery.session = sessions[place]
    takes = surgery.takes_questions(now)
    day = day_words(surgery.session.starts_at, event.time_zone, year=False)
    return PathItem(
        label=_("Surgery"),
        title=_("Ask without your name"),
        words=_("Your questions are answered on %(day)s.") % {"day": day},
        tag=_("Open") if takes else _("Closed"),
        tone="gold" if takes else "plain",
        url=reverse("learning:surgery", args=[registration.token, surgery.code]),
        link=_("Ask a question") if takes else _("Look up an answer"),
        after=sessions[place - 1] if place else None,
        asks=takes,
    )


def published(event: Event) -> list[PublishedAnswer]:
    return list(event.published_answers.all())
