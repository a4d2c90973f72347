"""What the pages say on which people tell someone, and come back: who reads, what was written, who opened it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects

from concerns.models import Concern, ConcernReading
from events.models import Event
from kit.privacy import period
from kit.times import local
from people.models import Group, Membership, Person
from people.permissions import concern_readers


def frame(group: Group, event: Event | None) -> dict[str, Any]:
    """What all these pages say: who reads, by name, and whether they are named for it or stand in."""
    named = group.memberships.filter(role=Membership.Role.NAMED_CONTACT, person__is_active=True)
    return {
        "group": group,
        "event": event,
        "readers": list(concern_readers(group)),
        "are_named": named.exists(),
        "kept_days": period("concern").days,
    }


def told_to(reader: Person) -> list[Group]:
    """The groups for which somebody reads what people tell, each with how many wait: `new`. One query."""
    new = Count("concerns", filter=Q(concerns__state=Concern.State.NEW))
    return list(Group.objects.listened_to_by(reader).annotate(new=new))


def conversation(concern: Concern) -> dict[str, Any]:
    """What the page shows to whoever holds the code."""
    prefetch_related_objects([concern], "messages__by_contact", "readings__reader")
    return frame(concern.group, concern.event) | {
        "concern": concern,
        "openings": openings(concern),
        "kept_until": kept_until(concern),
    }


def openings(concern: Concern) -> list[ConcernReading]:
    """Who opened it, the last time first: one line a person and day, since days are all that is told."""
    zone = concern.group.time_zone
    lines: dict[tuple[int | None, date], ConcernReading] = {}
    for reading in concern.readings.all():
        lines.setdefault((reading.reader_id, local(reading.at, zone).date()), reading)
    return list(lines.values())


def kept_until(concern: Concern) -> date | None:
    """The day on which it is deleted; None while it is open, when the clock leaves it alone."""
    return concern.closed_on + period("concern") if concern.closed_on else None


@dataclass(frozen=True)
class Board:
    """The concerns of a group: what waits, what is being looked after, what is closed. No text is opened by this."""

    new: list[Concern]
    open: list[Concern]
    closed: list[Concern]


def board(group: Group) -> Board:
    rows = list(group.concerns.select_related("event"))
    states = Concern.State
    return Board(
        new=[row for row in rows if row.state == states.NEW],
        open=[row for row in rows if row.state == states.OPEN],
        closed=[row for row in rows if row.state == states.CLOSED],
    )
