"""The card that stands first on somebody's own page: the one thing it asks of them now.

Each function answers None where its card does not hold. In which order they are asked, and what rooms and feedback have
to say between them, is in allyhub/views/own_page.py; the last is of events/pages/nothing_to_do.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions import access_needs, ways
from events.models import AccessRequest, Event, Registration, Session
from events.pages.door import Door
from events.pages.registration_words import next_session
from kit.times import clock_words, local, moment_words

About = Literal["offer", "door", "date", "access", "way", "feedback", "room", "nothing"]
Tone = Literal["wait", "saved", "open", "after"]


@dataclass(frozen=True)
class NowCard:
    """`title` is the page's heading instead of the usual one. `button` leads to `address`; with `is_press` it is a form
    that is sent there. `line` are the places in line, with `own` among them."""

    about: About
    tone: Tone
    label: str
    heading: str
    words: tuple[str, ...] = ()
    button: str = ""
    address: str = ""
    is_press: bool = False
    title: str = ""
    line: tuple[str, ...] = ()
    own: str = ""


# By whether the access leads were asked: label, heading, and what follows without an answer.
OFFER_WORDS: Mapping[str, tuple[Promise, Promise, Promise]] = {
    "": (
        gettext_lazy("Now: answer by %(moment)s"),
        gettext_lazy("Do you still want the place?"),
        gettext_lazy(
            "It has become free, and you have waited longest. Without an answer it goes to the next person."
        ),
    ),
    Registration.AccessWord.ASKED: (
        gettext_lazy("Now: the access leads answer by %(moment)s"),
        gettext_lazy("The place is kept for you"),
        gettext_lazy(
            "You take it if what you need works. It is kept until the access leads answer, at most until %(moment)s. "
            "You can also answer without waiting for them."
        ),
    ),
    Registration.AccessWord.CANNOT: (
        gettext_lazy("Now: answer by %(moment)s"),
        gettext_lazy("It cannot be arranged by then. Do you still want the place?"),
        gettext_lazy(
            "The access leads have answered. Without your answer the place goes to the next person."
        ),
    ),
}


def offer(registration: Registration, now: datetime) -> NowCard | None:
    event, ends_at = registration.event, registration.offer_ends_at
    if ends_at is None or not registration.has_offer(now) or not event.is_published:
        return None
    words = {"moment": moment_words(ends_at, event.time_zone, year=False)}
    label, heading, what = OFFER_WORDS[registration.access_word]
    return NowCard(
        "offer",
        "wait",
        str(label) % words,
        str(heading),
        (str(what) % words,),
        button=_("Answer: yes or no"),
        address=reverse("events:offer", args=[registration.token]),
    )


def door(registration: Registration, now: datetime) -> NowCard | None:
    """From a quarter of an hour before each date to its end. Going in from here is going in at the door itself."""
    way_in, event = Door.of(registration, now), registration.event
    if way_in.session is None or not way_in.is_time:
        return None
    label = _("Now: %(moment)s") % {"moment": moment_words(now, event.time_zone, year=False)}
    if not way_in.lets_in:
        return NowCard("door", "wait", label, _("The meeting’s address is not here yet"), (_no_address(),))
    return NowCard(
        "door",
        "open",
        label,
        _starting_words(way_in.session, event, now),
        tuple(_door_words(way_in, event)),
        button=_("Go in again") if way_in.arrived_at else _("Go in"),
        address=reverse("events:join", args=[registration.join_token]),
        is_press=True,
        title=_("Come in, the meeting is open"),
    )


def question_about_access(registration: Registration, asked: AccessRequest | None) -> NowCard | None:
    """That the access leads wait for a word. What it is about stands behind the second link."""
    event = registration.event
    if asked is None or not registration.is_live or not event.is_published or event.is_past():
        return None
    if not access_needs.waits_for_the_person(asked):
        return None
    return NowCard(
        "access",
        "wait",
        _("Now: a question for you"),
        _("The people who arrange access have written to you"),
        (_("They wait for a word of yours, so that they can go on."),),
        button=_("Read it and answer"),
        address=reverse("events:access", args=[registration.token]),
    )


def question_about_the_way(registration: Registration) -> NowCard | None:
    """How they come, where it became two ways after they registered, or others registered them."""
    if not registration.has_to_say_how or not ways.may_say(registration):
        return None
    return NowCard(
        "way",
        "wait",
        _("Now: a question for you"),
        _("Do you come in person or online?"),
        (_("Either is fine. Until you say, you may do both."),),
        button=_("Say how you come"),
        address=reverse("events:way", args=[registration.token]),
    )


def days_to_go(event: Event, now: datetime) -> str:
    """How long it is to the next date, as a card is labelled: "Now: 12 days to go"."""
    session = next_session(event, now)
    if session is None or session.ends_at <= now:
        return _("Now: nothing to do")
    if session.starts_at <= now:
        return _("Now: it has begun")
    today, day = (local(moment, event.time_zone).date() for moment in (now, session.starts_at))
    days = (day - today).days
    if days < 2:
        return _("Now: tomorrow") if days else _("Now: today")
    return ngettext("Now: %(days)s day to go", "Now: %(days)s days to go", days) % {"days": days}


def _starting_words(session: Session, event: Event, now: datetime) -> str:
    if session.starts_at > now:
        return _("We start at %(time)s") % {"time": clock_words(session.starts_at, event.time_zone)}
    return _("We have begun, until %(time)s") % {"time": clock_words(session.ends_at, event.time_zone)}


def _door_words(way_in: Door, event: Event) -> list[str]:
    words = [_("Come as you are: your camera may stay off. Going in notes that you came.")]
    if way_in.arrived_at:
        at = clock_words(way_in.arrived_at, event.time_zone)
        went_in = _("Someone went in with your link at %(time)s. If that was you, just go in again.")
        words.append(went_in % {"time": at})
    return words


def _no_address() -> str:
    return _(
        "The organisers have not put it here yet. Please load this page again in a few minutes. "
        "Your place is safe."
    )
