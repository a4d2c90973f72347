"""What a mail says, before and after it is written out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CalendarFile:
    """Dates to be put into a calendar by whoever opens it. It asks nobody to answer, as an invitation would."""

    name: str
    content: bytes


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
    # The name before our address.
    sender: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    list_name: str = ""
