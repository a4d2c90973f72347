"""A calendar as RFC 5546 §2.1.5 wants it: of what it is sent about one UID the highest SEQUENCE counts, and of two of one
number the later DTSTAMP, in whatever order they arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message

import icalendar
from django.core import mail as django_mail

from mail.actions import outbox


@dataclass(frozen=True)
class Part:
    """One calendar part, as read from the bytes of a mail."""

    to: str
    message_id: str
    subject: str
    content: bytes
    method: str
    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str

    @property
    def number(self) -> tuple[int, datetime]:
        return self.sequence, self.stamp


def sent() -> list[Part]:
    """Let the worker send what is due, and read its calendar parts from their bytes."""
    before = len(django_mail.outbox)
    outbox.send_due()
    messages = [message_from_bytes(mail.message().as_bytes()) for mail in django_mail.outbox[before:]]
    return [read(message) for message in messages if part_of(message) is not None]


def part_of(message: Message) -> Message | None:
    """A file to be opened by hand is none."""
    return next((part for part in message.walk() if part.get_param("method")), None)


def read(message: Message) -> Part:
    part = part_of(message)
    content = part.get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == part.get_param("method")
    return Part(
        message["To"],
        message["Message-ID"],
        message["Subject"],
        content,
        str(calendar["METHOD"]),
        str(event["UID"]),
        int(event["SEQUENCE"]),
        event["DTSTAMP"].dt,
        event["DTSTART"].dt,
        event["DTEND"].dt,
        str(event["SUMMARY"]),
    )


def applied(parts: Iterable[Part]) -> dict[str, Part]:
    """What is in the calendar after these have arrived, with what was cancelled."""
    held: dict[str, Part] = {}
    for part in parts:
        if part.uid not in held or held[part.uid].number < part.number:
            held[part.uid] = part
    return held


def shown(parts: Iterable[Part]) -> dict[str, tuple[datetime, datetime]]:
    """When each date is that stands in the calendar."""
    return {
        uid: (part.starts_at, part.ends_at)
        for uid, part in applied(parts).items()
        if part.method == "REQUEST"
    }
