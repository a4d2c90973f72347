"""Whom organisers can write to together: people by what they do at an event, never by what they need.

Everyone who is written to has a registration: whoever hosts or helps has a place by it. What people of the apps above do
is contributed by allyhub/joins.py (AUDIENCES).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.actions.listed import chosen
from events.models import Attendance, Event, Registration
from events.models.attendance import counted_dates
from events.models.quota import Way
from kit.joins import joins
from kit.times import day_words

State = Registration.State
WAITING_FOR_A_PLACE = (State.WAITING, State.OFFERED)
AFTER_THE_EVENT = _("After the event")
NOT_KNOWN = _("Not known: nobody noted who was there")
# Of those who are coming.
WAYS = (
    ("in-person", _("Everyone who comes in person"), Way.IN_PERSON),
    ("online", _("Everyone who comes online"), Way.ONLINE),
    ("either-way", _("Everyone who has not said how they come"), ""),
)


@dataclass(frozen=True)
class Audience:
    """Some people of an event, by the keys of their registrations. `closed`: why nobody can choose it now, in words."""

    code: str
    words: str | Promise
    people: frozenset[int]
    closed: str | Promise = ""


class Everyone:
    """Whoever may be written to at an event; with `only`, the key of a registration, as far as that is one of them.
    Read once, for all who ask. One query."""

    def __init__(self, event: Event, only: int | None = None) -> None:
        self.event, self.only = event, only
        self._rows = list(written_to(event, only).values_list("pk", "state", "way"))

    @cached_property
    def all(self) -> frozenset[int]:
        return frozenset(pk for pk, _state, _way in self._rows)

    @cached_property
    def coming(self) -> frozenset[int]:
        return self.in_state(State.CONFIRMED)

    def in_state(self, *states: str) -> frozenset[int]:
        wanted = frozenset(states)
        return frozenset(pk for pk, state, _way in self._rows if state in wanted)

    def by_way(self, way: str) -> frozenset[int]:
        return frozenset(pk for pk, _state, own in self._rows if own == way)


def of_event(event: Event, registration: int | None = None, quotas: Collection[int] = ()) -> list[Audience]:
    """All audiences of an event, whether or not somebody is in them; with `registration` as far as this one is, with
    `quotas` as far as people of these are, for a query more."""
    everyone = Everyone(event, registration)
    found = list(chain.from_iterable(audiences(everyone) for audiences in joins.AUDIENCES))
    if not quotas:
        return found
    own = frozenset(written_to(event, registration, quotas).values_list("pk", flat=True))
    return [replace(one, people=one.people & own) for one in found]


def listed(
    event: Event, codes: Iterable[str], registration: int | None = None, quotas: Collection[int] = ()
) -> list[Audience]:
    """Those among `codes` that are a choice of the list of people, or single ones. A query each."""
    rows = written_to(event, registration, quotas)
    return [
        Audience(code, found[0], frozenset(rows.filter(found[1]).values_list("pk", flat=True)))
        for code in codes
        if (found := chosen(event, code, quotas))
    ]


def people(audiences: Iterable[Audience], codes: Iterable[str]) -> frozenset[int]:
    """Whoever is in one of those that can be chosen, once."""
    chosen = frozenset(codes)
    named = (one.people for one in audiences if one.code in chosen and not one.closed)
    return frozenset[int]().union(*named)


def registered(everyone: Everyone) -> Iterator[Audience]:
    """By how it stands with a place, and how people come."""
    yield Audience("coming", _("Everyone who is coming"), everyone.coming)
    for code, words, way in WAYS if everyone.event.has_two_ways else ():
        yield Audience(code, words, everyone.by_way(way) & everyone.coming)
    yield Audience(
        "waiting", _("Everyone who is waiting for a place"), everyone.in_state(*WAITING_FOR_A_PLACE)
    )


def written_to(event: Event, registration: int | None = None, quotas: Collection[int] = ()) -> Any:
    """Whoever may be written to: nobody whose address nobody confirmed, or about whom somebody decides."""
    rows = event.registrations.live().with_confirmed_address().not_erased().exclude(state=State.HELD)
    rows = rows.filter(quota__in=quotas) if quotas else rows
    return rows if registration is None else rows.filter(pk=registration)


def who_came(everyone: Everyone) -> Iterator[Audience]:
    """By who was there: at any of the dates, and where there are several also at each that is over. Three queries."""
    event, coming = everyone.event, everyone.coming
    there = set(
        Attendance.objects.there().filter(session__event=event).values_list("registration", "session")
    )
    dates, counted, now = list(event.sessions.all()), counted_dates(event), timezone.now()
    closed = _closed(event.is_past(now), bool(counted), AFTER_THE_EVENT)
    came = coming & {who for who, _date in there}
    yield Audience("came", _("People who came"), came, closed)
    yield Audience("missed", _("People who did not come"), coming - came, closed)
    for date in [date for date in dates if date.is_over(now)] if len(dates) > 1 else ():
        day = {"day": day_words(date.starts_at, event.time_zone, year=False)}
        closed = "" if date.pk in counted else NOT_KNOWN
        came = coming & {who for who, where in there if where == date.pk}
        yield Audience(f"came-{date.number}", _("People who came on %(day)s") % day, came, closed)
        missed = _("People who did not come on %(day)s") % day
        yield Audience(f"missed-{date.number}", missed, coming - came, closed)


def _closed(is_over: bool, is_counted: bool, not_yet: str | Promise) -> str | Promise:
    if not is_over:
        return not_yet
    return "" if is_counted else NOT_KNOWN
