"""Counting places: of many events at once, of one, and of one as it would be with other numbers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Event, Registration
from events.models.event import EventQuerySet
from events.models.places import Places
from events.models.registration import COUNTED, as_counted_by, of_every_event

# Written once, as of_every_event.
OF_EACH_EVENT = Registration.objects.filter(event=OuterRef("pk")).counted()
AS_COLUMNS = {name: Coalesce(Subquery(OF_EACH_EVENT.values(name)), 0) for name in COUNTED}


def of_events(events: Iterable[Event]) -> dict[int, Places]:
    """Of each of these events. One query."""
    by_key = {event.pk: event for event in events}
    counted = {key: numbers for key, *numbers in of_every_event().filter(event__in=by_key)}
    return {key: as_counted_by(event, *counted.get(key, ())) for key, event in by_key.items()}


def with_places(events: EventQuerySet) -> Any:
    """The events with what Event.places needs as columns, for a page that would not ask again."""
    return events.annotate(**AS_COLUMNS)


def free(event: Event) -> int | None:
    """How many places nobody holds; None when there is no limit. Never negative."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - event.places().taken)


def left_for(registration: Registration) -> int | None:
    """How many places there are for somebody who waits, once they confirm their address: none while somebody with a
    confirmed one waits. None for whoever does not wait; they have a place, or had one."""
    event = registration.event
    if not registration.is_waiting or event.capacity is None:
        return None
    places = event.places()
    return 0 if places.in_line else max(0, event.capacity - places.taken)


def offers_at(event: Event) -> int:
    """How many of those who wait would be offered a place at once if the event were saved as it is here."""
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    waiting = event.registrations.in_the_queue().with_confirmed_address().count()
    number = free(event)
    return waiting if number is None else min(waiting, number)
