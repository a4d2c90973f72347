"""What the pages of somebody's own pledge show."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.urls import reverse

from events.models import Event, Registration
from events.pages.registration_words import about_own
from kit.times import day_words
from learning.actions import check_ins, pledges
from learning.models import CheckIn, Pledge, PledgeShare

# How it stands with a check-in; "" while somebody can answer.
State = Literal["gone", "early", "not_asked", "stopped", "answered", ""]


@dataclass(frozen=True)
class ShareLine:
    """A place where a pledge is shown now, in words, and how it is taken back there."""

    words: str
    until: str
    url: str


@dataclass(frozen=True)
class Part:
    """How many of all gave an answer."""

    words: str
    number: int
    of: int

    @property
    def percent(self) -> float:
        return round(100 * self.number / self.of, 1)


def of_pledge(registration: Registration, pledge: Pledge | None, today: date) -> dict[str, Any]:
    return about_own(registration) | {
        "pledge": pledge,
        "shares": _shares(registration, pledge, today) if pledge else [],
        "has_ended": pledge is not None and pledge.has_ended(today),
        "asked": _asked(pledge, today) if pledge else [],
    }


def _shares(registration: Registration, pledge: Pledge, today: date) -> list[ShareLine]:
    return [
        ShareLine(
            str(PledgeShare.Where(share.where).label),
            day_words(share.until),
            reverse("learning:pledge_share_ending", args=[registration.token, share.where]),
        )
        for share in pledge.shares.all()
        if share.is_on(today)
    ]


def _asked(pledge: Pledge, today: date) -> list[CheckIn]:
    """What was asked and has no answer."""
    due = (found for found in pledge.check_ins.all() if found.asked_at or found.due_on <= today)
    return [] if pledge.stopped_at else [found for found in due if not found.answer]


def spread_of(event: Event, months: int) -> list[Part]:
    """What people answered then, in the order of the answers; [] below five."""
    found = check_ins.spread(event, months)
    of = sum(found.values())
    return [Part(str(CheckIn.Answer(answer).label), number, of) for answer, number in found.items()]


def of_check_in(registration: Registration, months: int, today: date) -> dict[str, Any]:
    """With its `state`: "gone" is a pledge that is not there, or no longer."""
    pledge = pledges.of(registration)
    found = next((row for row in pledge.check_ins.all() if row.months == months), None) if pledge else None
    due_on = found.due_on if found else None
    return about_own(registration) | {
        "pledge": pledge,
        "months": months,
        "found": found,
        "state": _state_of(registration, pledge, found, today),
        "due_on": due_on,
        "has_ended": pledge is not None and pledge.has_ended(today),
        "spread": spread_of(registration.event, months) if found and found.answer else [],
    }


def _state_of(registration: Registration, pledge: Pledge | None, found: CheckIn | None, today: date) -> State:
    if pledge is None or not registration.has_place:
        return "gone"
    if found is None:
        return "stopped" if pledge.stopped_at else "not_asked"
    if found.answer:
        return "answered"
    if pledge.stopped_at:
        return "stopped"
    return "" if found.asked_at or found.due_on <= today else "early"
