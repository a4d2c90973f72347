"""The part of a mail that puts a date into its reader's calendar, moves it there or takes it out (RFC 5546, RFC 6047).

One date a part, since a REQUEST may hold one UID only. It names nobody but the reader, and its organiser is the address
that the mail comes from: programs mistrust any other. All attendees share the UID of a date, so that nothing personal
may hang on it.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from events.calendars.feed import calendar_text
from events.calendars.published import door_of
from events.calendars.vevent import gone_entry, own_entry
from events.models import Attendance, CalendarEntry, DroppedDate, Registration, Session
from kit.text import clean_text
from mail.message import CalendarFile
from people.models import Hub, Person

Method = CalendarEntry.Method
# It stands in lists of files, where a title would say too much.
NAME = "invite.ics"


def invitation(
    date: Session | DroppedDate,
    registration: Registration,
    method: str,
    stamped_at: datetime,
    said: Attendance | None = None,
) -> CalendarFile:
    """What the calendar of whoever is registered is told of one date. `said`: of this date, if anything."""
    is_gone = method == Method.CANCEL
    if isinstance(date, DroppedDate):
        vevent = gone_entry(date, registration, changed_at=stamped_at)
    else:
        door = door_of(registration)
        vevent = own_entry(date, registration, door, changed_at=stamped_at, is_gone=is_gone, said=said)
    return _written(
        vevent, method, registration.event.time_zone, registration.event.group, registration.email
    )


def test_invitation(hub: Hub, person: Person, uid: str, now: datetime) -> CalendarFile:
    """A quarter of an hour, now, for whoever tries whether calendar entries arrive as such."""
    now = now.astimezone(UTC).replace(microsecond=0)
    vevent = icalendar.Event()
    for name, value in {
        "uid": uid,
        "sequence": 0,
        "dtstamp": now,
        "dtstart": now,
        "dtend": now + timedelta(minutes=15),
        "status": "CONFIRMED",
        "transp": "TRANSPARENT",
        "summary": _("A test: calendar entries arrive"),
        "description": _("You can delete this."),
    }.items():
        vevent.add(name, value)
    return _written(vevent, Method.REQUEST, "UTC", hub, person.email)


def _written(vevent: icalendar.Event, method: str, zone: str, whose: object, reader: str) -> CalendarFile:
    organizer = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = clean_text(str(whose))
    attendee = icalendar.vCalAddress(f"mailto:{reader}")
    attendee.params.update({"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    vevent.add("organizer", organizer)
    vevent.add("attendee", attendee)
    text = vevent.to_ical().decode()
    return CalendarFile(NAME, calendar_text(vevents=[text], zones={zone}, method=method), method)
