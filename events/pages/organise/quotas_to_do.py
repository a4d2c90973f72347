"""Unused places of one group while people of another wait: organisers may share them, if no day for it is set."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from events.models import Event
from events.models.places import Pots, pots_of
from events.pages.organise.to_do import ToDo, ToDos


def of_upcoming(upcoming: Iterable[Any]) -> ToDos:
    """At events that come from numbers.with_pots. No query."""
    return {event.pk: _unused(event, event.known_pots) for event in upcoming if event.known_pots}


def for_event(event: Event) -> list[ToDo]:
    """Two queries, where it has groups of places."""
    return _unused(event, pots_of(event)) if event.has_quotas else []


def _unused(event: Event, pots: Pots) -> list[ToDo]:
    waiting = pots.places.in_line
    is_left_to_them = (
        event.is_published and not event.pooled_at and not event.pool_at and not event.has_begun()
    )
    if not is_left_to_them or not waiting or pots.capacity is None or pots.places.taken >= pots.capacity:
        return []
    words = ngettext("Share unused places? %(number)s waits", "Share unused places? %(number)s wait", waiting)
    return [ToDo(words % {"number": waiting}, reverse("organise:places_sharing", args=[event.slug]))]
