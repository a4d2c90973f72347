"""Choosing a room, and where somebody sits: what they read on their own page, at the door and on the page of rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions.rooms import hosted_by, noted_by, seat_of, seats_of
from breakouts.models import BreakoutPlan, Host, RoomChoice, Topic, counted
from events.models import Closed, Event, Registration
from events.models.event import NOTHING_TO_COME_TO
from events.pages.closed import sentence
from events.pages.door import Door, https_address
from events.pages.now_card import NowCard, days_to_go

# Full: the room they wished for when they registered had no seat left once they had their place.
Where = Literal["hosting", "notes", "seated", "on_the_day", "full", "open"]
ON_THE_DAY: Where = "on_the_day"
DoorState = Literal["in_person", "moved", "early", "open", ""]
LOOKING_AFTER = {"hosting", "notes"}
# Why somebody cannot choose now.
CHOICES: dict[Closed, Promise | str] = {
    Closed.NO_ROOMS: gettext_lazy(
        "There are no rooms to choose from yet. Look in again: topics are still being gathered."
    ),
    Closed.NOT_OFFERED: gettext_lazy(
        "Rooms are not chosen beforehand. On the day the facilitators say how it goes."
    ),
    Closed.CANCELLED: gettext_lazy("This event is cancelled. %(called_off_because)s"),
    Closed.POSTPONED: gettext_lazy(
        "This event is postponed. Your room waits for you until there is a new date."
    ),
    Closed.NOT_PUBLISHED: gettext_lazy("This event does not take place."),
    Closed.OVER: gettext_lazy("The event is over."),
    Closed.TOO_LATE: gettext_lazy(
        "Rooms could be chosen until %(moment)s. On the day the facilitators help you to change."
    ),
    Closed.WAITING: gettext_lazy(
        "You can choose a room as soon as you have a place. We write to you when one is free."
    ),
    Closed.OFFERED: gettext_lazy(
        "You can choose a room as soon as you have taken the place that is offered to you."
    ),
    Closed.NO_PLACE: gettext_lazy(
        "You hold no place at this event at the moment, so there is no room to choose."
    ),
    Closed.LOOKS_AFTER_IT: "",  # the page says which room, and that they sit there
}


@dataclass(frozen=True)
class OwnRoom:
    """The room somebody sits in. `topic` is None on the day and while all is open. `hosts` in words."""

    state: Where
    topic: Topic | None
    hosts: str
    reason: Closed | None
    closed_words: str

    @property
    def can_choose(self) -> bool:
        return self.reason is None

    @property
    def looks_after_it(self) -> bool:
        return self.state in LOOKING_AFTER

    @property
    def is_worth_telling(self) -> bool:
        """Whether pages that are about other things tell of it too."""
        return (
            self.topic is not None or self.can_choose or self.reason in {Closed.NOT_OFFERED, Closed.TOO_LATE}
        )


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


@dataclass(frozen=True)
class RoomToChoose:
    """A room as the form for a place names it. Its `value` is what that form sends."""

    value: str
    title: str
    is_full: bool


def rooms_to_choose(event: Event, now: datetime) -> list[RoomToChoose]:
    """The rooms that somebody who registers can wish for; none where rooms are not chosen beforehand. Two queries at
    most."""
    plan = BreakoutPlan.of(event)
    if plan is None or plan.choices_closed_because(now) or not plan.on_the_page.get("topics"):
        return []
    topics = list(event.topics.accepted().annotate(taken=Count("placements", filter=counted())))
    event.withhold(*topics)
    return [
        RoomToChoose(str(topic.pk), f"{topic.number}. {topic.title}", _is_full(topic, seats_of(topic, plan)))
        for topic in topics
    ]


def your_room(registration: Registration, now: datetime) -> OwnRoom | None:
    """The room to tell of on somebody's own page and at their door; None when there is nothing to say. One query
    without breakouts."""
    plan = BreakoutPlan.of(registration.event) if registration.event.is_published else None
    if plan is None or not plan.on_the_page.get("topics") or registration.event.is_past(now):
        return None
    plan.event = registration.event
    own = own_room(registration, plan, now)
    return own if own.is_worth_telling else None


def own_room(registration: Registration, plan: BreakoutPlan, now: datetime) -> OwnRoom:
    state, topic = where(registration)
    plan.event.withhold(topic)
    looks_after_it = state in LOOKING_AFTER
    reason = Closed.LOOKS_AFTER_IT if looks_after_it else _closed_because(registration, plan, now)
    words = sentence(CHOICES[reason], plan.event, plan.choices_close_at) if reason else ""
    return OwnRoom(state, topic, _hosts_of(topic, plan), reason, words)


def room_card(registration: Registration, own: OwnRoom | None, now: datetime) -> NowCard | None:
    """For the own page of whoever can choose a room, and has said nothing yet, or wished for one that is full."""
    if own is None or own.state not in {"open", "full"} or not own.can_choose:
        return None
    event = registration.event
    plan = BreakoutPlan.of(event)
    rooms = len(plan.on_the_page["topics"]) if plan else 0
    words = ngettext(
        "There is %(rooms)s conversation. Choose it now, or decide on the day; you can always move.",
        "There are %(rooms)s conversations. Choose one now, or decide on the day; you can always move.",
        rooms,
    )
    return NowCard(
        "room",
        "saved",
        days_to_go(event, now),
        _("The room you wished for is full") if own.state == "full" else _("Choose a room, if you like"),
        (words % {"rooms": rooms},),
        button=_("Choose a room"),
        address=reverse("breakouts:room", args=[registration.token]),
    )


def where(registration: Registration) -> tuple[Where, Topic | None]:
    """The room somebody sits in: whoever hosts or takes notes sits there; nobody without a place sits anywhere."""
    if not registration.has_place:
        return "open", None
    if topic := hosted_by(registration):
        return "hosting", topic
    if topic := noted_by(registration):
        return "notes", topic
    if topic := seat_of(registration):
        return "seated", topic
    wish = RoomChoice.objects.that_count().filter(registration=registration).first()
    if wish is None:
        return "open", None
    return ("full" if wish.topic_id else ON_THE_DAY), None


def cards(event: Event, plan: BreakoutPlan, own: Topic | None, *, wanted: str = "") -> list[Card]:
    """The rooms to choose from, in their order; two queries. `wanted` is what they asked for and did not get."""
    hosting = Prefetch("hosts", Host.objects.hosting())
    topics = event.topics.accepted().annotate(taken=Count("placements", filter=counted()))
    return [_card(topic, plan, own, wanted) for topic in topics.prefetch_related(hosting)]


def meeting_of(topic: Topic | None) -> str:
    """The room's own meeting address; "" when it has none, or one that cannot be used."""
    return https_address(topic.join_address) if topic and topic.is_readable else ""


