"""What the pages say on which people tell someone, and come back: who reads, what was written, who opened it; and what
named contacts see of whoever they keep out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.utils import timezone

from concerns.models import Concern, ConcernReading
from events.models import Event, KeptOut, Registration
from kit.links import mailbox_digests
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


@dataclass(frozen=True)
class KeptOutLine:
    """Somebody who is kept out, covered: `waiting` requests of theirs, and whether it has ended."""

    kept: KeptOut
    waiting: int
    is_over: bool


def kept_out_lines(group: Group) -> list[KeptOutLine]:
    """What a group's named contacts have decided, what counts first. Four queries."""
    rows = list(
        group.kept_out.filter(kind=KeptOut.Kind.NAMED)
        .select_related("event")
        .prefetch_related("event__sessions", "mailboxes")
    )
    held, today = _held_at(group), timezone.localdate()
    lines = [KeptOutLine(row, len(_of(row, held)), row.is_over(today)) for row in rows]
    return sorted(lines, key=lambda line: line.is_over)


def requests_of(kept: KeptOut) -> list[Registration]:
    """Requests of whoever is kept out that wait for a named contact."""
    return [] if kept.is_lifted else _of(kept, _held_at(kept.group))


def kept_out_until(kept: KeptOut) -> date | None:
    """The day on which it is deleted; None while nobody can tell."""
    ends_on = timezone.localdate(kept.lifted_at) if kept.lifted_at else kept.ends_on()
    return ends_on + period("kept_out") if ends_on else None


def _held_at(group: Group) -> list[Registration]:
    held = Registration.objects.with_confirmed_address().filter(
        state=Registration.State.HELD, event__group=group
    )
    rows = held.select_related("event").prefetch_related("event__sessions").order_by("queued_at", "pk")
    return [row for row in rows if row.can_be_agreed_to()]


def _of(kept: KeptOut, held: list[Registration]) -> list[Registration]:
    own = {mailbox.digest for mailbox in kept.mailboxes.all()}
    here = [row for row in held if kept.event_id in (None, row.event_id)]
    return [row for row in here if own & set(mailbox_digests(row.email))]
