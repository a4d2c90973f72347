"""The entry that hosts put into their own calendar: when their room is, and nothing that leads into a meeting."""

import hashlib
from datetime import UTC

import icalendar
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.models import BreakoutPlan, Host
from breakouts.pages import host_words
from events.calendars import words
from events.calendars.feed import calendar_text
from kit.text import clean_text


def host_text(host: Host) -> bytes:
    """The host's date as a file to be imported. Brought in again it changes the entry that is there: same UID, newer
    DTSTAMP."""
    event, plan = host.event, BreakoutPlan.of(host.event)
    first = event.sessions.all()[0]
    starts_at, ends_at = first.starts_at, first.ends_at
    if plan and plan.rooms:
        starts_at, ends_at = plan.rooms
    made_at = timezone.now().astimezone(UTC)
    entry = icalendar.Event()
    entry.add("uid", uid_of(host))
    entry.add("sequence", first.sequence)
    entry.add("dtstamp", made_at)
    entry.add("last-modified", made_at)
    entry.add("dtstart", starts_at.astimezone(UTC))
    entry.add("dtend", ends_at.astimezone(UTC))
    entry.add("status", "CONFIRMED")
    entry.add("class", "PRIVATE")
    entry.add("summary", _summary(host))
    entry.add("description", _description(host))
    entry.add("url", words.page_of(event))
    return calendar_text(vevents=[entry.to_ical().decode()], zones=[])


def uid_of(host: Host) -> str:
    """A name for the entry, made of the host's key, which cannot be read back from it: entries are shared and copied."""
    return f"host-{hashlib.sha256(host.key.encode()).hexdigest()[:32]}@allyhub"


def _summary(host: Host) -> str:
    return words.without_ways_in(
        _("I host: %(room)s") % {"room": clean_text(host_words.room(host.topic))}, host.event
    )


def _description(host: Host) -> str:
    lines = [
        host.event.title,
        _("Your emails have the link to your own page as host."),
        words.page_of(host.event),
    ]
    return words.without_ways_in(words.PARAGRAPH.join(lines), host.event)
