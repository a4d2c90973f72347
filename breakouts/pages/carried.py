"""What somebody carried: rooms they hosted and what they helped with, at events that are over. Nothing about others, and
nothing about who came: nobody writes that down."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from breakouts.models import Helper, HelperRole, Host, RoomNote, Topic
from events.models import Event
from kit.times import local
from people.models import Person


@dataclass(frozen=True)
class Carried:
    """One event with the parts that somebody had in it, in words."""

    event: Event
    day: date
    parts: tuple[str, ...]


def carried_by(person: Person, now: datetime) -> list[Carried]:
    """The newest event first. Five queries at most."""
    parts: dict[Event, list[str]] = defaultdict(list)
    for event, words in _parts(Q(email=person.email) | Q(person=person)):
        parts[event].append(words)
    found = [_of(event, words) for event, words in parts.items() if event.is_published and event.is_past(now)]
    return sorted(found, key=lambda carried: carried.day, reverse=True)


def _parts(theirs: Q) -> Iterator[tuple[Event, str]]:
    rows = Host.objects.hosting().filter(theirs, topic__state=Topic.State.ACCEPTED)
    for host in rows.select_related("topic__event").prefetch_related("topic__event__sessions"):
        yield _shown(host.topic), _about(_("Hosted room %(number)s: %(title)s"), host.topic)
    yield from _help(theirs)


def _help(theirs: Q) -> Iterator[tuple[Event, str]]:
    rows = Helper.objects.helping().filter(theirs).select_related("role__event", "topic")
    helpers = list(rows.prefetch_related("role__event__sessions"))
    wrote = set(RoomNote.objects.filter(helper__in=helpers, version__gt=0).values_list("helper", flat=True))
    for helper in helpers:
        event = helper.role.event
        event.withhold(helper.topic)
        yield event, _notes_words(helper) if helper.pk in wrote else str(helper.role)


def _shown(topic: Topic) -> Event:
    topic.event.withhold(topic)
    return topic.event


def _notes_words(helper: Helper) -> str:
    """Of a room that takes place."""
    room = helper.topic
    if helper.role.kind != HelperRole.Kind.NOTES or room is None or not room.is_accepted:
        return str(helper.role)
    return _about(_("Took notes in room %(number)s: %(title)s"), room)


def _about(words: str, room: Topic) -> str:
    return words % {"number": room.number, "title": room.title}


def _of(event: Event, words: list[str]) -> Carried:
    ends_at = event.ends_at
    day = local(ends_at, event.time_zone).date() if ends_at else date.min
    return Carried(event, day, tuple(words))
