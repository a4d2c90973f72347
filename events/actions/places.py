"""Counting places: of many events at once, of one, and of one as it would be with other numbers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Event, Quota, Registration
from events.models.event import EventQuerySet, take_a_newcomer
from events.models.places import NO_QUOTA, Pair, Places, Pots, pots_of
from events.models.registration import COUNTED, as_counted_by, of_every_event

# Written once, as of_every_event.
OF_EACH_EVENT = Registration.objects.filter(event=OuterRef("pk")).counted()
AS_COLUMNS = {name: Coalesce(Subquery(OF_EACH_EVENT.values(name)), 0) for name in COUNTED}


def of_events(events: Iterable[Event]) -> dict[int, Places | Pots]:
    """Of each of these events; the pots of those with quotas. One query, and two more where one has any."""
    count = Count(events)
    return count.of(*count.queries)


def pots_of_events(events: Iterable[Event]) -> dict[int, Pots]:
    """Of each of these events with quotas. Two queries."""
    with_quotas = list(events)
    return Count(with_quotas).pots_of(by_pair(with_quotas)) if with_quotas else {}


class Count:
    """The queries that count the places of some events, and what their rows mean. One query to make it where one of them
    has quotas."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = {event.pk: event for event in events}
        self.quotas: dict[int, dict[int, Quota]] = {e.pk: {} for e in self.events.values() if e.has_quotas}
        for quota in Quota.objects.filter(event__in=self.quotas) if self.quotas else ():
            self.quotas[quota.event_id][quota.pk] = quota

    @property
    def queries(self) -> list[Any]:
        """One; another one where an event has quotas."""
        in_all = of_every_event().filter(event__in=self.events)
        return [in_all, by_pair(self.quotas)] if self.quotas else [in_all]

    def of(self, in_all: Iterable[Any], pairs: Iterable[Any] = ()) -> dict[int, Places | Pots]:
        """Of each event; the pots of those with quotas."""
        counted = {key: numbers for key, *numbers in in_all}
        places = {key: as_counted_by(event, *counted.get(key, ())) for key, event in self.events.items()}
        return places | self.pots_of(pairs)

    def pots_of(self, pairs: Iterable[Any]) -> dict[int, Pots]:
        counted: dict[int, dict[Pair, Places]] = {key: {} for key in self.quotas}
        for key, quota, way, *numbers in pairs:
            counted[key][Pair(quota, way)] = as_counted_by(self.events[key], *numbers)
        events = ((key, self.events[key], quotas) for key, quotas in self.quotas.items())
        return {
            key: Pots(event.capacity, quotas, counted[key], is_pooled=event.pooled_at is not None)
            for key, event, quotas in events
        }


def by_pair(events: Iterable[Any]) -> Any:
    """(event, quota, way, COUNTED), a row a pair."""
    return Registration.objects.filter(event__in=events).counted("quota", "way")


def with_places(events: EventQuerySet) -> Any:
    """The events with what Event.places needs as columns, for a page that would not ask again."""
    return events.annotate(**AS_COLUMNS)


def free(event: Event, pair: Pair = NO_QUOTA) -> int | None:
    """How many places nobody holds that somebody of this pair can have; None when there is no limit. Never negative."""
    if event.capacity is None and not event.has_quotas:
        return None
    return event.pot(pair).free


def is_full(event: Event) -> bool:
    """Whether the next to come gets no place, of whatever group they are."""
    if not event.has_quotas:
        return not event.has_place_for_newcomer()
    pots = pots_of(event)
    return not any(take_a_newcomer(*pots.of(quota.pair)) for quota in pots.quotas.values())


def next_in_line(event: Event, pots: Pots | None = None) -> list[Registration]:
    """Those who wait for whom a place is free, in the order in which they came. The only answer to whom a place goes:
    nobody has one offered before their address is confirmed, it might be a stranger's. With other `pots` than the
    event's: to whom it would go."""
    queue = event.registrations.in_the_queue().with_confirmed_address()
    if pots or event.has_quotas:
        return _next_of_each_line(pots or pots_of(event), queue)
    number = free(event)
    return list(queue if number is None else queue[:number])


def is_first(event: Event, registration: Registration) -> bool:
    """Whether a place is free for somebody who waits, and nobody in their line waits longer."""
    given = next_in_line(event)
    if event.has_quotas:
        line = pots_of(event).name_of
        given = [other for other in given if line(other.pair) == line(registration.pair)]
    return given[:1] == [registration]


def _next_of_each_line(pots: Pots, queue: Iterable[Registration]) -> list[Registration]:
    """As many of each line as its pot has places, and of all lines as there are in all."""
    given = list[Registration]()
    for registration in queue:
        number = pots.of(registration.pair).free
        if number is None or number > 0:
            given.append(registration)
            pots.take(registration.pair)
    return given


def left_for(registration: Registration) -> int | None:
    """How many places there are for somebody who waits, once they confirm their address: none while somebody with a
    confirmed one waits. None for whoever does not wait; they have a place, or had one."""
    event = registration.event
    if not registration.is_waiting:
        return None
    pot = event.pot(registration.pair)
    return 0 if pot.places.in_line else pot.free


def offers_at(event: Event, pots: Pots | None = None) -> int:
    """How many of those who wait would be offered a place at once if the event were saved as it is here, or had these
    pots."""
    now = timezone.now()
    if not event.is_published or event.starts_at is None or event.starts_at <= now:
        return 0
    return len(next_in_line(event, pots))
