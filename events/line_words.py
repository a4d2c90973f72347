"""The line in which somebody waits, in words: for whose places it is, where they stand, and what could free one."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Registration
from events.models.places import Pair, Pots, pots_of
from kit.times import moment_words


def name_of_line(pots: Pots, pair: Pair) -> str:
    """For whom the places are that somebody of this pair can have; "" where they are for everyone, or for nobody."""
    line = pots.name_of(pair)
    quotas = [quota for quota in pots.quotas.values() if pots.name_of(quota.pair) == line]
    named = [quota.get_way_display() if pots.is_pooled else str(quota) for quota in quotas]
    return get_text_list(list(dict.fromkeys(filter(None, named))), _("and"))


@dataclass(frozen=True)
class Line:
    """Of an event, as somebody of this pair stands in it: `registration` is theirs, or None for whoever would come
    now."""

    event: Event
    pair: Pair
    registration: Registration | None = None

    @classmethod
    def of(cls, registration: Registration) -> "Line":
        return cls(registration.event, registration.pair, registration if registration.is_waiting else None)

    @cached_property
    def pots(self) -> Pots | None:
        return pots_of(self.event) if self.event.has_quotas else None

    @property
    def name(self) -> str:
        """For whose places it is; "" where everyone stands in one line."""
        return name_of_line(self.pots, self.pair) if self.pots else ""

    @property
    def waiting(self) -> int:
        """How many stand in it."""
        return len(self._in(self.pots))

    @property
    def position(self) -> int:
        """Theirs; for whoever would come now the one behind all others."""
        return self._position(self.pots)

    def standing(self) -> str:
        """Where somebody stands who waits, as a heading."""
        known = {"position": ordinal(self.position), "name": self.name}
        if known["name"]:
            return _("You are %(position)s in line for %(name)s") % known
        if self._waits_for_what_is_left:
            return _("You are %(position)s in line for the places that are left") % known
        return _("You are on the waiting list, %(position)s") % known

    def what_frees_a_place(self) -> list[str]:
        """What has to happen before somebody in this line is asked, a sentence each."""
        if self.pots is None:
            return []
        return [words for words in (self._giving_up(), self._sharing()) if words]

    def _giving_up(self) -> str:
        limit = self.pots.limit_of(self.pair) if self.pots else None
        if self._waits_for_what_is_left or not limit:
            return ""
        if self.event.pooled_at:
            since = moment_words(self.event.pooled_at, self.event.time_zone, year=False)
            return _("Since %(moment)s all places are for everyone, whoever waited longest first.") % {
                "moment": since
            }
        words = ngettext(
            "A place comes free when whoever has the one for %(name)s gives it back.",
            "A place comes free when one of the %(n)s for %(name)s is given back.",
            limit,
        )
        return words % {"n": limit, "name": self.name}

    def _sharing(self) -> str:
        """What changes on the day from which what is left is for everyone."""
        pool_at = self.event.pool_at
        if self.pots is None or pool_at is None or self.event.pooled_at:
            return ""
        shared, when = self.pots.once_pooled(), moment_words(pool_at, self.event.time_zone, year=False)
        words = _("From %(moment)s the places that are left are for everyone who waits.") % {"moment": when}
        return f"{words} {self._today(shared)}"

    def _today(self, shared: Pots) -> str:
        left = shared.of(self.pair).free
        if not left:
            return _("Today none is left.")
        words = ngettext(
            "Today that is %(n)s place, and you would be %(position)s.",
            "Today that is %(n)s places, and you would be %(position)s.",
            left,
        )
        return words % {"n": left, "position": ordinal(self._position(shared))}

    @property
    def _waits_for_what_is_left(self) -> bool:
        """Whether they belong to none of the groups, and nothing is shared yet."""
        return self.pots is not None and self.pots.name_of(self.pair) == "none"

    @cached_property
    def _queue(self) -> list[tuple[int, Pair]]:
        queue = self.event.registrations.in_the_queue().values_list("pk", "quota", "way")
        return [(pk, Pair(quota, way)) for pk, quota, way in queue]

    def _position(self, pots: Pots | None) -> int:
        line = self._in(pots)
        own = self.registration.pk if self.registration else None
        return line.index(own) + 1 if own in line else len(line) + 1

    def _in(self, pots: Pots | None) -> list[int]:
        line = pots.name_of(self.pair) if pots else ""
        return [pk for pk, pair in self._queue if pots is None or pots.name_of(pair) == line]
