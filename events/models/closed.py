"""Why something cannot be done now: one list of reasons for all that opens and closes."""

from enum import StrEnum
from typing import TYPE_CHECKING


class Closed(StrEnum):
    """Why people cannot register, propose, ask, choose, help, host, answer or be mailed now. Whatever asks for the reason
    gets None while it is open. Pages say it in words: see events.pages.closed."""

    # Of the event.
    CANCELLED = "cancelled"
    NOT_PUBLISHED = "not_published"  # a draft, or no longer to take place; of a mail: what it would tell
    BEGUN = "begun"
    OVER = "over"
    # Of what is asked for.
    NOT_OFFERED = "not_offered"  # the organisers want none of it at this event
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    FULL = "full"
    NO_ROOMS = "no_rooms"
    # Of whoever asks.
    WAITING = "waiting"  # they are on the waiting list
    OFFERED = "offered"  # they have not taken the place that is held for them
    NO_PLACE = "no_place"
    LOOKS_AFTER_IT = "looks_after_it"  # hosts and note-takers sit in their room

    @classmethod
    def first(cls, *reasons: tuple["Closed", bool]) -> "Closed | None":
        """The first reason that holds; None when none does."""
        return next((reason for reason, holds in reasons if holds), None)

    # Templates cannot name a member, so they ask it: `reason.is_not_yet`. Python names it, and mypy, which does not see
    # this, refuses anything else.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> bool:
            asked = name.removeprefix("is_").upper()
            if not name.startswith("is_"):
                raise AttributeError(name)
            if asked not in type(self).__members__:
                # Templates take an AttributeError for "no": a reason that is none would never be noticed.
                raise NameError(f"{name}: there is no such reason")
            return self is type(self)[asked]


NOTHING_TO_COME_TO = frozenset({Closed.CANCELLED, Closed.NOT_PUBLISHED, Closed.OVER})


class NotOpen(Exception):
    """Refused: it cannot be done now, and `reason` says why."""

    def __init__(self, reason: Closed) -> None:
        super().__init__(reason)
        self.reason = reason