def door_state(topic: Topic | None, door: Door) -> DoorState:
    """How one gets into this room: "moved" is from the main meeting; "" when one does not."""
    if topic is None or door.state in {"no_place", "cancelled", "over"}:
        return ""
    if door.state == "in_person":
        return "in_person"
    if not meeting_of(topic):
        return "moved"
    return "open" if door.is_time else "early"


def _closed_because(registration: Registration, plan: BreakoutPlan, now: datetime) -> Closed | None:
    if (reason := plan.choices_closed_because(now)) in NOTHING_TO_COME_TO:
        return reason
    return (
        Closed.first(
            (Closed.WAITING, registration.is_waiting and not registration.waited_in_vain(now)),
            (Closed.OFFERED, registration.is_offered),
            (Closed.NO_PLACE, not registration.has_place),
        )
        or reason
        or (None if plan.on_the_page.get("topics") else Closed.NO_ROOMS)
    )


def _hosts_of(topic: Topic | None, plan: BreakoutPlan) -> str:
    """The hosts of a room."""
    kept = plan.shown.get("topics", ())
    # From what is kept for the event's page: no query.
    return names(next((shown["hosts"] for shown in kept if topic and shown["id"] == topic.pk), ()))


def names(people: Sequence[str]) -> str:
    return str(get_text_list(list(people), _("and")))


def _card(topic: Any, plan: BreakoutPlan, own: Topic | None, wanted: str) -> Card:
    seats, is_own = seats_of(topic, plan), topic == own
    is_full = _is_full(topic, seats) and not is_own
    return Card(
        topic=topic,
        hosts=names([host.name for host in topic.hosts.all()]),
        seats=_("full") if is_full else _seats_words(topic.taken, seats),
        is_full=is_full,
        is_own=is_own,
        is_wanted=str(topic.pk) == wanted,
    )


def _is_full(topic: Any, seats: int | None) -> bool:
    return seats is not None and topic.taken >= seats


def _seats_words(taken: int, seats: int | None) -> str:
    """How many seats are left, in words; nobody reads that a topic was chosen by no one."""
    if seats is None:
        return ngettext("%(number)s person", "%(number)s people", taken) % {"number": taken} if taken else ""
    if not taken:
        return ngettext("%(number)s seat", "%(number)s seats", seats) % {"number": seats}
    return _("%(taken)s of %(seats)s seats taken") % {"taken": taken, "seats": seats}
