"""Choosing a room, and where somebody sits: what they read on their own page, at the door and on the page of rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.actions.plans import plan_of
from breakouts.actions.seats import hosted_by, noted_by, seat_of, seats_of
from breakouts.models import BreakoutPlan, Host, RoomChoice, Topic, counted
from events.models import Event, Registration
from events.pages.door import Door, https_address
from kit.times import moment_words

ON_THE_DAY = "on_the_day"
LOOKING_AFTER = {"hosting", "notes"}
LOOKS_AFTER_IT = "looks_after_it"


@dataclass(frozen=True)
class OwnRoom:
    """`state` is "hosting", "notes", "seated", "on_the_day" or "open"; the last two have no topic. `hosts` in words."""

    state: str
    topic: Topic | None
    hosts: str
    closed_because: str
    closed_words: str

    @property
    def can_choose(self) -> bool:
        return not self.closed_because

    @property
    def looks_after_it(self) -> bool:
        return self.state in LOOKING_AFTER

    @property
    def is_worth_telling(self) -> bool:
        """On pages that are about other things too."""
        return self.topic is not None or self.can_choose or self.closed_because in {"no_choices", "closed"}


@dataclass(frozen=True)
class Card:
    """A room to choose. `hosts` and `seats` in words, "" without; `is_wanted`: it filled up while they chose."""

    topic: Topic
    hosts: str
    seats: str
    is_full: bool
    is_own: bool
    is_wanted: bool = False

    @property
    def value(self) -> str:
        return str(self.topic.pk)


def your_room(registration: Registration, now: datetime) -> OwnRoom | None:
    """For somebody's own page and their door; None when there is nothing to say. One query without breakouts."""
    plan = plan_of(registration.event) if registration.event.is_published else None
    if plan is None or not plan.on_the_page.get("topics") or registration.event.is_past(now):
        return None
    plan.event = registration.event
    own = own_room(registration, plan, now)
    return own if own.is_worth_telling else None


def own_room(registration: Registration, plan: BreakoutPlan, now: datetime) -> OwnRoom:
    state, topic = where(registration)
    because = LOOKS_AFTER_IT if state in LOOKING_AFTER else _closed_because(registration, plan, now)
    return OwnRoom(state, topic, _hosts_of(topic, plan), because, closed_words(registration, plan, because))


def where(registration: Registration) -> tuple[str, Topic | None]:
    """Whoever hosts or takes notes sits there; nobody without a place sits anywhere."""
    if not registration.has_place:
        return "open", None
    if topic := hosted_by(registration):
        return "hosting", topic
    if topic := noted_by(registration):
        return "notes", topic
    if topic := seat_of(registration):
        return "seated", topic
    decides_later = RoomChoice.objects.that_count().filter(registration=registration, topic=None).exists()
    return (ON_THE_DAY if decides_later else "open"), None


def cards(event: Event, plan: BreakoutPlan, own: Topic | None, *, wanted: str = "") -> list[Card]:
    """The rooms in their order; two queries. `wanted` is what they asked for and did not get."""
    hosting = Prefetch("hosts", Host.objects.hosting())
    topics = event.topics.accepted().annotate(taken=Count("placements", filter=counted()))
    return [_card(topic, plan, own, wanted) for topic in topics.prefetch_related(hosting)]


def closed_words(registration: Registration, plan: BreakoutPlan, because: str) -> str:
    """Why somebody cannot choose now, in a sentence; "" when they can."""
    event = registration.event
    if because == "closed" and plan.choices_until:
        words = _("Rooms could be chosen until %(moment)s. On the day the facilitators help you to change.")
        return words % {"moment": moment_words(plan.choices_until, event.time_zone)}
    return {
        "no_rooms": _(
            "There are no rooms to choose from yet. Look in again: topics are still being gathered."
        ),
        "no_choices": _("Rooms are not chosen beforehand. On the day the facilitators say how it goes."),
        "not_published": _("This event does not take place."),
        "over": _("The rooms are over. Thank you for taking part."),
        "waiting": _("You can choose a room as soon as you have a place. We write to you when one is free."),
        "offered": _("You can choose a room as soon as you have taken the place that is offered to you."),
        "ended": _("You hold no place at this event at the moment, so there is no room to choose."),
    }.get(because, "")


def meeting_of(topic: Topic | None) -> str:
    """The room's own meeting address; "" when it has none, or one that cannot be used."""
    return https_address(topic.join_address) if topic and topic.is_readable else ""


def door_state(topic: Topic | None, door: Door) -> str:
    """How one gets into this room: "in_person", "moved" (from the main meeting), "early", "open"; "" when not."""
    if topic is None or door.state in {"no_place", "cancelled", "over"}:
        return ""
    if door.state == "in_person":
        return "in_person"
    if not meeting_of(topic):
        return "moved"
    return "open" if door.is_time else "early"


def _closed_because(registration: Registration, plan: BreakoutPlan, now: datetime) -> str:
    if (reason := plan.choices_closed_because(now)) in {"not_published", "over"}:
        return reason
    if not registration.has_place:
        state = registration.state
        return state if state in {"waiting", "offered"} else "ended"
    return reason or ("" if plan.on_the_page.get("topics") else "no_rooms")


def _hosts_of(topic: Topic | None, plan: BreakoutPlan) -> str:
    """From what is kept for the event's page: no query."""
    kept = plan.on_the_page.get("topics", ())
    return names(next((shown["hosts"] for shown in kept if topic and shown["id"] == topic.pk), ()))


def names(people: Sequence[str]) -> str:
    return str(get_text_list(list(people), _("and")))


def _card(topic: Any, plan: BreakoutPlan, own: Topic | None, wanted: str) -> Card:
    seats, is_own = seats_of(topic, plan), topic == own
    is_full = seats is not None and topic.taken >= seats and not is_own
    return Card(
        topic=topic,
        hosts=names([host.name for host in topic.hosts.all()]),
        seats=_("full") if is_full else _seats_words(topic.taken, seats),
        is_full=is_full,
        is_own=is_own,
        is_wanted=str(topic.pk) == wanted,
    )


def _seats_words(taken: int, seats: int | None) -> str:
    """Nobody reads that a topic was chosen by no one."""
    if seats is None:
        return ngettext("%(number)s person", "%(number)s people", taken) % {"number": taken} if taken else ""
    if not taken:
        return ngettext("%(number)s seat", "%(number)s seats", seats) % {"number": seats}
    return _("%(taken)s of %(seats)s seats taken") % {"taken": taken, "seats": seats}
