"""Whether somebody can register for an event now, and what stands in the way: asked by every page that shows one."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import now as current_time
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Closed, Event
from events.models.event import hold_one_more, take_a_newcomer
from events.models.places import Places


class Badge(NamedTuple):
    """A few words beside a title; `tone` as in templates/components/tag.html. That an event is called off (`is_off`) is
    part of its heading, for those who go from heading to heading."""

    text: str
    tone: str
    is_off: bool = False


CALLED_OFF = {Closed.CANCELLED, Closed.POSTPONED}
CLOSED = {
    Closed.CANCELLED: (gettext_lazy("Cancelled"), "clay"),
    Closed.POSTPONED: (gettext_lazy("Postponed"), "clay"),
    Closed.NOT_OFFERED: (gettext_lazy("No booking needed"), "sea"),
    Closed.NOT_YET: (gettext_lazy("Registration opens later"), "sea"),
    Closed.TOO_LATE: (gettext_lazy("Registration closed"), "plain"),
    Closed.FULL: (gettext_lazy("Full"), "clay"),
}


@dataclass(frozen=True)
class Availability:
    """`reason` says why nobody can register: as of Event.registration_closed_because(), or FULL where nobody can wait.
    While there is none it is unlimited, has places, or newcomers wait."""

    reason: Closed | None
    capacity: int | None = None
    taken: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    in_line: int = 0

    @classmethod
    def of(cls, event: Event, places: Places, now: datetime | None = None) -> "Availability":
        now = now or current_time()
        reason, (taken, waiting, _beside, unconfirmed, in_line) = (
            event.registration_closed_because(now),
            places,
        )
        room = cls(reason, event.capacity, taken, waiting, unconfirmed, in_line)
        is_full = room.newcomers_wait and not event.takes_people_who_wait(now)
        return replace(room, reason=Closed.FULL) if is_full else room

    @property
    def is_open(self) -> bool:
        """Whether the page with the form would take somebody in, to a place or to the waiting list."""
        return self.reason is None

    @property
    def is_unlimited(self) -> bool:
        return self.is_open and self.capacity is None

    @property
    def has_places(self) -> bool:
        return self.is_open and not self.is_unlimited and take_a_newcomer(self._places, self.capacity)

    @property
    def is_given_at_confirming(self) -> bool:
        """Whether there are places, and none is held any more until its address is confirmed."""
        return self.has_places and not hold_one_more(self._places, self.capacity)

    @property
    def newcomers_wait(self) -> bool:
        return self.is_open and not self.is_unlimited and not self.has_places

    @property
    def _places(self) -> Places:
        return Places(self.taken, self.waiting, unconfirmed=self.unconfirmed, in_line=self.in_line)

    @property
    def left(self) -> int:
        return max(0, (self.capacity or 0) - self.taken)

    @property
    def percent_taken(self) -> int:
        return min(100, round(100 * self.taken / self.capacity)) if self.capacity else 100

    @property
    def badge(self) -> Badge | None:
        """The words beside the title; None for what is over: there is nothing to be had."""
        if self.reason:
            text, tone = CLOSED.get(self.reason, ("", ""))
            return Badge(str(text), tone, self.reason in CALLED_OFF) if text else None
        if self.has_places:
            words = ngettext("%(left)s place left", "%(left)s places left", self.left)
            return Badge(words % {"left": self.left}, "moss")
        if self.newcomers_wait:
            return Badge(_("Waiting list open"), "gold")
        return Badge(_("Room for everyone"), "moss")
