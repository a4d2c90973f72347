"""What follows for whoever was not at a date of a programme, by the rule of the event.

A day after each date it is settled who was not there, where that is known at all, and each of them gets one email that
says what follows. By the strictest rule their place ends two days later, unless it shows meanwhile that they were there.
Nobody loses a place for a date of which they said beforehand that they cannot come.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from events.actions import leaving
from events.actions.attendance import NOTED_WITHIN
from events.models import Attendance, Event, Registration, RegistrationStep, Session
from events.models.attendance import came, counted_dates
from kit.times import day_words
from mail.actions import outbox

Rule = Event.MissedDate
# So long organisers and people have to note who was there.
CLOSES_AFTER = timedelta(days=1)
PLACE_ENDS_AFTER = timedelta(days=2)


def settle_due(now: datetime | None = None) -> int:
    """Settle each date that was over a day ago, and end the places whose time has come. Returns how many of both. A
    clock that stood still for a week writes to nobody about what was before."""
    now = now or timezone.now()
    others = Session.objects.filter(event=OuterRef("event")).exclude(pk=OuterRef("pk"))
    due = Session.objects.filter(
        Exists(others),
        Q(attendance_closed_at=None) | Q(attendance_closed_at__lt=F("ends_at")),
        ends_at__lte=now - CLOSES_AFTER,
        ends_at__gt=now - NOTED_WITHIN,
        event__state=Event.State.PUBLISHED,
    )
    ending = Attendance.objects.filter(place_ends_at__lte=now).select_related("registration__event")
    settled = sum(_close(session, now) for session in due.select_related("event"))
    return settled + sum(_end_place(row, now) for row in ending)


@transaction.atomic
def _close(session: Session, now: datetime) -> bool:
    event = session.event.locked()
    session = event.sessions.select_for_update().get(pk=session.pk)
    session.event = event
    is_due = session.ends_at <= now - CLOSES_AFTER and event.is_published
    if session.attendance_is_closed or not is_due:
        return False
    session.attendance_closed_at = now
    session.save(update_fields=["attendance_closed_at"])
    if session.pk in counted_dates(event) and session.ended_early_at is None:
        _tell(session, now)
    return True


def _tell(session: Session, now: datetime) -> None:
    """Write to whoever was not there, where there is something to say or to choose."""
    event, is_past = session.event, session.event.is_past(now)
    away = event.registrations.coming().filter(volunteers_place=False, created_at__lt=session.ends_at)
    away = away.exclude(came(Attendance.objects.there().filter(session=session)))
    if event.missed_date == Rule.CATCH_UP:
        chosen = session.attendances.exclude(catch_up="").values("registration")
        rows = away.exclude(pk__in=chosen)
    else:
        said_so = session.attendances.filter(can_come=False).values("registration")
        rows = away.exclude(pk__in=said_so) if not is_past else away.none()
    people = list(rows.select_related("person"))
    if event.missed_date == Rule.RELEASE:
        for person in people:
            ends = {"place_ends_at": now + PLACE_ENDS_AFTER}
            Attendance.objects.update_or_create(registration=person, session=session, defaults=ends)
    outbox.queue_each(
        people,
        kind="missed-date",
        key=f"missed-date/{session.pk}/{session.ends_at:%Y-%m-%d}",
        group=event.group,
        context={"session": session.pk},
        not_before=now,
    )


@transaction.atomic
def _end_place(row: Attendance, now: datetime) -> bool:
    event, registration = leaving.locked(row.registration)
    row = Attendance.objects.select_for_update().select_related("session").get(pk=row.pk)
    if row.place_ends_at is None or row.place_ends_at > now:
        return False
    row.place_ends_at = None
    row.save(update_fields=["place_ends_at"])
    if not _ends(event, registration, row, now):
        return False
    day = day_words(row.session.starts_at, event.time_zone, year=False)
    leaving.end(registration, Registration.Ended.NOT_THERE, RegistrationStep.Kind.NOT_THERE, note=day)
    outbox.queue_each(
        [registration],
        kind="not-there",
        key=f"not-there/{row.session_id}/{row.session.ends_at:%Y-%m-%d}",
        group=event.group,
        context={"session": row.session_id},
        not_before=now,
    )
    leaving.offer_free_places(event)
    return True


def _ends(event: Event, registration: Registration, row: Attendance, now: datetime) -> bool:
    """Whether the rule still holds, and nothing shows that they were there."""
    holds = event.missed_date == Rule.RELEASE and event.is_published and not event.is_past(now)
    was_there = row.is_there or row.session.ended_early_at is not None
    return holds and registration.has_place and not registration.volunteers_place and not was_there
