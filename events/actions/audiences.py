"""Whom organisers can write to together: people by what they do at an event, never by what they need.

Everyone who is written to has a registration: whoever hosts or helps has a place by it. What people of the apps above do
is contributed by allyhub/joins.py (AUDIENCES).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from events.models.quota import Way
from kit.joins import joins

State = Registration.State
WAITING_FOR_A_PLACE = (State.WAITING, State.OFFERED)
AFTER_THE_EVENT = _("After the event")
# Of those who are coming.
WAYS = (
    ("in-person", _("Everyone who comes in person"), Way.IN_PERSON),
    ("online", _("Everyone who comes online"), Way.ONLINE),
    ("either-way", _("Everyone who has not said how they come"), ""),
)
NOT_KNOWN = _("Not known: nobody counts at the door")


@dataclass(frozen=True)
class Audience:
    """Some people of an event, by the keys of their registrations. `closed`: why nobody can choose it now, in words."""

    code: str
    words: str | Promise
    people: frozenset[int]
    closed: str | Promise = ""


def of_event(event: Event, registration: int | None = None) -> list[Audience]:
    """All audiences of an event, whether or not somebody is in them; with `registration` as far as this one is."""
    return list(chain.from_iterable(found(event, registration) for found in joins.AUDIENCES))


def people(audiences: Iterable[Audience], codes: Iterable[str]) -> frozenset[int]:
    """Whoever is in one of those that can be chosen, once."""
    chosen = frozenset(codes)
    named = (one.people for one in audiences if one.code in chosen and not one.closed)
    return frozenset[int]().union(*named)


def registered(event: Event, registration: int | None = None) -> Iterator[Audience]:
    """By how it stands with a place. One query, and one where it is asked who came."""
    rows = list(written_to(event, registration).values_list("pk", "state", "joined_at", "way"))
    coming = frozenset(pk for pk, state, *_more in rows if state == State.CONFIRMED)
    came = frozenset(pk for pk, _state, joined_at, _way in rows if joined_at) & coming
    waiting = frozenset(pk for pk, state, *_more in rows if state in WAITING_FOR_A_PLACE)
    unknown = _why_nobody_knows_who_came(event)
    yield Audience("coming", _("Everyone who is coming"), coming)
    for code, words, way in WAYS if event.has_two_ways else ():
        yield Audience(code, words, frozenset(pk for pk, *_more, its_way in rows if its_way == way) & coming)
    yield Audience("waiting", _("Everyone who is waiting for a place"), waiting)
    yield Audience("came", _("People who came"), came, unknown)
    yield Audience("missed", _("People who did not come"), coming - came, unknown)


def written_to(event: Event, registration: int | None = None) -> Any:
    """Whoever may be written to: nobody whose address nobody confirmed, or about whom somebody decides."""
    rows = event.registrations.live().with_confirmed_address().not_erased().exclude(state=State.HELD)
    return rows if registration is None else rows.filter(pk=registration)


def _why_nobody_knows_who_came(event: Event) -> str | Promise:
    """Only the door of a meeting online counts who goes through it."""
    if not event.is_past(timezone.now()):
        return AFTER_THE_EVENT
    through_the_door = event.registrations.filter(joined_at__isnull=False)
    is_counted = event.format == Event.Format.ONLINE and through_the_door.exists()
    return "" if is_counted else NOT_KNOWN
