"""Counting places: of many events at once, of one, and of one as it would be with other numbers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Event, Registration
from events.models.event_rows import EventQuerySet
from events.models.registration import Places

# Written once: every list asks for it, and to write this query takes longer than to answer it.
COUNTED = Registration.objects.counted()


def of_events(event_ids: Iterable[int]) -> dict[int, Places]:
    """Of each of these events. One query."""
    ids = set(event_ids)
    counted = {event: Places(taken, waiting) for event, taken, waiting in COUNTED.filter(event__in=ids)}
    return {event: counted.get(event, Places()) for event in ids}


def with_places(events: EventQuerySet) -> Any:
    """The events with `taken` and `waiting` as columns, for a page that would not ask again."""
    of_event = Registration.objects.filter(event=OuterRef("pk")).counted()
    numbers = {name: Coalesce(Subquery(of_event.values(name)), 0) for name in Places._fields}
    return events.annotate(**numbers)


def free(event: Event) -> int | None:
    """How many places nobody holds; None when there is no limit. Never negative."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - event.registrations.places().taken)


def offers_with(event: Event, capacity: int | None) -> int:
    """How many of those who wait would be offered a place at once if the event had this many."""
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    waiting = event.registrations.in_the_queue().with_confirmed_address().count()
    if capacity is None:
        return waiting
    return max(0, min(waiting, capacity - event.registrations.places().taken))
