"""What people are told around the start, computed from what is, not from a list made long ago: a date that moved is
reminded of at its new time; who waits still when an event begins hears that no place came free."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from events.actions import audiences, notices
from events.models import Attendance, Event, Registration, Session
from mail.actions import outbox
from mail.models import OutgoingMail

ONE_DAY = timedelta(days=1)
# A reminder so late that nobody could act on it is not sent.
TOO_LATE = timedelta(minutes=30)
# Nor is word of yesterday's event, that there was no place: a clock that stood still for so long does not write any more.
NO_PLACE_WITHIN = timedelta(days=1)
# Whoever was asked whether they can come is asked once more: after some days, or when the date is near.
ASKED_AGAIN_AFTER = timedelta(days=3)
DATE_IS_NEAR = timedelta(days=2)
NOT_ASKED_TWICE_WITHIN = timedelta(hours=12)


class Reminder(NamedTuple):
    """How long before a date it leaves, and before which time left it makes no sense any more. `field`: of the event,
    whom it goes to."""

    when: str
    field: str
    before: timedelta
    not_after: timedelta

    def whom(self, event: Event) -> Event.Reminds:
        return Event.Reminds(getattr(event, self.field))


REMINDERS = (
    # Who registers later knows it still.
    Reminder("7d", "reminds_week_before", timedelta(days=7), timedelta(days=6)),
    Reminder("1d", "reminds_day_before", ONE_DAY, TOO_LATE),
    Reminder("2h", "reminds_hours_before", timedelta(hours=2), TOO_LATE),
)
NAMED = {reminder.when: reminder for reminder in REMINDERS}


def due_sessions(now: datetime, within: timedelta = ONE_DAY) -> "list[Session]":
    """Those that begin by then, unless it is too late to tell anybody."""
    sessions = Session.objects.filter(
        starts_at__gt=now + TOO_LATE, starts_at__lte=now + within, event__state=Event.State.PUBLISHED
    )
    return list(sessions.select_related("event__group"))


def send_due(now: datetime | None = None) -> int:
    """Owe each reminder that is due to those whom its event wants reminded. Returns how many are new."""
    now = now or timezone.now()
    number = 0
    for session, reminder in _due(now):
        for registration in _not_reminded(session, reminder):
            notices.reminder(session, registration, reminder.when)
            number += 1
    return number


def goes_to(reminder: Reminder, registration: Registration) -> bool:
    """Whether somebody is among those whom their event wants reminded then, as things stand."""
    whom = reminder.whom(registration.event)
    if whom is Event.Reminds.TEAM:
        found = audiences.of_event(registration.event, registration.pk)
        return registration.pk in audiences.people(found, [whom])
    return whom is Event.Reminds.COMING and registration.has_place


def _due(now: datetime) -> Iterator[tuple[Session, Reminder]]:
    for session in due_sessions(now, max(reminder.before for reminder in REMINDERS)):
        for reminder in REMINDERS:
            left = session.starts_at - now
            if (
                reminder.not_after < left <= reminder.before
                and reminder.whom(session.event) is not Event.Reminds.NOBODY
            ):
                yield session, reminder


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


def _not_reminded(session: Session, reminder: Reminder) -> "list[Registration]":
    # Who has one is read from the outbox: a date that moved has another occasion, so it is reminded of again.
    reminded = OutgoingMail.objects.of_kind("reminder").filter(
        key__endswith=f"/{notices.reminder_occasion(session)}/{reminder.when}"
    )
    rows = session.event.registrations.coming().exclude(pk__in=reminded.values("about"))
    if reminder.whom(session.event) is Event.Reminds.TEAM:
        team = audiences.people(audiences.of_event(session.event), [Event.Reminds.TEAM])
        rows = rows.filter(pk__in=team)
    found = list(rows.select_related("person"))
    for row in found:
        row.event = session.event
    return found


def ask_again_about_dates(now: datetime | None = None) -> int:
    """Remind once whoever was asked whether they can come on a date, and has not answered. One mail a person, for all
    that they are asked. Returns how many are new."""
    now = now or timezone.now()
    waits_long = Q(asked_at__lte=now - ASKED_AGAIN_AFTER)
    is_near = Q(asked_at__lte=now - NOT_ASKED_TWICE_WITHIN, session__starts_at__lte=now + DATE_IS_NEAR)
    reminded = OutgoingMail.objects.of_kind("still-coming").filter(
        about=OuterRef("registration"), created_at__gte=OuterRef("asked_at")
    )
    unanswered = (
        Attendance.objects.asked(now).of_those_coming().filter(waits_long | is_near, ~Exists(reminded))
    )
    to_come = unanswered.filter(
        session__starts_at__gt=now + TOO_LATE, session__event__state=Event.State.PUBLISHED
    )
    rows = to_come.select_related("registration__event__group", "registration__person").order_by("asked_at")
    latest = {row.registration_id: row for row in rows}
    for row in latest.values():
        _ask_again(row.registration, row.asked_at)
    return len(latest)


def _ask_again(registration: Registration, asked_at: datetime | None) -> None:
    outbox.queue(
        kind="still-coming",
        key=f"still-coming/{registration.pk}/{asked_at:%Y-%m-%dT%H:%M:%S}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=registration.event.group,
        about=registration.pk,
    )
