"""How many: what organisers see of an event at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.places import pots_of_events
from events.models import AccessNeed, AccessRequest, Event, Registration
from events.models.attendance import came
from events.models.places import Places, pots_of
from events.pages.availability import Share, shares_of
from kit.links import address_confirmed

State = Registration.State
# Fewer people than this, and a number about access would point at somebody.
ENOUGH_TO_HIDE_AMONG = 5


@dataclass(frozen=True)
class Numbers:
    """How many people there are, of whom it is still known who they are. `coming` have a place and a confirmed address;
    `held` is for those who still have to confirm or to answer; `asked` wait for somebody to agree; `came` went in by
    their link."""

    coming: int = 0
    held: int = 0
    in_line: int = 0
    asked: int = 0
    came: int = 0

    @property
    def live(self) -> int:
        return self.coming + self.held + self.in_line + self.asked


@dataclass(frozen=True)
class AccessNumbers:
    """How many requests for access there are, of how many people; `is_told` only where enough people are registered."""

    requests: int = 0
    still_open: int = 0
    is_told: bool = False


def numbers_of(event: Event) -> Numbers:
    """The numbers of one event. One query."""
    confirmed = address_confirmed()
    counted = event.registrations.not_erased().aggregate(
        coming=Count("pk", filter=Q(state=State.CONFIRMED) & confirmed),
        held=Count("pk", filter=Q(state=State.OFFERED) | (Q(state=State.CONFIRMED) & ~confirmed)),
        in_line=Count("pk", filter=Q(state=State.WAITING)),
        asked=Count("pk", filter=Q(state=State.HELD)),
        came=Count("pk", filter=~Q(state=State.CANCELLED) & Q(came())),
    )
    return Numbers(**counted)


def places_words(event: Event) -> str:
    """How many places of an event are taken and how many people wait, or had a place; "" where nobody needs one. One
    query, unless `with_places()` is there."""
    places = event.places()
    if event.is_past():
        had = had_a_place(places)
        return ngettext("%(number)s person had a place", "%(number)s people had a place", had) % {
            "number": had
        }
    if event.is_draft or not (event.takes_registrations or places.everyone):
        return ""
    waiting = [_("%(number)s waiting") % {"number": places.waiting}] if places.waiting else []
    return ", ".join([_taken_words(event, places), *_beside_words(places), *waiting])


def with_pots(events: Iterable[Any]) -> list[Any]:
    """The events, each with the pots that its places are given from. Two queries, where one has any."""
    found = list(events)
    pots = pots_of_events(event for event in found if event.has_quotas)
    for event in found:
        event.known_pots = pots.get(event.pk)
    return found


def shares_at(event: Event) -> tuple[Share, ...]:
    """How the places of each group stand at one event. Two queries, where it has any."""
    return shares_of(pots_of(event)) if event.has_quotas else ()


def shares_words(event: Any) -> str:
    """How many places of each group are taken, and how many people wait there; "" without any, and for an event that does
    not come from `with_pots`. No query."""
    if getattr(event, "known_pots", None) is None or event.is_draft or event.is_past():
        return ""
    return " · ".join(map(share_words, shares_of(event.known_pots)))


def share_words(share: Share) -> str:
    number = {"name": share.name, "taken": share.places.taken, "all": share.total}
    taken = _("%(name)s: %(taken)s") if share.total is None else _("%(name)s: %(taken)s of %(all)s")
    waiting = share.places.waiting
    waits = [ngettext("%(n)s waits", "%(n)s wait", waiting) % {"n": waiting}] if waiting else []
    return ", ".join([taken % number, *waits])


def had_a_place(places: Places) -> int:
    """How many people had a place at an event that is over: nobody who never confirmed their address."""
    return places.taken + places.beside - places.unconfirmed


def _taken_words(event: Event, places: Places) -> str:
    if event.capacity is None:
        words = ngettext("%(taken)s place taken", "%(taken)s places taken", places.taken)
    else:
        words = ngettext(
            "%(taken)s of %(all)s place taken", "%(taken)s of %(all)s places taken", event.capacity
        )
    return words % {"taken": places.taken, "all": event.capacity}


def _beside_words(places: Places) -> list[str]:
    return [_("%(number)s more for hosts and helpers") % {"number": places.beside}] if places.beside else []


def access_numbers_of(event: Event, *, live: int) -> AccessNumbers:
    """The requests for access of one event: counts and nothing else, whoever asks. One query."""
    return access_numbers({event.pk: live}).get(event.pk, AccessNumbers(is_told=live >= ENOUGH_TO_HIDE_AMONG))


def access_numbers(live_by_event: dict[int, int]) -> dict[int, AccessNumbers]:
    """The requests for access of those events that have any. One query for all."""
    told = [pk for pk, live in live_by_event.items() if live >= ENOUGH_TO_HIDE_AMONG]
    unanswered = Q(needs__state__in=set(AccessNeed.State) - set(AccessNeed.ANSWERED))
    rows = (
        AccessRequest.objects.open()
        .filter(registration__event__in=told)
        .values(event=F("registration__event"))
        .annotate(
            requests=Count("pk", distinct=True), still_open=Count("pk", distinct=True, filter=unanswered)
        )
    )
    return {row["event"]: AccessNumbers(row["requests"], row["still_open"], is_told=True) for row in rows}
