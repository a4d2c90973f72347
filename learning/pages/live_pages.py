"""What phones and the screen show of a situation in a room."""

from datetime import datetime
from typing import Any, Literal
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kit.markdown import render
from kit.times import clock_words
from learning.actions import live_scenarios
from learning.models import LiveScenario
from learning.pages.spread import in_words

Phase = Literal["reading", "answering", "closed"]


def address_of(live: LiveScenario) -> str:
    return reverse("learning:live", args=[live.code])


def phase_of(live: LiveScenario) -> Phase:
    if live.is_closed:
        return "closed"
    return "answering" if live.ends_at else "reading"


def until(live: LiveScenario) -> str:
    """The clock time until which people were told they have; "" while nobody answers."""
    if live.is_closed or live.ends_at is None:
        return ""
    return clock_words(live.ends_at, live.session.event.time_zone)


def state_of(live: LiveScenario) -> str:
    """Where it is, and until when in words and as a number (POSIX), a line each: what scripts compare with what their
    page shows."""
    ends = str(int(live.ends_at.timestamp())) if live.is_collecting and live.ends_at else ""
    return "\n".join((phase_of(live), until(live), ends))


def how_many(live: LiveScenario) -> str:
    """How many have answered, in steps of five, in words that are the same for nobody and for four."""
    number = live_scenarios.at_least(live)
    if not number:
        return _("From five answers on it stands here how many there are.")
    return _("%(number)s answers or more are in.") % {"number": number}


def of_phone(live: LiveScenario, now: datetime) -> dict[str, Any]:
    return _of_both(live, now) | {"options": list(enumerate(live.options)), "group": live.page.group}


def of_screen(live: LiveScenario, now: datetime) -> dict[str, Any]:
    left = max(0, round((live.ends_at - now).total_seconds())) if live.is_collecting and live.ends_at else 0
    whole = 60 * live.minutes
    host = urljoin(settings.SITE_URL, address_of(live)).split("://")[-1].rstrip("/")
    return _of_both(live, now) | {
        "address": host,
        "how_many": how_many(live),
        "left": left,
        "left_words": left_words(left),
        "percent": round(100 * min(left, whole) / whole, 1),
    }


def left_words(seconds: int) -> str:
    """How much time is left, as it stands on the screen."""
    if not seconds:
        return _("Time is up")
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s seconds left") % {"seconds": rest}
    return _("%(minutes)s min %(seconds)s left") % {"minutes": minutes, "seconds": rest}


def _of_both(live: LiveScenario, now: datetime) -> dict[str, Any]:
    return {
        "live": live,
        "page": live.page,
        "phase": phase_of(live),
        "state": state_of(live),
        "until": until(live),
        "is_time_over": live.is_time_over(now),
        "situation": render(live.page.text),
        "clear": render(live.page.clear_words),
        "spread": in_words(live_scenarios.parts(live), live.options),
    }
