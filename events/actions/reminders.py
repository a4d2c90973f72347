"""What people are told around the start, computed from what is, not from a list made long ago: a date that moved is
reminded of at its new time; who waits still when an event begins hears that no place came free."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.actions import notices
from events.models import Event, Registration, Session
from mail.models import OutgoingMail

ONE_DAY = timedelta(days=1)
# A reminder so late that nobody could act on it is not sent.
TOO_LATE = timedelta(minutes=30)
# Nor is word of yesterday's event, that there was no place: a clock that stood still for so long does not write any more.
NO_PLACE_WITHIN = timedelta(days=1)


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


def tell_who_waited_in_vain(now: datetime | None = None) -> int:
    """Owe one mail to everyone who still waits for a place at an event that has begun. Returns how many are new."""
    now = now or timezone.now()
    waiting = Registration.objects.in_the_queue().with_confirmed_address().filter(event=OuterRef("pk"))
    dated = Session.objects.filter(starts_at__gt=now - NO_PLACE_WITHIN, starts_at__lte=now)
    begun = Event.objects.filter(Exists(waiting), pk__in=dated.values("event"), state=Event.State.PUBLISHED)
    first = (event for event in begun if event.starts_at and event.starts_at > now - NO_PLACE_WITHIN)
    return sum(_tell_of_no_place(event) for event in first)


@transaction.atomic
def _tell_of_no_place(event: Event) -> int:
    occasion = f"{event.starts_at:%Y-%m-%d}"  # once an event, and again for one that moves to another day
    locked = event.locked()
    told = OutgoingMail.objects.of_kind("no-place").filter(key__endswith=f"/{occasion}")
    waiting = locked.registrations.in_the_queue().with_confirmed_address()
    rows = list(waiting.exclude(pk__in=told.values("about")).select_related("person"))
    for row in rows:
        row.event = locked
        notices.no_place(row, occasion)
    return len(rows)


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
