"""What the frame of every page needs: whose hub it is, who looks at it, and whether the clock has stopped."""

from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from people.models import ClockBeat, Hub, Page
from people.permissions import looks_after_hub, organises_something

# Written once: every page asks for it, and to write this query takes longer than to answer it.
THE_HUB = Hub.objects.filter(pk=1).annotate(has_pages=Exists(Page.objects.published()))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Visitors cost one query (the hub, and whether it has pages), and only when the page shows the frame. Without a
    session cookie nobody asks for a session: the page stays the same for all, so that caches can keep it."""
    signed_in = _is_signed_in(request)
    organises = SimpleLazyObject(lambda: signed_in and _organises(request))
    return {
        "hub": SimpleLazyObject(lambda: hub_of(request)),
        "has_pages": SimpleLazyObject(lambda: hub_of(request).has_pages),
        "signed_in": signed_in,
        "user_organises": organises,
        "clock_late": SimpleLazyObject(lambda: bool(organises) and ClockBeat.is_late()),
        "demo": settings.DEMO,
    }


def _is_signed_in(request: HttpRequest) -> bool:
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None) if has_session else None
    return bool(user and user.is_authenticated)


def _organises(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and (looks_after_hub(user) or organises_something(user))


def hub_of(request: HttpRequest) -> Any:
    """Kept with the request: its messages and error pages show the same frame."""
    kept = vars(request)
    if "hub" not in kept:
        kept["hub"] = THE_HUB.first() or _unsaved_hub()
    return kept["hub"]


def _unsaved_hub() -> Any:
    hub: Any = Hub(pk=1)
    hub.has_pages = Page.objects.published().exists()
    return hub
