"""Whether somebody can register for an event now, and what stands in the way: asked by every page that shows one."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import now as current_time
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Event
from events.models.registration import Places


class Badge(NamedTuple):
    """A few words beside a title; `tone` as in templates/components/tag.html."""

    text: str
    tone: str


BADGES = {
    "cancelled": (_("Cancelled"), "clay"),
    "no_registration": (_("No booking needed"), "sea"),
    "not_yet": (_("Registration opens later"), "sea"),
    "closed": (_("Registration closed"), "plain"),
    "unlimited": (_("Room for everyone"), "moss"),
    "queue": (_("Waiting list open"), "gold"),
    "full": (_("Full"), "clay"),
}


@dataclass(frozen=True)
class Availability:
    """`state` is the reason of Event.registration_closed_because(); while there is none, it is "unlimited", "places",
    "queue" (newcomers wait) or "full" (and nobody keeps a list)."""

    state: str
    capacity: int | None = None
    taken: int = 0
    waiting: int = 0

    @classmethod
    def of(cls, event: Event, places: Places, now: datetime | None = None) -> "Availability":
        reason = event.registration_closed_because(now or current_time())
        return cls(reason or _room(event, places), event.capacity, *places)

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
        if self.state == "places":
            words = ngettext("%(left)s place left", "%(left)s places left", self.left)
            return Badge(words % {"left": self.left}, "moss")
        text, tone = BADGES.get(self.state, ("", ""))
        return Badge(str(text), tone) if text else None


def _room(event: Event, places: Places) -> str:
    if event.capacity is None:
        return "unlimited"
    if places.take_a_newcomer(event.capacity):
        return "places"
    return "queue" if event.has_waiting_list else "full"
