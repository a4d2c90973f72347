"""Whether somebody can register for an event now, and what stands in the way: asked by every page that shows one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.timezone import now as current_time
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.line_words import name_of_line
from events.models import Closed, Event
from events.models.event import hold_one_more, take_a_newcomer
from events.models.places import Pair, Places, Pots, pots_of
from events.pages.closed import quota_notice


class Badge(NamedTuple):
    """A few words beside a title; `tone` as in templates/components/tag.html. That an event is called off (`is_off`) is
    part of its heading, for those who go from heading to heading."""

    text: str
    tone: str
    is_off: bool = False


class Share(NamedTuple):
    """Places that are kept for some: for whom, how they stand, and how many there are; None without a limit. `limit` is
    less than `total` where others have more than theirs. `closed`: why nobody can have one now, with the words for it."""

    name: str
    places: Places
    limit: int | None
    total: int | None
    closed: Closed | None = None
    closed_words: str = ""

    @property
    def has_places(self) -> bool:
        return not self.closed and take_a_newcomer(self.places, self.limit)

    @property
    def left(self) -> int:
        return max(0, (self.limit or 0) - self.places.taken)

    @property
    def percent_taken(self) -> int:
        return percent(self.places.taken, self.total)

    @property
    def words(self) -> str:
        """What somebody finds there who comes now."""
        if self.closed:
            return self.closed_words
        if self.limit is None:
            return _("There is room for everyone")
        if self.has_places:
            return ngettext("%(left)s place free", "%(left)s places free", self.left) % {"left": self.left}
        waiting = self.places.waiting
        if not waiting:
            return _("Full")
        if self.left:
            words = ngettext(
                "Free places go first to %(n)s person who waits",
                "Free places go first to %(n)s people who wait",
                waiting,
            )
        else:
            words = ngettext("Full. %(n)s person is waiting", "Full. %(n)s people are waiting", waiting)
        return words % {"n": waiting}


CALLED_OFF = {Closed.CANCELLED, Closed.POSTPONED}
CLOSED = {
    Closed.CANCELLED: (gettext_lazy("Cancelled"), "clay"),
    Closed.POSTPONED: (gettext_lazy("Postponed"), "clay"),
    Closed.NOT_OFFERED: (gettext_lazy("No booking needed"), "sea"),
    Closed.NOT_YET: (gettext_lazy("Registration opens later"), "sea"),
    Closed.TOO_LATE: (gettext_lazy("Registration closed"), "plain"),
    Closed.FULL: (gettext_lazy("Full"), "clay"),
    Closed.INVITED: (gettext_lazy("By invitation"), "sea"),
}


@dataclass(frozen=True)
class Availability:
    """`reason` says why nobody can register: as of Event.registration_closed_because(), or FULL where nobody can wait.
    While there is none it is unlimited, has places, or newcomers wait. `shares`: where places are kept for groups, those
    of each; it has places as long as one of them has."""

    reason: Closed | None
    capacity: int | None = None
    taken: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    in_line: int = 0
    shares: tuple[Share, ...] = ()

    @classmethod
    def of(cls, event: Event, numbers: Places | Pots, now: datetime | None = None) -> "Availability":
        now = now or current_time()
        return cls.counted(event, numbers, now, closed_because(event, now))

    @classmethod
    def counted(
        cls, event: Event, numbers: Places | Pots, now: datetime, reason: Closed | None
    ) -> "Availability":
        """With the `reason` that is known already, as closed_because() says it."""
        if isinstance(numbers, Pots):
            room = cls._by_group(reason, numbers, now)
            named = (share._replace(name=event.for_everyone(share.name)) for share in room.shares)
            room = replace(room, shares=tuple(named))
        else:
            taken, waiting, _beside, unconfirmed, in_line = numbers
            room = cls(reason, event.capacity, taken, waiting, unconfirmed, in_line)
        is_full = room.newcomers_wait and not event.takes_people_who_wait(now)
        return replace(room, reason=Closed.FULL) if is_full else room

    @classmethod
    def as_it_is(cls, event: Event, now: datetime) -> "Availability":
        """One query, unless the event carries its numbers; two where places are kept for groups."""
        return cls.of(event, pots_of(event) if event.has_quotas else event.places(), now)

    @classmethod
    def _by_group(cls, reason: Closed | None, pots: Pots, now: datetime) -> "Availability":
        """Shared by all it is one number again."""
        shares = shares_of(pots, now)
        reason = reason or (
            _later_or_never(shares) if shares and all(share.closed for share in shares) else None
        )
        if pots.is_pooled and len(shares) == 1:
            places, limit, shares = shares[0].places, shares[0].limit, ()
        else:
            limits = [share.limit for share in shares if share.limit is not None]
            places, limit = pots.places, sum(limits) if len(limits) == len(shares) else None
        taken, waiting, _beside, unconfirmed, in_line = places
        return cls(reason, limit, taken, waiting, unconfirmed, in_line, shares)

    @property
    def is_open(self) -> bool:
        """Whether the page with the form would take somebody in, to a place or to the waiting list."""
        return self.reason is None

    @property
    def is_unlimited(self) -> bool:
        return self.is_open and self.capacity is None and not self.shares

    @property
    def has_places(self) -> bool:
        if self.shares:
            return self.is_open and any(share.has_places for share in self.shares)
        return self.is_open and not self.is_unlimited and take_a_newcomer(self._places, self.capacity)

    @property
    def is_given_at_confirming(self) -> bool:
        """Whether there are places, and none is held any more until its address is confirmed."""
        return self.has_places and not self.shares and not hold_one_more(self._places, self.capacity)

    @property
    def newcomers_wait(self) -> bool:
        return self.is_open and not self.is_unlimited and not self.has_places

    @property
    def _places(self) -> Places:
        return Places(self.taken, self.waiting, unconfirmed=self.unconfirmed, in_line=self.in_line)

    @property
    def left(self) -> int:
        if self.shares:
            return sum(share.left for share in self.shares)
        return max(0, (self.capacity or 0) - self.taken)

    @property
    def percent_taken(self) -> int:
        return percent(self.taken, self.capacity)

    @property
    def badge(self) -> Badge | None:
        """The words beside the title; None for what is over: there is nothing to be had."""
        if self.reason:
            text, tone = CLOSED.get(self.reason, ("", ""))
            return Badge(str(text), tone, self.reason in CALLED_OFF) if text else None
        if self.has_places and self.shares:
            return Badge(self._where_words(), "moss")
        if self.has_places:
            words = ngettext("%(left)s place left", "%(left)s places left", self.left)
            return Badge(words % {"left": self.left}, "moss")
        if self.newcomers_wait:
            return Badge(_("Waiting list open"), "gold")
        return Badge(_("Room for everyone"), "moss")

    def _where_words(self) -> str:
        """In how many of several groups there are places."""
        number = sum(share.has_places for share in self.shares)
        if number == len(self.shares):
            return _("Places left")
        return _("Places left in %(number)s of %(of)s groups") % {
            "number": apnumber(number),
            "of": apnumber(len(self.shares)),
        }


def closed_because(event: Event, now: datetime) -> Closed | None:
    """Why nobody can register, however many places there are."""
    invited = Closed.INVITED if event.entry == Event.Entry.INVITED else None
    return event.registration_closed_because(now) or invited


def percent(taken: int, places: int | None) -> int:
    return min(100, round(100 * taken / places)) if places else 100


def _later_or_never(shares: Iterable[Share]) -> Closed | None:
    return next((share.closed for share in shares if share.closed is Closed.NOT_YET), Closed.TOO_LATE)


def shares_of(pots: Pots, now: datetime | None = None) -> tuple[Share, ...]:
    """The pots of an event as people read of them, in the order of the groups: those who share one are named together.
    What is kept for nobody is not told."""
    lines: dict[str, list[Any]] = {}
    for quota in pots.quotas.values():
        lines.setdefault(pots.name_of(quota.pair), []).append(quota)
    moment = now or current_time()
    return tuple(_share(pots, quotas, moment) for quotas in lines.values())


def _share(pots: Pots, quotas: list[Any], now: datetime) -> Share:
    pair: Pair = quotas[0].pair
    name = name_of_line(pots, pair) or _("All other places")
    return Share(name, *pots.of(pair), pots.limit_of(pair), *closed_for_now(quotas, now))


def closed_for_now(quotas: list[Any], now: datetime) -> tuple[Closed | None, str]:
    """Why none of these groups is open, with the words for it."""
    reasons = [quota.closed_because(now) for quota in quotas]
    if not quotas or not all(reasons):
        return None, ""
    return reasons[0], str(quota_notice(quotas[0], reasons[0]).words)
