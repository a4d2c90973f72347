"""All events whose access needs somebody looks after: numbers, no person and no need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from events.models import AccessRequest, Event
from events.pages.organise.access_board import LANES, days_left
from events.pages.organise.access_rows import Row, is_asked, rows_of, unread
from people.models import Person


@dataclass(frozen=True)
class EventLine:
    """`numbers` of needs in each lane. `new` requests were opened by nobody yet."""

    event: Event
    numbers: Mapping[str, int]
    new: int
    days_left: int | None


def overview(reader: Person, now: datetime) -> list[EventLine]:
    """The events of which somebody's needs are held, the next one first, those that are over last."""
    events = events_asked_of(reader).order_by("pk")
    asked = asked_by_event(events)
    new = unread([row for rows in asked.values() for row in rows])
    lines = [
        EventLine(
            event,
            _numbers(asked[event.pk]),
            len(new & {row.request for row in asked[event.pk]}),
            days_left(event, now),
        )
        for event in events
    ]
    return sorted(lines, key=lambda line: (line.days_left is None, line.days_left or 0))


def events_asked_of(reader: Person) -> QuerySet[Event]:
    asking = AccessRequest.objects.open().values("registration__event")
    events = Event.objects.cared_for_by(reader).filter(pk__in=asking)
    return events.select_related("group").prefetch_related("sessions")


def asked_by_event(events: Iterable[Event]) -> dict[int, list[Row]]:
    """What somebody who is coming relies on, by the key of its event. One query."""
    by_key, found = {event.pk: event for event in events}, defaultdict[int, list[Row]](list)
    for row in rows_of(by_key.values()):
        if is_asked(row, by_key[row.event]):
            found[row.event].append(row)
    return found


def _numbers(rows: Iterable[Row]) -> dict[str, int]:
    states = [row.state for row in rows]
    return {name: sum(state in lane for state in states) for name, _title, lane in LANES}
