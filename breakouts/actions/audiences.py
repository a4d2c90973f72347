"""Whom organisers can write to together by what they do in the rooms: what allyhub/joins.py contributes to
events.actions.audiences. Each has a place at the event."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.rooms import looked_after_by, seat_of
from breakouts.models import Helper, Host, Placement
from events.actions.audiences import Audience, Everyone
from events.models import Event, Registration

HOSTS_AND_HELPERS = gettext_lazy("Hosts and helpers")


def of_rooms(everyone: Everyone) -> Iterator[Audience]:
    """Hosts and helpers, and each room with whoever sits in it: none where the event has no rooms. Four queries."""
    topics = list(everyone.event.topics.accepted().order_by("number"))
    hosts, helpers, seats = (_pairs(rows, everyone.only) for rows in _parts(everyone.event))
    team = frozenset(pk for _key, pk in chain(hosts, helpers))
    if topics or team:
        yield Audience("team", HOSTS_AND_HELPERS, everyone.all & team)
    in_room = defaultdict(set)
    for key, pk in chain(hosts, helpers, seats):
        in_room[key].add(pk)
    for topic in topics:
        words = _("Room %(number)s: %(title)s") % {"number": topic.number, "title": topic.title}
        yield Audience(f"room-{topic.pk}", words, everyone.all & in_room[topic.pk])


def room_words(registration: Registration) -> str:
    """The room that somebody sits in, in words; "" without one."""
    topic = looked_after_by(registration) or seat_of(registration)
    return f"{topic.number}. {topic.title}" if topic and topic.is_accepted else ""


def _parts(event: Event) -> tuple[Any, Any, Any]:
    return (
        Host.objects.hosting().filter(topic__event=event),
        Helper.objects.helping().filter(role__event=event),
        Placement.objects.that_count().filter(topic__event=event),
    )


def _pairs(rows: Any, registration: int | None) -> list[tuple[int | None, int | None]]:
    """The keys of topic and registration of each."""
    theirs = rows if registration is None else rows.filter(registration=registration)
    return list(theirs.order_by().values_list("topic", "registration"))
