"""What a mail says, before and after it is written out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CalendarFile:
    """Dates for a calendar. With a `method` (RFC 5546) a mail program puts the date into its reader's own, moves it or
    takes it out; without one they are a file for whoever opens it."""

    name: str
    content: bytes
    method: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """The date that a mail tells its reader's calendar. `write` is called once, in a transaction, before the mail is
    handed over for the first time: what it gives is kept with the mail, so that a repeat says the same. None: another
    mail was faster. `others`: how many more come, each in a mail of its own."""

    method: str
    write: Callable[[], CalendarFile | None]
    others: int = 0


@dataclass(frozen=True)
class Draft:
    """What a kind of mail says right now, and what its template is filled with. `subject` goes on after a colon ("your
    place is saved"), and is the heading; it never holds an address, a name, a code or an access need."""

    subject: str
    context: Mapping[str, Any]
    # Goes on after the subject, where there is room: by when somebody has to answer.
    deadline: str = ""
    # Not even where a group wants its events named: who gets this has to do with what was told in confidence.
    keeps_event_out: bool = False
    calendar: CalendarFile | None = None
    calendar_part: CalendarPart | None = None
    reply_to: str = ""
    # Of mails that somebody asked for, as news: where one press stops them, and which of them these are.
    unsubscribe_url: str = ""
    list_name: str = ""


@dataclass(frozen=True)
class Composed:
    """Words of one mail, as they leave."""

    subject: str
    text: str
    html: str = ""
    calendar: CalendarFile | None = None
    calendar_part: CalendarPart | None = None
    # The name before our address.
    sender: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    list_name: str = ""
