"""Which dates a feed holds when there are more than fit. Services read a megabyte, and nothing of what is beyond.

What is told to be off lately stays, or programs would show it for ever; then what comes next; the far future gives way
before it, and the past before that.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from events.models import Event
from events.models.session import DateQuerySet

log = logging.getLogger(__name__)

# The shortest texts fill a megabyte.
MOST_DATES = 3000
# As many as may fit: with more there is no use in trying.
MAY_FIT = 2000
# So many are read at once, until the megabyte is full.
PORTION = 700
# A megabyte, however somebody counts it, but for the head of a feed and its time zones.
HEAD = 16_000
ROOM = 1_000_000 - HEAD
# So long whoever follows is told that a date is off.
TOLD_OFF_FOR = timedelta(days=30)


class Entry(NamedTuple):
    """One date as calendars are told of it."""

    vevent: str
    zone: str


# An entry, and before it, to be sorted by, its start as the database writes it: a thousand of them read as times cost as
# much as all the texts.
_Placed = tuple[str, str, str]


def entries_of(
    sessions: DateQuerySet, dropped: DateQuerySet, now: datetime, number: int, *, name: str = ""
) -> list[Entry]:
    """The dates that a feed holds, in their order: all of them, in two queries, where they fit. `number` is how many
    sessions there are, `name` what the log calls the feed when some are left out."""
    sessions = sessions.with_text()
    if number <= MAY_FIT:
        found = [*map(Entry._make, sessions.values_list("vevent", "event__time_zone"))]
        found += map(Entry._make, dropped.values_list("vevent", "event__time_zone")[:MOST_DATES])
        if sum(_size(entry.vevent) for entry in found) <= ROOM:
            return found
    chosen = sorted(_chosen(sessions, dropped, now))
    _say_once(name, number + dropped.count() - len(chosen), now.date())
    return [Entry(vevent, zone) for _start, vevent, zone in chosen]


@lru_cache(maxsize=1000)
def _say_once(name: str, left_out: int, day: date) -> None:
    """Once a day for each feed, however many programs ask."""
    log.warning(
        "Feed %r is larger than a megabyte: %s dates long past or far away are left out", name, left_out
    )


def _chosen(sessions: DateQuerySet, dropped: DateQuerySet, now: datetime) -> Iterator[_Placed]:
    since = now - TOLD_OFF_FOR
    # Few events are off: to look for them first is quicker than to ask each date.
    off = Event.objects.filter(published_at__isnull=False).exclude(state=Event.State.PUBLISHED)
    is_off = Q(event__in=[*off.values_list("pk", flat=True)], changed_at__gte=since)
    others, room = sessions.exclude(is_off), ROOM
    near, over = others.filter(ends_at__gt=now), others.filter(ends_at__lte=now)
    for found in (
        _placed(dropped.filter(dropped_at__gte=since)),
        _placed(sessions.filter(is_off)),
        _in_portions(near.order_by("starts_at", "pk")),
        _in_portions(over.order_by("-starts_at", "-pk")),
    ):
        for placed in found:
            room -= _size(placed[1])
            if room < 0:
                return
            yield placed


def _in_portions(dates: DateQuerySet) -> Iterator[_Placed]:
    for start in range(0, MOST_DATES, PORTION):
        portion = list(_placed(dates[start : start + PORTION]))
        yield from portion
        if len(portion) < PORTION:
            return


def _placed(dates: DateQuerySet) -> DateQuerySet:
    start = Cast("starts_at", CharField())
    return dates.annotate(start=start).values_list("start", "vevent", "event__time_zone")


def _size(vevent: str) -> int:
    """In bytes."""
    return len(vevent if vevent.isascii() else vevent.encode())
