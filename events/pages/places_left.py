"""The places left on a page that is kept whole: while there are some their numbers stand in gaps, which are filled when
somebody registers or leaves, without the page being written anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from events.actions import places
from events.models import Closed, Event
from events.models.places import Places, Pots
from events.pages.availability import Availability, Badge, Share, closed_because
from kit import reading

# Of Unicode's private use: no keyboard has them, and whoever pastes one sees a number there.
TAKEN, PERCENT, WORDS = "\ue000taken\ue001", "\ue000percent\ue001", "\ue000left\ue001"


@dataclass(frozen=True)
class WithPlaces:
    """As Availability of an event that has places for everyone, as far as it is the same however many these are."""

    capacity: int | None
    badge: Badge
    taken: str = TAKEN
    percent_taken: str = PERCENT
    reason: Closed | None = None
    is_open: bool = True
    has_places: bool = True
    is_unlimited: bool = False
    newcomers_wait: bool = False
    is_given_at_confirming: bool = False
    shares: tuple[Share, ...] = ()


Room = Availability | WithPlaces
Numbers = Places | Pots


def in_gaps(event: Event, now: datetime, page: reading.Reading) -> Room:
    """As Availability.as_it_is, in one query, with gaps where that is enough for the page that is being written."""
    if event.has_quotas or "ordinary" in vars(event):  # which knows its numbers without asking
        return Availability.as_it_is(event, now)
    count, found, reason = places.Count([event]), list[Availability](), closed_because(event, now)

    def words_for(*rows: Any) -> reading.Words:
        # A page holds within its minute, and so does the reason.
        room = Availability.counted(event, count.of(*rows)[event.pk], now, reason)
        found[:] = [room]
        return _words(room)

    if not page.leave_gap(count.queries, words_for):
        return found[0]
    badge = found[0].badge
    return WithPlaces(event.capacity, badge._replace(text=WORDS) if badge else Badge(WORDS, ""))


def badges(events: Mapping[int, Event]) -> dict[int, Badge | None]:
    """What a list says of the places of each event, by its key, in one query, and two more where one has quotas; their
    words in gaps where the page is written to be kept. Nothing is counted where nobody can register."""
    page, now = reading.CURRENT.get(), timezone.now()
    reasons = {key: closed_because(event, now) for key, event in events.items()}
    closed = {key: Availability(reason).badge for key, reason in reasons.items() if reason}
    still_open = {key: event for key, event in events.items() if key not in closed}
    if not still_open:
        return closed
    if page:
        return closed | _in_gaps(still_open, now, page)
    return closed | _badges(still_open, places.of_events(still_open.values()), now, {})


def _in_gaps(events: Mapping[int, Event], now: datetime, page: reading.Reading) -> dict[int, Badge | None]:
    first, known = dict[int, Badge | None](), dict[int, tuple[Numbers, Badge | None]]()
    count = places.Count(events.values())

    def words_for(*rows: Any) -> reading.Words:
        found = _badges(events, count.of(*rows), now, known)
        if not first:
            first.update(found)
        if not all(_look_alike(badge, first[key]) for key, badge in found.items()):
            return None
        return {_mark(key): escape(badge.text) for key, badge in found.items() if badge}

    if not page.leave_gap(count.queries, words_for):
        return first
    return {key: badge and badge._replace(text=_mark(key)) for key, badge in first.items()}


def _badges(
    events: Mapping[int, Event],
    numbers: Mapping[int, Numbers],
    now: datetime,
    known: dict[int, tuple[Numbers, Badge | None]],
) -> dict[int, Badge | None]:
    """Of open events. `known`: what was found for which numbers before, so that where one of twenty changes those
    of the others stay."""
    found = dict[int, Badge | None]()
    for key, event in events.items():
        before = known.get(key)
        if before is None or before[0] != numbers[key]:
            room = Availability.counted(event, numbers[key], now, None)
            before = known[key] = numbers[key], room.badge
        found[key] = before[1]
    return found


def _look_alike(one: Badge | None, other: Badge | None) -> bool:
    """But for the words."""
    return one == other or bool(one and other and one[1:] == other[1:])


def _mark(key: int) -> str:
    return f"\ue000left {key}\ue001"


def _words(room: Availability) -> reading.Words:
    badge = room.badge if room.has_places and not room.is_given_at_confirming else None
    if not badge:
        return None
    return {TAKEN: str(room.taken), PERCENT: str(room.percent_taken), WORDS: escape(badge.text)}
