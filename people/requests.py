"""What a request tells the views: who is logged in, and whose hub it is."""

from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Hub, Page, Person

# Written once: every page asks for it, and to write this query takes longer than to answer it.
THE_HUB = Hub.objects.filter(pk=1).annotate(has_pages=Exists(Page.objects.published()))


class SignedIn(HttpRequest):
    """The request of a page that people log in for, which is every page not marked as `login_not_required`. It says
    to readers and to the type checker that somebody is there; the object itself is Django's own."""

    user: Person
    htmx: HtmxDetails


def hub_of(request: HttpRequest) -> Any:
    """The hub, with `has_pages`. Kept with the request: its messages and error pages show the same frame."""
    kept = vars(request)
    if "hub" not in kept:
        kept["hub"] = THE_HUB.first() or _unsaved_hub()
    return kept["hub"]


def _unsaved_hub() -> Any:
    hub: Any = Hub(pk=1)
    hub.has_pages = Page.objects.published().exists()
    return hub
