"""What is wanted over all events to come: rooms that look for a host, and roles with a free slot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from breakouts.actions import wanted as actions
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
    now: datetime, narrow: Callable[[SessionQuerySet], SessionQuerySet] = lambda dates: dates
) -> list[WantedAt]:
    """What is wanted, the next event first; nothing that is in somebody's hands, and nobody's name. Two queries however
    much there is."""
    return list(_with_something(narrow(actions.dates())[:READ], now))


def _with_something(dates: Iterable[Session], now: datetime) -> Iterable[WantedAt]:
    for session in dates:
        event = session.event
        if not actions.number(event, now):
            continue
        event.withhold(session)
        told = context_of(event, now)["breakouts"]
        yield WantedAt(event, session, tuple(room for room in told.rooms if room.state == "open"), told.help)
