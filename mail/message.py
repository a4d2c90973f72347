"""What a mail says, once it is written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Composed:
    """The words of one mail. `subject` never holds an address, a name, a code or an access need."""

    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
