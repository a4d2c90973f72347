"""Reminders, computed from what is, not from a list made long ago: a date that moved is reminded of at its new time."""

from datetime import datetime, timedelta

from django.utils import timezone

from events.actions import notices
from events.models import Event, Registration, Session
from mail.models import OutgoingMail

ONE_DAY = timedelta(days=1)
# A reminder so late that nobody could act on it is not sent.
TOO_LATE = timedelta(minutes=30)


def due_sessions(now: datetime) -> "list[Session]":
    within = (now + TOO_LATE, now + ONE_DAY)
    sessions = Session.objects.filter(
        starts_at__gt=within[0], starts_at__lte=within[1], event__state=Event.State.PUBLISHED
    )
    return list(sessions.select_related("event__group"))


def send_due(now: datetime | None = None) -> int:
    """Owe a reminder to everyone coming to a session that starts within a day. Returns how many are new."""
    now = now or timezone.now()
    number = 0
    for session in due_sessions(now):
        for registration in _not_reminded(session):
            notices.reminder(session, registration)
            number += 1
    return number


def _not_reminded(session: Session) -> "list[Registration]":
    # Who has one is read from the outbox: a date that moved has another occasion, so it is reminded of again.
    reminded = OutgoingMail.objects.of_kind("reminder-1d").filter(
        key__endswith=f"/{notices.reminder_occasion(session)}"
    )
    coming = session.event.registrations.coming().exclude(pk__in=reminded.values("about"))
    rows = list(coming.select_related("person"))
    for row in rows:
        row.event = session.event
    return rows
