"""Whom organisers can write to together by what they do in the rooms: what allyhub/joins.py contributes to
events.actions.audiences. Each has a place at the event."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.rooms import looked_after_by, seat_of
from breakouts.models import Helper, Host, Placement
from events.actions.audiences import Audience, Everyone
from events.models import Registration
from kit.written_once import Asked, WrittenOnce

HOSTS_AND_HELPERS = gettext_lazy("Hosts and helpers")


def _of(rows: Any, *, is_team: bool) -> Any:
    return rows.order_by().values_list("topic", "registration", Value(is_team))


# The keys of a topic and a registration, and whether they host or help there.
PARTS = WrittenOnce(
    _of(Host.objects.hosting().filter(topic__event=Asked("event")), is_team=True).union(
        _of(Helper.objects.helping().filter(role__event=Asked("event")), is_team=True),
        _of(Placement.objects.that_count().filter(topic__event=Asked("event")), is_team=False),
        all=True,
    )
)


def of_rooms(everyone: Everyone) -> Iterator[Audience]:
    """Hosts and helpers, and each room with whoever sits in it: none where the event has no rooms. Two queries."""
    topics = list(everyone.event.topics.accepted().order_by("number"))
    parts = PARTS.asked(event=everyone.event.pk)
    team = frozenset(pk for _key, pk, is_team in parts if is_team)
    if topics or team:
        yield Audience("team", HOSTS_AND_HELPERS, everyone.all & team)
    in_room = defaultdict(set)
    for key, pk, _is_team in parts:
        in_room[key].add(pk)
    for topic in topics:
        words = _("Room %(number)s: %(title)s") % {"number": topic.number, "title": topic.title}
        yield Audience(f"room-{topic.pk}", words, everyone.all & in_room[topic.pk])


def room_words(registration: Registration) -> str:
    """The room that somebody sits in, in words; "" without one."""
    topic = looked_after_by(registration) or seat_of(registration)
    return f"{topic.number}. {topic.title}" if topic and topic.is_accepted else ""
