"""The rooms of an event: who sits where, whether a seat is left, and what the event's page shows of them.

Nothing else writes Placement. What someone wishes (RoomChoice) and where they are put (Placement) are written apart. For
now the first to choose a seat has it; an allocation from ranked wishes will write placements here too.
"""

from functools import cache
from typing import Any, Literal

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import (
    BreakoutPlan,
    Helper,
    HelperRole,
    Host,
    Placement,
    Question,
    RoomChoice,
    Topic,
)
from events.actions.list_acts import CannotSit, Why
from events.models import Closed, Event, Registration
from kit.meanwhile import NotOpen
from kit.ways_in import NO_WAYS, withhold
from kit.written_once import Asked, WrittenOnce

# The summary that the event's page shows, written once when it changes and kept with the plan:
# {"topics": [{"id": 7, "number": 1, "title": "…", "why": "…", "content_note": "…",
#              "hosts": ["Keli", "Sam"], "state": "hosted"}],
#  "roles": [{"kind": "notes", "wanted": 6, "filled": 2}],
#  "questions": [{"id": 3, "text": "…", "answer": "…"}]}
Shown = dict[str, list[dict[str, Any]]]

# Asked: somebody was asked to host, and has time to answer. Open: a host is wanted.
RoomState = Literal["hosted", "asked", "open"]


class RoomFull(Exception):
    """Refused: every seat of this room was taken while they chose."""


class NoPlaceYet(Exception):
    """Refused: only whoever holds a place at the event chooses a room."""


class HasARoom(Exception):
    """Refused: hosts and note-takers sit in the room they look after."""


@transaction.atomic
def choose(registration: Registration, topic: Topic | None) -> Placement | None:
    """Give somebody a seat in a room, or (None) let them decide on the day. First come, first served; a seat they had
    before is free for others. Raises NoPlaceYet, HasARoom, NotOpen, RoomFull, NoLongerPossible (no such room any
    more)."""
    event, registration, plan = _locked(registration)
    if looked_after_by(registration):
        raise HasARoom
    if topic is None:
        _wish(registration, None)
        Placement.objects.filter(registration=registration).delete()
        return None
    topic = event.topics.accepted().filter(pk=topic.pk).first()
    if topic is None:
        raise NoLongerPossible
    if not has_seat_for(registration, topic, plan):
        raise RoomFull
    _wish(registration, topic)
    return _place(registration, topic)


def wish_for_room(registration: Registration, room: str) -> None:
    """Keep which room somebody would like who registers, by its key; "" takes an earlier wish back. The seat comes with
    the place: `seat_as_wished`. Under the lock of the event."""
    topic = registration.event.topics.accepted().filter(pk=room).first() if room else None
    if topic:
        _wish(registration, topic)
    else:
        RoomChoice.objects.filter(registration=registration).delete()


def seat_as_wished(registration: Registration) -> None:
    """Give somebody who has a place from now on a seat in the room they wished for, if one is left; else their own page
    asks them to choose another. Under the lock of the event."""
    wishes = RoomChoice.objects.that_count().filter(topic__state=Topic.State.ACCEPTED)
    wish = wishes.filter(registration=registration).select_related("topic").first()
    topic = wish.topic if wish else None
    plan = BreakoutPlan.of(registration.event) if topic else None
    if topic is None or plan is None or plan.choices_closed_because(timezone.now()):
        return
    if not looked_after_by(registration) and has_seat_for(registration, topic, plan):
        _place(registration, topic)


def room_key_of(registration: Registration) -> str:
    """The key of the room that somebody has a seat in; "" for none."""
    topic = seat_of(registration)
    return str(topic.pk) if topic else ""


def seat_in_room(registration: Registration, room: str) -> None:
    """Let organisers seat somebody, as somebody chooses: by the key of a room, "" for none. Raises CannotSit. Under the
    lock of the event."""
    topic = registration.event.topics.accepted().filter(pk=room).first() if room else None
    if room and topic is None:
        raise CannotSit(Why.ROOM_CLOSED)
    try:
        choose(registration, topic)
    except HasARoom:
        raise CannotSit(Why.LOOKS_AFTER_ROOM) from None
    except RoomFull:
        raise CannotSit(Why.ROOM_FULL) from None
    except (NotOpen, NoPlaceYet, NoLongerPossible):
        raise CannotSit(Why.ROOM_CLOSED) from None


def has_seat_for(registration: Registration, topic: Topic, plan: BreakoutPlan) -> bool:
    seats = seats_of(topic, plan)
    taken = Placement.objects.that_count().filter(topic=topic).exclude(registration=registration)
    return seats is None or taken.count() < seats


def seats_of(topic: Topic, plan: BreakoutPlan) -> int | None:
    """How many seats a room has: its own number, else the plan's; None when there is no limit."""
    return topic.seats if topic.seats is not None else plan.seats


def looked_after_by(registration: Registration) -> Topic | None:
    """The room this person hosts or takes notes in: they sit there and choose no other."""
    return hosted_by(registration) or noted_by(registration)


