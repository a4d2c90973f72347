"""Why nobody who waits is asked now, line by line, in words for organisers: answered from how things stand, so that it
holds whatever happened before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.line_words import name_of_line
from events.models import Event, Registration
from events.models.places import NO_QUOTA, Pair, Places, Pot, Pots, pots_of
from events.pages.closed import off_heading
from kit.times import moment_words

State = Registration.State


@dataclass(frozen=True)
class LineNow:
    """`name` is "" where everyone stands in one line."""

    name: str
    waiting: int
    why: list[str]

    @property
    def title(self) -> str:
        words = ngettext("%(n)s person waits", "%(n)s people wait", self.waiting) % {"n": self.waiting}
        return _("%(name)s: %(words)s") % {"name": self.name, "words": words} if self.name else words


@dataclass(frozen=True)
class Offers:
    """The offers that are open to those of one line, and when the last of them ends."""

    number: int = 0
    until: datetime | None = None


def lines_now(event: Event, now: datetime) -> list[LineNow]:
    """Every line in which somebody waits. Three queries, four where places are kept for groups."""
    pots = pots_of(event) if event.has_quotas else _one_pot(event)
    ends = list(event.registrations.filter(state=State.OFFERED).values_list("quota", "way", "offer_ends_at"))
    waiting = {pots.name_of(pair): pair for pair, numbers in pots.counted.items() if numbers.waiting}
    to_decide = event.registrations.filter(state=State.HELD).count()
    return [_line(event, pots, pair, ends, to_decide, now) for pair in waiting.values()]


def _one_pot(event: Event) -> Pots:
    """Of an event without groups of places: all that it has is shared."""
    return Pots(event.capacity, {}, {NO_QUOTA: event.places()}, is_pooled=True)


def _line(
    event: Event,
    pots: Pots,
    pair: Pair,
    ends: Sequence[tuple[int | None, str, datetime | None]],
    to_decide: int,
    now: datetime,
) -> LineNow:
    name, pot = pots.name_of(pair), pots.of(pair)
    own = [end for quota, way, end in ends if end and pots.name_of(Pair(quota, way)) == name]
    offers = Offers(len(own), max(own, default=None))
    off = _nothing_is_offered(event, now)
    why = [off] if off else [*_where_places_are(event, pots, pair, pot, offers), *_beside(pots, to_decide)]
    return LineNow(name_of_line(pots, pair), pot.places.waiting, why)


def _nothing_is_offered(event: Event, now: datetime) -> str:
    if event.is_draft:
        return _("The event is a draft: places are offered once it is published.")
    if event.is_called_off:
        return _("%(off)s: places are offered when it takes place after all.") % {"off": off_heading(event)}
    return _("The event has begun: no place is offered any more.") if event.has_begun(now) else ""


def _where_places_are(event: Event, pots: Pots, pair: Pair, pot: Pot, offers: Offers) -> Iterator[str]:
    if not pot.places.in_line:
        yield _("None of them has confirmed their address yet: a place is offered only then.")
    elif pot.free is None or pot.free:
        yield _("A place is free, and is offered within a minute.")
    if pots.name_of(pair) == "none":
        yield _("They belong to none of the groups: there is no place for them before places are shared.")
    elif not pot.free:
        yield from _full(pots, pair, pot.places)
    if offers.number and offers.until:
        words = ngettext(
            "%(n)s offer is open, until %(by)s.",
            "%(n)s offers are open, the last until %(by)s.",
            offers.number,
        )
        yield words % {"n": offers.number, "by": moment_words(offers.until, event.time_zone, year=False)}
    if pot.places.unconfirmed:
        yield ngettext(
            "%(n)s place is held for an address that nobody has confirmed yet.",
            "%(n)s places are held for addresses that nobody has confirmed yet.",
            pot.places.unconfirmed,
        ) % {"n": pot.places.unconfirmed}
    if event.pool_at and not event.pooled_at:
        day = moment_words(event.pool_at, event.time_zone, year=False)
        yield _("What the groups leave is shared from %(day)s on.") % {"day": day}


def _full(pots: Pots, pair: Pair, places: Places) -> Iterator[str]:
    own = pots.limit_of(pair)
    if own is not None and places.taken < own:
        yield _(
            "Not all of its own places are taken, but the event has no more in all: others have more than theirs."
        )
    else:
        words = ngettext("The one place is taken.", "All %(n)s places are taken.", places.taken)
        yield words % {"n": places.taken}


def _beside(pots: Pots, to_decide: int) -> Iterator[str]:
    if pots.quotas and not pots.is_pooled and pots.held_back:
        words = ngettext(
            "%(n)s place is held back: it is kept for no group.",
            "%(n)s places are held back: they are kept for no group.",
            pots.held_back,
        )
        yield words % {"n": pots.held_back}
    if to_decide:
        words = ngettext(
            "%(n)s request waits for you to decide. Whoever you agree to stands where they stood when they asked.",
            "%(n)s requests wait for you to decide. Whoever you agree to stands where they stood when they asked.",
            to_decide,
        )
        yield words % {"n": to_decide}
