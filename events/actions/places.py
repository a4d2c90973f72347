"""Counting places and setting deadlines. Reads only; the writing is in events.actions.registrations."""

from datetime import datetime, timedelta

from django.utils import timezone

from events.models import Event, Registration

CONFIRM_WITHIN = timedelta(hours=24)
CONFIRM_AT_LEAST = timedelta(minutes=20)
ANSWER_WITHIN = timedelta(hours=48)
ANSWER_AT_LEAST = timedelta(minutes=30)


def lock(event: Event) -> Event:
    """The event, read again under its lock: two people racing for the last place take turns. On SQLite the
    transaction itself holds the lock (transaction_mode IMMEDIATE)."""
    return Event.objects.select_for_update().get(pk=event.pk)


def taken(event: Event) -> int:
    return event.registrations.holding_a_place().count()


def free(event: Event) -> int | None:
    """Places nobody holds; None when there is no limit. Never negative."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - taken(event))


def offers_with(event: Event, capacity: int | None) -> int:
    """How many of those who wait would be offered a place at once if the event had this many."""
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    waiting = event.registrations.in_the_queue().with_confirmed_address().count()
    return waiting if capacity is None else max(0, min(waiting, capacity - taken(event)))


def has_queue(event: Event) -> bool:
    return event.registrations.in_the_queue().exists()


def confirm_by(event: Event, now: datetime) -> datetime:
    """When an unconfirmed address loses its place: 24 hours, less when the event is near, never after its start
    unless it is about to begin."""
    return now + _share_of_time_left(event, now, CONFIRM_WITHIN, CONFIRM_AT_LEAST)


def offer_ends_at(event: Event, now: datetime) -> datetime:
    """48 hours to answer, half of what is left when the event is near."""
    return now + _share_of_time_left(event, now, ANSWER_WITHIN, ANSWER_AT_LEAST)


def _share_of_time_left(event: Event, now: datetime, usual: timedelta, least: timedelta) -> timedelta:
    if event.starts_at is None:
        return usual
    return max(least, min(usual, (event.starts_at - now) / 2))


def state_for_newcomer(event: Event) -> str:
    """While anyone waits a newcomer queues, even if a place is free this minute."""
    places = free(event)
    if places is None or (places > 0 and not has_queue(event)):
        return Registration.State.CONFIRMED
    return Registration.State.WAITING
