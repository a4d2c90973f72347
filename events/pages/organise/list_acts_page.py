"""What can be done to several people at once, in words with their number: before it is done, and after."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import list_acts
from events.actions.list_acts import LeftOut, Order, Sorted
from events.actions.listed import quotas_of
from events.models import Event, ListAct, Registration, Way
from events.permissions import is_part_only
from kit.joins import joins
from kit.times import clock_words

Kind = ListAct.Kind


# What co-organisers can do to people of their quota. Rooms and quotas are for the event's organisers.
OF_A_PART = (Kind.LINK, Kind.PLACE, Kind.HOLD, Kind.OFF)


class Choice(NamedTuple):
    value: str
    words: str


def kinds_for_reader(event: Event) -> list[Kind]:
    """What whoever opened it can do to several people now."""
    kinds = list_acts.kinds_at(event)
    return [kind for kind in kinds if kind in OF_A_PART] if is_part_only(event) else kinds


def choices_at(event: Event) -> list[Choice]:
    """What can be chosen below the list."""
    kinds = kinds_for_reader(event)
    choices = [Choice(kind, str(kind.label)) for kind in kinds if kind not in (Kind.ROOM, Kind.GROUP)]
    if Kind.ROOM in kinds:
        choices += [
            Choice(f"{Kind.ROOM}:{room.value}", _("Seat in: %(room)s") % {"room": room.title})
            for room in joins.rooms_to_choose(event, timezone.now())
        ]
    if Kind.GROUP in kinds:
        choices += [
            Choice(f"{Kind.GROUP}:{key}", _("Move to: %(group)s") % {"group": words})
            for key, words in groups_at(event)
        ]
    return choices


def groups_at(event: Event) -> list[tuple[str, str]]:
    """Where people of this event can be moved: its groups of places, and the ways to come."""
    groups = [(str(quota.pk), str(quota)) for quota in quotas_of(event)]
    ways = Way.choices if event.has_two_ways else []
    return [*groups, *((way, str(words)) for way, words in ways)]


def before(event: Event, order: Order, found: Sorted) -> dict[str, Any]:
    """The page that says what will be done."""
    return {
        "order": order,
        "able": found.able,
        "left_out": found.left_out,
        "heading": _heading(event, order, len(found.able)),
        "button": Kind(order.kind).label,
        "consequence": _consequence(event, order, found.able),
    }


def left_out_words(left_out: Iterable[LeftOut]) -> str:
    """Who was left out and why: "Left out: Jo (is off the list)". "" for nobody."""
    named = [f"{one.registration.name} ({one.why.label})" for one in left_out]
    return _("Left out: %(names)s.") % {"names": ", ".join(named)} if named else ""


def after(event: Event, act: ListAct) -> dict[str, Any]:
    people = [line.registration for line in act.lines.select_related("registration")]
    return {
        "act": act,
        "people": sorted(people, key=lambda person: person.name.casefold()),
        "heading": _done(act, len(people)),
        "can_be_undone": act.can_be_undone(),
        "until": clock_words(act.undo_until, event.time_zone),
        "back": reverse("organise:registrations", args=[event.slug]),
    }


def _heading(event: Event, order: Order, number: int) -> str:
    words = {
        Kind.LINK: ngettext(
            "Send the link to %(number)s person?", "Send the link to %(number)s people?", number
        ),
        Kind.PLACE: ngettext("Give %(number)s person a place?", "Give %(number)s people a place?", number),
        Kind.HOLD: ngettext(
            "Let %(number)s person wait for your yes or no?",
            "Let %(number)s people wait for your yes or no?",
            number,
        ),
        Kind.OFF: ngettext("Take %(number)s person off?", "Take %(number)s people off?", number),
        Kind.ROOM: ngettext(
            "Seat %(number)s person in “%(to)s”?", "Seat %(number)s people in “%(to)s”?", number
        ),
        Kind.GROUP: ngettext(
            "Move %(number)s person to “%(to)s”?", "Move %(number)s people to “%(to)s”?", number
        ),
    }
    to = _room_words(event, order.to) if order.kind == Kind.ROOM else dict(groups_at(event)).get(order.to, "")
    return words[Kind(order.kind)] % {"number": number, "to": to}


def _consequence(event: Event, order: Order, able: Sequence[Registration]) -> str:
    if more := list_acts.beyond(event, order, able):
        return ngettext(
            "%(number)s place more than are free. They get an email in ten minutes; until then you can undo it.",
            "%(number)s places more than are free. They get an email in ten minutes; until then you can undo it.",
            more,
        ) % {"number": more}
    words = {
        Kind.LINK: _("The email leaves in ten minutes; until then you can undo it."),
        Kind.PLACE: _("They get an email in ten minutes; until then you can undo it."),
        Kind.HOLD: _(
            "They hold no place until you agree, and keep their turn. They get an email in ten minutes; until then you "
            "can undo it. Their places go to those who wait at once: undoing gives a place back if it is still free."
        ),
        Kind.OFF: _(
            "They get an email in ten minutes; until then you can undo it. Their places go to those who wait at once: "
            "undoing gives a place back if it is still free."
        ),
        Kind.GROUP: _move_words(able),
        Kind.ROOM: _("They get no email: their own page shows the room. You can undo it for ten minutes."),
    }
    return words[Kind(order.kind)]


def _move_words(able: Sequence[Registration]) -> str:
    """What a move means for who has a place, and for who waits."""
    words = [_("They get an email in ten minutes; until then you can undo it.")]
    if any(registration.state in Registration.HOLDING for registration in able):
        words.append(
            _(
                "Places they leave go to those who wait at once: undoing gives a place back if it is still free."
            )
        )
    if any(registration.is_waiting for registration in able):
        words.append(
            _("Whoever waits and finds a free place there is offered it at once, and keeps the offer.")
        )
    return " ".join(words)


def _done(act: ListAct, number: int) -> str:
    words = {
        Kind.LINK: ngettext(
            "The link goes to %(number)s person", "The link goes to %(number)s people", number
        ),
        Kind.PLACE: ngettext("%(number)s person has a place", "%(number)s people have a place", number),
        Kind.HOLD: ngettext(
            "%(number)s person waits for your answer", "%(number)s people wait for your answer", number
        ),
        Kind.OFF: ngettext("%(number)s person is off the list", "%(number)s people are off the list", number),
        Kind.GROUP: ngettext("%(number)s person is moved", "%(number)s people are moved", number),
        Kind.ROOM: ngettext("%(number)s person has a seat", "%(number)s people have a seat", number),
    }
    return words[Kind(act.kind)] % {"number": number}


def _room_words(event: Event, key: str) -> str:
    rooms = joins.rooms_to_choose(event, timezone.now()) if key else []
    return next((room.title for room in rooms if room.value == key), "")
