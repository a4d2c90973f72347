"""Whether somebody can register for an event now, and what stands in the way: asked by every page that shows one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import now as current_time
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event


class Badge(NamedTuple):
    """A few words beside a title; `tone` as in templates/components/tag.html."""

    text: str
    tone: str


@dataclass(frozen=True)
class Availability:
    """`state` is the reason of Event.registration_closed_because(); while there is none, it is "unlimited", "places",
    "queue" (newcomers wait) or "full" (and nobody keeps a list)."""

    state: str
    capacity: int | None = None
    taken: int = 0
    waiting: int = 0

    @classmethod
    def of(cls, event: Event, *, taken: int, waiting: int, now: datetime | None = None) -> "Availability":
        reason = event.registration_closed_because(now or current_time())
        return cls(reason or _room(event, taken, waiting), event.capacity, taken, waiting)

    @property
    def is_open(self) -> bool:
        """Whether the page with the form would take somebody in, to a place or to the waiting list."""
        return self.state in {"unlimited", "places", "queue"}

    @property
    def left(self) -> int:
        return max(0, (self.capacity or 0) - self.taken)

    @property
    def percent_taken(self) -> int:
        return min(100, round(100 * self.taken / self.capacity)) if self.capacity else 100

    @property
    def badge(self) -> Badge | None:
        """None for what is past: there is nothing to be had."""
        badges = {
            "cancelled": Badge(_("Cancelled"), "clay"),
            "no_registration": Badge(_("No booking needed"), "sea"),
            "not_yet": Badge(_("Registration opens later"), "sea"),
            "closed": Badge(_("Registration closed"), "plain"),
            "unlimited": Badge(_("Room for everyone"), "moss"),
            "places": Badge(self._left_words(), "moss"),
            "queue": Badge(_("Waiting list open"), "gold"),
            "full": Badge(_("Full"), "clay"),
        }
        return badges.get(self.state)

    def _left_words(self) -> str:
        return ngettext("%(left)s place left", "%(left)s places left", self.left) % {"left": self.left}


def counts_for(event_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many places are taken, and how many people wait, at each of these events. One query."""
    rows = Event.objects.filter(pk__in=set(event_ids)).with_places_taken()
    return {pk: (taken, waiting) for pk, taken, waiting in rows.values_list("pk", "taken", "waiting")}


def _room(event: Event, taken: int, waiting: int) -> str:
    if event.capacity is None:
        return "unlimited"
    # As events.actions.places decides: while anyone waits a newcomer queues, even if a place is free.
    if taken < event.capacity and not waiting:
        return "places"
    return "queue" if event.has_waiting_list else "full"
