"""To which dates of an event somebody can come. Where an event has one date nobody is asked: a place is for that one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.models import Attendance, Event, Registration, Session


class NotTheseDates(Exception):
    """Refused: they chose no date, or left one out of an event that is for people who come to all of them."""


def asked_about(event: Event, now: datetime) -> list[Session]:
    """The dates about which somebody who wants a place is asked: those to come, of an event with several. No query when
    the sessions are prefetched."""
    sessions = list(event.sessions.all())
    return [session for session in sessions if session.ends_at > now] if len(sessions) > 1 else []


@transaction.atomic
def say_dates(registration: Registration, dates: Iterable[int]) -> None:
    """Note to which of the dates to come somebody can come: the keys of those they ticked, of the others they said no.
    What they were asked about a date before is answered with that. Under the lock of the event, which it takes. Raises
    NotTheseDates."""
    event, now, ticked = registration.event.locked(), timezone.now(), set(dates)
    asked = asked_about(event, now)
    refuse_unless_enough(event, asked, ticked)
    if not asked:
        return
    known = {row.session_id: row for row in registration.attendances.all()}
    rows = [known.get(date.pk) or Attendance(registration=registration, session=date) for date in asked]
    for row in rows:
        row.say(can_come=row.session_id in ticked, now=now)
        if not registration.is_email_confirmed:
            row.calendar_changes = 0  # no calendar has heard of them
    Attendance.objects.bulk_update([row for row in rows if row.pk], Attendance.SAID)
    Attendance.objects.bulk_create([row for row in rows if not row.pk])


def refuse_unless_enough(event: Event, asked: Iterable[Session], ticked: set[int]) -> None:
    """Raises NotTheseDates."""
    wanted = {date.pk for date in asked}
    if wanted and not (wanted <= ticked if event.needs_every_date else wanted & ticked):
        raise NotTheseDates


def cannot_come_to(registration: Registration) -> frozenset[int]:
    """The keys of the dates to which somebody said that they cannot come. One query."""
    return frozenset(registration.attendances.filter(can_come=False).values_list("session", flat=True))
