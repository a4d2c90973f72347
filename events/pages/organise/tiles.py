"""The numbers on top of an event's page for its organisers. Who has a place, who waits and who waits for somebody to
agree are together the people that the tab and the list count; each tile says what it counts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.models.places import Places
from events.pages.organise.numbers import AccessNumbers, Numbers, had_a_place

Tile = dict[str, Any]


def tiles_of(event: Event, people: Numbers, access: AccessNumbers) -> list[Tile]:
    """One query."""
    places = event.places()
    if event.is_past():
        return [_had_a_place(places), *_came(event, people), *_in_vain(event, people)]
    return [
        _taken(event, places),
        *_asked(event, people),
        _waiting(event, people),
        _held(event, people),
        _access(access),
    ]


def told_us(event: Event, shown: int) -> Tile:
    """How many people's feedback can be read."""
    words = ngettext("person answered", "people answered", shown)
    url = reverse("organise:feedback", args=[event.slug])
    return {"label": _("How it was"), "number": shown, "words": words, "tone": "sea", "url": url}


def _taken(event: Event, places: Places) -> Tile:
    words = _of_places(event)
    if places.beside:
        more = _("%(places)s, and %(number)s more for hosts and helpers")
        words = more % {"places": words, "number": places.beside}
    return {"label": _("Places taken"), "number": places.taken, "words": words}


def _of_places(event: Event) -> str:
    if event.capacity is None:
        return _("no limit")
    return ngettext("of %(all)s place", "of %(all)s places", event.capacity) % {"all": event.capacity}


def _waiting(event: Event, people: Numbers) -> Tile:
    return {
        "label": _("Waiting list"),
        "number": people.in_line,
        "words": ngettext("person", "people", people.in_line),
        "tone": "gold",
        "url": _list_of(event, "waiting") if people.in_line else "",
    }


def _held(event: Event, people: Numbers) -> Tile:
    return {
        "label": _("Of the places, held for now"),
        "number": people.held,
        "words": _("not confirmed or offered"),
        "tone": "sea",
        "url": _list_of(event, "to-confirm") if people.held else "",
    }


def _asked(event: Event, people: Numbers) -> list[Tile]:
    if not people.asked:
        return []
    if event.is_past():
        words = ngettext("that nobody agreed to", "that nobody agreed to", people.asked)
    else:
        words = ngettext("waits for somebody to agree", "wait for somebody to agree", people.asked)
    url = _list_of(event, "asked")
    return [
        {"label": _("Requests"), "number": people.asked, "words": words, "tone": "clay", "url": url},
    ]


def _access(access: AccessNumbers) -> Tile:
    """The number of access needs, and only among enough people."""
    tile = {"label": _("Access still to arrange"), "tone": "clay"}
    if not access.is_told:
        return tile | {"number": "–", "words": _("shown from five people on")}
    words = ngettext("of %(all)s request", "of %(all)s requests", access.requests) % {"all": access.requests}
    return tile | {"number": access.still_open, "words": words}


def _had_a_place(places: Places) -> Tile:
    had = had_a_place(places)
    return {"label": _("Had a place"), "number": had, "words": ngettext("person", "people", had)}


def _in_vain(event: Event, people: Numbers) -> list[Tile]:
    """Of the people who are counted beside, for as long as it is known who they were."""
    words = ngettext("person, and no place came free", "people, and no place came free", people.in_line)
    waited = _waiting(event, people) | {"words": words}
    never = _held(event, people) | {
        "label": _("Never confirmed"),
        "words": ngettext("person", "people", people.held),
    }
    return [*([waited] if people.in_line else []), *_asked(event, people), *([never] if people.held else [])]


def _came(event: Event, people: Numbers) -> list[Tile]:
    """Only where somebody noted it: the door, organisers, or the person."""
    if not people.came:
        return []
    words = ngettext("person", "people", people.came)
    url = _list_of(event, "came")
    return [
        {
            "label": _("Were there"),
            "number": people.came,
            "words": words,
            "tone": "moss",
            "url": url,
        }
    ]


def _list_of(event: Event, part: str) -> str:
    return f"{reverse('organise:registrations', args=[event.slug])}?part={part}"