def hosted_by(registration: Registration) -> Topic | None:
    host = Host.objects.hosting().filter(registration=registration, topic__state=Topic.State.ACCEPTED)
    found = host.select_related("topic").first()
    return found.topic if found else None


def noted_by(registration: Registration) -> Topic | None:
    helper = Helper.objects.helping().filter(registration=registration, topic__state=Topic.State.ACCEPTED)
    found = helper.select_related("topic").first()
    return found.topic if found else None


def seat_of(registration: Registration) -> Topic | None:
    """The room that somebody chose and has a seat in."""
    found = Placement.objects.that_count().filter(registration=registration).select_related("topic").first()
    return found.topic if found else None


def seat_with_host(registration: Registration) -> Topic | None:
    """The room that somebody has a seat in, if somebody hosts it."""
    topic = seat_of(registration)
    return topic if topic and topic.is_accepted and topic.hosts.hosting().exists() else None


def give_up_seat(registration: Registration) -> None:
    """Free the seat of somebody who looks after a room from now on; it does not come back when they step down. Under
    the lock of the event."""
    Placement.objects.filter(registration=registration).delete()
    RoomChoice.objects.filter(registration=registration).delete()


def rewrite_summary(event: Event) -> None:
    """Write anew what the event's page shows. To be called in the transaction of every change of a topic, a host, a
    helper or an answered question, under the lock of the event. Without a plan there is nothing to show."""
    BreakoutPlan.objects.filter(event=event).update(on_the_page=summary_of(event))


def summary_of(event: Event) -> Shown:
    topics, questions = (rows.models(event=event.pk) for rows in _shown())
    for topic in topics:
        topic.event = event
    if with_their_own_meeting := [topic for topic in topics if vars(topic)["join_address"]]:
        own = sum((topic.own_ways for topic in with_their_own_meeting), NO_WAYS)
        withhold(own, *topics, *questions)
    holding = _who_holds(event)
    return {
        "topics": [_topic_shown(topic, holding.get(topic.pk, [])) for topic in topics],
        "roles": _roles_shown(event),
        "questions": [
            {"id": question.pk, "text": question.text, "answer": question.answer} for question in questions
        ],
    }


@cache
def _shown() -> tuple[WrittenOnce, WrittenOnce]:
    kinds = Topic.objects.accepted(), Question.objects.answered()
    topics, questions = (WrittenOnce(rows.filter(event=Asked("event"))) for rows in kinds)
    return topics, questions


def _who_holds(event: Event) -> dict[int, list[tuple[str, str]]]:
    """The names and states of those who hold each room, by its topic's key."""
    holding: dict[int, list[tuple[str, str]]] = {}
    for topic, name, state in _holding().asked(event=event.pk):
        holding.setdefault(topic, []).append((name, state))
    return holding


@cache
def _holding() -> WrittenOnce:
    hosts = Host.objects.holding_the_room().filter(topic__event=Asked("event"))
    return WrittenOnce(hosts.order_by("hosting_since", "pk").values_list("topic", "name", "state"))


def _topic_shown(topic: Topic, holding: list[tuple[str, str]]) -> dict[str, Any]:
    names = [name for name, state in holding if state == Host.State.HOSTING]
    state: RoomState = "hosted" if names else "asked" if holding else "open"
    return {
        "id": topic.pk,
        "number": topic.number,
        "title": topic.title,
        "why": topic.why,
        "content_note": topic.content_note,
        "hosts": names,
        "state": state,
    }


def _roles_shown(event: Event) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "wanted": wanted, "filled": filled}
        for kind, wanted, filled in _roles().asked(event=event.pk)
    ]


@cache
def _roles() -> WrittenOnce:
    helping = Count("helpers", filter=Q(helpers__state=Helper.State.HELPING))
    roles = HelperRole.objects.filter(event=Asked("event")).order_by("pk")
    return WrittenOnce(roles.annotate(filled=helping).values_list("kind", "wanted", "filled"))


def _wish(registration: Registration, topic: Topic | None) -> None:
    RoomChoice.objects.update_or_create(
        registration=registration, rank=1, defaults={"topic": topic, "chosen_at": timezone.now()}
    )


def _place(registration: Registration, topic: Topic) -> Placement:
    placement, _created = Placement.objects.update_or_create(
        registration=registration, defaults={"topic": topic, "placed_at": timezone.now()}
    )
    return placement


def _locked(registration: Registration) -> tuple[Event, Registration, BreakoutPlan]:
    """The event and the registration, under the lock of places: whoever leaves and whoever chooses take turns."""
    event = registration.event.locked()
    fresh = Registration.objects.get(pk=registration.pk)
    fresh.event = event
    plan = BreakoutPlan.of(event)
    if not fresh.has_place:
        raise NoPlaceYet
    if plan is None:
        raise NotOpen(Closed.NOT_OFFERED)
    if reason := plan.choices_closed_because(timezone.now()):
        raise NotOpen(reason)
    return event, fresh, plan
