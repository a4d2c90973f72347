"""One event at a glance: numbers, what waits, and the list of pages on which it is edited."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from breakouts.pages.organise import rooms_to_do as breakouts_to_do
from events.models import Event
from events.organise_layout import show_tab
from events.pages.organise import event_tasks, guest_list, numbers, papers_to_do, to_do
from events.pages.organise.organiser_words import guests
from events.permissions import event_run_by
from people.requests import SignedIn

LATEST = 5


@never_cache
@require_safe
def event(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    prefetch_related_objects([event], "sessions")
    is_over = event.is_past()
    counted = numbers.numbers_of(event)
    access = numbers.access_numbers_of(event, live=counted.live)
    latest = event.registrations.not_erased().live().order_by("-created_at", "-pk")[:LATEST]
    context: dict[str, Any] = {
        "tasks": event_tasks.tasks(event),
        "todos": [
            *to_do.for_event(event, access),
            *papers_to_do.for_event(event),
            *breakouts_to_do.for_event(event),
        ],
        "people": counted,
        "guests": guests(latest, guest_list.positions(event), guest_list.Marks()),
        "can_be_cancelled": not is_over and (event.is_published or event.is_postponed),
        "can_be_postponed": not is_over and event.is_published,
        "can_be_taken_back": not is_over and event.is_published and not counted.live,
        "can_be_deleted": event.is_draft and not event.published_at,
    }
    if not event.is_draft:
        context["tiles"] = _tiles(event, counted, access)
    return show_tab(request, event, "organise/event.html", context, tab="overview")


def _tiles(event: Event, people: numbers.Numbers, access: numbers.AccessNumbers) -> list[dict[str, Any]]:
    everyone = reverse("organise:registrations", args=[event.slug])
    coming = {"label": _("People coming"), "number": people.coming, "words": _of_places(event, people)}
    waiting = {
        "label": _("Waiting list"),
        "number": people.waiting,
        "words": ngettext("person", "people", people.waiting),
        "tone": "gold",
        "url": f"{everyone}?part=waiting" if people.waiting else "",
    }
    held = {
        "label": _("Held for now"),
        "number": people.held,
        "words": _("not confirmed or offered"),
        "tone": "sea",
        "url": f"{everyone}?part=to-confirm" if people.held else "",
    }
    return [coming, waiting, held, _access_tile(access)]


def _of_places(event: Event, people: numbers.Numbers) -> str:
    if event.capacity is None:
        return _("no limit")
    places = ngettext("of %(all)s place", "of %(all)s places", event.capacity) % {"all": event.capacity}
    if event.counts_volunteers or not people.volunteers:
        return places
    more = _("%(places)s, and %(number)s for hosts and helpers")
    return more % {"places": places, "number": people.volunteers}


def _access_tile(access: numbers.AccessNumbers) -> dict[str, Any]:
    """The number of access needs, and only among enough people."""
    tile = {"label": _("Access still to arrange"), "tone": "clay"}
    if not access.is_told:
        return tile | {"number": "–", "words": _("shown from five people on")}
    words = ngettext("of %(all)s request", "of %(all)s requests", access.requests) % {"all": access.requests}
    return tile | {"number": access.still_open, "words": words}
