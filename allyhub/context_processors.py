"""What the frame of every page needs: whose hub it is, who looks at it, and whether the clock has stopped."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from people.models import ClockBeat
from people.pages.second_step_ask import Ask, ask_of
from people.permissions import looks_after_hub
from people.requests import hub_of, standing_of

ORGANISERS_PAGES = "organise"


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a page shows. Visitors cost one query (the hub, and whether it has pages), and only when the
    page shows the frame."""
    # Without a session cookie nobody asks for a session: the page stays the same for all, so that caches can keep it.
    signed_in = _is_signed_in(request)
    looks_after = SimpleLazyObject(lambda: signed_in and looks_after_hub(request.user))
    organises = SimpleLazyObject(lambda: signed_in and _organises(request))
    return {
        "hub": SimpleLazyObject(lambda: hub_of(request)),
        "has_pages": SimpleLazyObject(lambda: hub_of(request).has_pages),
        "signed_in": signed_in,
        "user_organises": organises,
        "looks_after_hub": looks_after,
        "clock_late": SimpleLazyObject(lambda: bool(organises) and _is_clock_late(request)),
        "organisers_page": _is_organisers(request),
        "second_step_ask": SimpleLazyObject(lambda: _second_step_ask(request) if organises else None),
        "demo": settings.DEMO,
        # For whoever looks after the hub, and for nobody who might look for one with a known hole.
        "version": SimpleLazyObject(lambda: settings.VERSION if looks_after else ""),
    }


def _is_clock_late(request: HttpRequest) -> bool:
    return ClockBeat.was_long_ago(standing_of(request).clock_beat_at)


def _is_signed_in(request: HttpRequest) -> bool:
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None) if has_session else None
    return bool(user and user.is_authenticated)


def _is_organisers(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.namespace == ORGANISERS_PAGES


def _second_step_ask(request: HttpRequest) -> Ask | None:
    """On the organisers' pages alone; of whoever looks after the hub, from when the clock has asked them."""
    user = request.user
    if not _is_organisers(request) or not user.is_authenticated:
        return None
    is_asked = user.second_step_asked_at or not user.is_staff
    return ask_of(user, standing_of(request)) if is_asked else None


def _organises(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and (looks_after_hub(user) or standing_of(request).organises)
