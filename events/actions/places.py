"""Counting places and setting deadlines. Reads only; the writing is in events.actions.registrations."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Event, Registration
from events.models.event import EventQuerySet
from events.models.registration import Places

CONFIRM_WITHIN = timedelta(hours=24)
# Some servers let a stranger's first mail wait for a quarter of an hour (greylisting).
CONFIRM_AT_LEAST = timedelta(minutes=20)
ANSWER_WITHIN = timedelta(hours=48)
ANSWER_AT_LEAST = timedelta(minutes=30)
# Written once: every list asks for it, and to write this query takes longer than to answer it.
COUNTED = Registration.objects.counted()


def lock(event: Event) -> Event:
    """The event, read again under its lock: two people racing for the last place take turns."""
    # On SQLite the transaction itself holds the lock (transaction_mode IMMEDIATE).
    return Event.objects.select_for_update().get(pk=event.pk)


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


def confirm_by(event: Event, now: datetime) -> datetime:
    """When an unconfirmed address loses its place: 24 hours, less when the event is near, never after its start
    unless it is about to begin."""
    return now + _share_of_time_left(event, now, CONFIRM_WITHIN, CONFIRM_AT_LEAST)


def offer_ends_at(event: Event, now: datetime) -> datetime:
    """Until when an offer can be answered: 48 hours, half of what is left when the event is near."""
    return now + _share_of_time_left(event, now, ANSWER_WITHIN, ANSWER_AT_LEAST)


def _share_of_time_left(event: Event, now: datetime, usual: timedelta, least: timedelta) -> timedelta:
    if event.starts_at is None:
        return usual
    return max(least, min(usual, (event.starts_at - now) / 2))


def state_for_newcomer(event: Event) -> str:
    if event.capacity is None or event.registrations.places().take_a_newcomer(event.capacity):
        return Registration.State.CONFIRMED
    return Registration.State.WAITING
