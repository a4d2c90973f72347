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
from events.pages.availability import Availability, Badge, Share
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
Numbers = Mapping[int, Places | Pots]
# The numbers of each event when its words were last made: where one of twenty changes, those of the others stay.
Known = dict[int, tuple[Places | Pots, Badge | None]]


def in_gaps(event: Event, now: datetime, page: reading.Reading) -> Room:
    """As Availability.as_it_is, in one query, with gaps where that is enough for the page that is being written."""
    if event.has_quotas or "ordinary" in vars(event):  # which knows its numbers without asking
        return Availability.as_it_is(event, now)
    count, found = places.Count([event]), list[Availability]()

    def words_for(*rows: Any) -> reading.Words:
        found[:] = [Availability.of(event, count.of(*rows)[event.pk], timezone.now())]
        return _words(found[0])

    if not page.leave_gap(count.queries, words_for):
        return found[0]
    badge = found[0].badge
    return WithPlaces(event.capacity, badge._replace(text=WORDS) if badge else Badge(WORDS, ""))


def badges(events: Mapping[int, Event]) -> dict[int, Badge | None]:
    """What a list says of the places of each event, by its key, in one query, and two more where one has quotas; their
    words in gaps where the page is written to be kept."""
    page, first = reading.CURRENT.get(), dict[int, Badge | None]()
    known: Known = {}
    count = places.Count(events.values())
    if page is None:
        return _badges(events, count.of(*count.queries), known)

    def words_for(*rows: Any) -> reading.Words:
        now = _badges(events, count.of(*rows), known)
        if not first:
            first.update(now)
        if _tones(now) != _tones(first):
            return None
        return {_mark(key): escape(badge.text) for key, badge in now.items() if badge}

    if not page.leave_gap(count.queries, words_for):
        return first
    return {key: badge and badge._replace(text=_mark(key)) for key, badge in first.items()}


def _badges(events: Mapping[int, Event], numbers: Numbers, known: Known) -> dict[int, Badge | None]:
    for key, event in events.items():
        if key not in known or known[key][0] != numbers[key]:
            known[key] = numbers[key], Availability.of(event, numbers[key]).badge
    return {key: known[key][1] for key in events}


def _tones(badges: Mapping[int, Badge | None]) -> dict[int, Badge | None]:
    """What lines show of them beside their words."""
    return {key: badge and badge._replace(text="") for key, badge in badges.items()}


def _mark(key: int) -> str:
    return f"\ue000left {key}\ue001"


def _words(room: Availability) -> reading.Words:
    if not room.has_places or not room.badge or room.is_given_at_confirming:
        return None
    return {TAKEN: str(room.taken), PERCENT: str(room.percent_taken), WORDS: escape(room.badge.text)}
