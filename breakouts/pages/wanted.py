"""What is wanted over all events to come: rooms that look for a host, and roles with a free slot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from breakouts.pages.on_event_page import Help, Room, context_of
from events.models import Event, Session
from events.models.session import SessionQuerySet

# Events that are read for one page, the next first.
READ = 100


@dataclass(frozen=True)
class WantedAt:
    """One event, and what it still wants. `session` is its first date: there is nothing to offer after it."""

    event: Event
    session: Session
    rooms: tuple[Room, ...]
    help: tuple[Help, ...]


def wanted(
    now: datetime, narrow: Callable[[SessionQuerySet], SessionQuerySet] = lambda sessions: sessions
) -> list[WantedAt]:
    """What is wanted, the next event first; nothing that is in somebody's hands, and nobody's name. Two queries however
    much there is."""
    published = Session.objects.on_the_calendar().filter(event__state=Event.State.PUBLISHED)
    sessions = narrow(published.filter(event__breakout_plan__isnull=False)).next_of_each_event()
    rows = sessions.select_related("event__group", "event__breakout_plan").order_by("starts_at", "pk")
    return list(_with_something(rows.prefetch_related("event__sessions")[:READ], now))


def _with_something(sessions: Iterable[Session], now: datetime) -> Iterable[WantedAt]:
    for session in sessions:
        event = session.event
        event.withhold(session)
        told = context_of(event, now)["breakouts"]
        rooms = tuple(room for room in told.rooms if room.state == "open") if told.may_host else ()
        if rooms or told.help:
            yield WantedAt(event, session, rooms, told.help)
