"""When people are asked, in words; and the address for the room."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.rounds import ASK_AFTER, REMIND_AFTER
from feedback.models import FeedbackRound
from kit.times import clock_words, end_of_day, moment_words
from mail.compose import absolute


def of_settings(round: FeedbackRound, now: datetime | None = None) -> dict[str, Any]:
    now = now or timezone.now()
    return {
        "round": round,
        "is_over": round.is_settled,
        "when": _when(round, now) if round.is_wanted and round.event.is_published else [],
    }


def of_screen(round: FeedbackRound) -> dict[str, Any]:
    """The room's address as it is typed, in two parts: without https:// in front and without the last stroke."""
    path = reverse("feedback:screen", args=[round.room_code])
    ends_at, zone = round.event.ends_at, round.event.time_zone
    opens_at = ends_at - round.ON_SCREEN_BEFORE_THE_END if ends_at else None
    return {
        "round": round,
        "is_made": not round._state.adding,
        "reason": round.screen_closed_because(),
        "path": path,
        "host": absolute("/").partition("://")[2].rstrip("/"),
        "path_typed": path.rstrip("/"),
        "opens": clock_words(opens_at, zone) if opens_at else "",
        "closes_in_the_night": _in_the_night(round),
    }


def _in_the_night(round: FeedbackRound) -> str:
    """The time at which the address closes, where that is not the end of the day; "" where it is."""
    closes_at, zone = round.screen_closes_at, round.event.time_zone
    return clock_words(closes_at, zone) if closes_at and closes_at != end_of_day(closes_at, zone) else ""


def _when(round: FeedbackRound, now: datetime) -> list[dict[str, str]]:
    """What happens when, for templates/components/steps.html. Nothing without a date."""
    opens_at, closes_at, zone = round.opens_at, round.closes_at, round.event.time_zone
    if opens_at is None or closes_at is None:
        return []
    reminder_at = opens_at + REMIND_AFTER
    steps = [
        (_("The address in the room opens"), opens_at - round.ON_SCREEN_BEFORE_THE_END),
        (_("Everyone who had a place gets an email with a link"), opens_at + ASK_AFTER),
        (_("Whoever has not answered gets one reminder"), reminder_at),
        (_("The last moment to answer"), closes_at),
    ]
    return [
        {"words": words, "when": moment_words(at, zone), "state": "done" if at <= now else "next"}
        for words, at in steps
        if at != reminder_at or at < closes_at
    ]
