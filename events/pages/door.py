"""When the door into a meeting is open, and for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from events.actions.attendance import arrival_at
from events.models import Event, Registration, Session
from events.pages.registration_words import next_session

State = Literal["no_place", "cancelled", "over", "in_person", "early", "no_address", "open"]


@dataclass(frozen=True)
class Door:
    """What somebody finds who comes to the door of an event."""

    state: State
    session: Session | None
    arrived_at: datetime | None = None

    @classmethod
    def of(cls, registration: Registration, now: datetime) -> "Door":
        session = next_session(registration.event, now)
        arrived_at = arrival_at(registration, session) if session and session.opens_at <= now else None
        return cls(_state(registration, session, now), session, arrived_at)

    @property
    def lets_in(self) -> bool:
        return self.state == "open"

    @property
    def is_time(self) -> bool:
        """Whether this person may go in now, to wherever an address is known: rooms can have their own."""
        return self.state in {"open", "no_address"}

    @property
    def opens_at(self) -> datetime | None:
        return self.session.opens_at if self.session else None


def meeting_address(event: Event) -> str:
    """The address that the door leads to; "" for anything but https, and for one that cannot be read."""
    return https_address(event.join_address) if event.is_readable else ""


def https_address(text: str) -> str:
    """The address a browser may be sent to; "" for anything else."""
    address = text.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme == "https" and parts.hostname and address.isprintable() else ""


def is_zoom(event: Event) -> bool:
    host = urlsplit(meeting_address(event)).hostname or ""
    return host.endswith((".zoom.us", ".zoom.com")) or host in {"zoom.us", "zoom.com"}


def _state(registration: Registration, session: Session | None, now: datetime) -> State:
    event = registration.event
    answers: tuple[tuple[State, bool], ...] = (
        ("cancelled", not event.is_published),
        ("over", session is None or session.ends_at <= now),
        ("no_place", not registration.has_place),
        ("in_person", not registration.comes_online),
        ("early", session is not None and now < session.opens_at),
        ("no_address", not meeting_address(event)),
    )
    return next((state for state, holds in answers if holds), "open")
