"""Who was at which date. Nothing else writes that somebody was there.

The door notes it, an organiser does, or the person says so. What somebody did at the door stands before what others
noted, and nobody takes back what another one said.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions.leaving import locked
from events.models import Attendance, Event, Registration, RegistrationStep, Session
from kit.meanwhile import NothingChanged
from people.models import Person

How = Attendance.How
# So long after a date it can still be noted, or said, who was there.
NOTED_WITHIN = timedelta(days=7)


class NotNow(NothingChanged):
    """Refused: the date has not begun, is off, or was over a week ago."""


def can_be_noted(session: Session, now: datetime) -> bool:
    return session.opens_at <= now < session.ends_at + NOTED_WITHIN and not session.is_off


@transaction.atomic
def note_arrival(registration: Registration, session: Session) -> None:
    """Note that somebody went through the door of a date, the first time."""
    row = _row(registration, session)
    if not row.is_there or row.noted_how != How.DOOR:
        _note(row, How.DOOR)
        registration.add_step(RegistrationStep.Kind.JOINED)


@transaction.atomic
def note(registration: Registration, session: Session, *, by: Person) -> None:
    """Let an organiser note that somebody was there. Raises NotNow; NothingChanged when that is known."""
    row = _row_to_note(registration, session)
    _note(row, How.ORGANISER, by=by)


@transaction.atomic
def take_back(registration: Registration, session: Session) -> None:
    """Take back what organisers noted. Raises NotNow; NothingChanged for what somebody did or said themselves."""
    row = _row(registration, session)
    if not can_be_noted(session, timezone.now()):
        raise NotNow
    if not row.is_there or row.noted_how != How.ORGANISER:
        raise NothingChanged
    row.was_there, row.noted_how, row.noted_at, row.noted_by = False, "", None, None
    row.save()


@transaction.atomic
def say_there(registration: Registration, session: Session) -> None:
    """Let somebody say that they were there. Raises NotNow; NothingChanged when that is known, or without a place."""
    # Under the same lock as events.actions.missed_dates, which ends the place of whoever was not there.
    _event, registration = locked(registration)
    row = _row_to_note(registration, session)
    if not registration.has_place:
        raise NothingChanged
    _note(row, How.OWN_WORD)
    registration.add_step(RegistrationStep.Kind.SAID_THERE)


@transaction.atomic
def catch_up(registration: Registration, session: Session, choice: str) -> None:
    """Let somebody who was not there say how they go on: they will catch up, have done so, or go on without that date.
    Raises NothingChanged when they have said so before, were there, or nobody is asked."""
    event, registration = locked(registration)
    row = _row(registration, session)
    is_asked = event.missed_date == Event.MissedDate.CATCH_UP and session.is_over(timezone.now())
    if not (is_asked and registration.has_place) or row.is_there or row.catch_up == choice:
        raise NothingChanged
    row.catch_up = Attendance.CatchUp(choice)
    row.caught_up_at = timezone.now() if choice == Attendance.CatchUp.DONE else None
    row.save()


@transaction.atomic
def end_early(session: Session, *, because: str, by: Person) -> None:
    """Note that a date ended before its time: it counts for everyone. Raises NotNow; NothingChanged when it is noted."""
    event = session.event.locked()
    session = event.sessions.select_for_update().get(pk=session.pk)
    session.event = event
    if session.ended_early_at:
        raise NothingChanged
    if not can_be_noted(session, timezone.now()):
        raise NotNow
    session.ended_early_at, session.ended_early_because = timezone.now(), because
    session.save(update_fields=["ended_early_at", "ended_early_because"])
    for registration in event.registrations.filter(state=Registration.State.CONFIRMED):
        registration.add_step(RegistrationStep.Kind.ENDED_EARLY, by=by, note=because)


def arrival_at(registration: Registration, session: Session) -> datetime | None:
    """When somebody first went through the door of this date. One query."""
    theirs = Attendance.objects.by_the_door().filter(registration=registration, session=session)
    return theirs.values_list("noted_at", flat=True).first()


def _row_to_note(registration: Registration, session: Session) -> Attendance:
    row = _row(registration, session)
    if not can_be_noted(session, timezone.now()):
        raise NotNow
    if row.is_there:
        raise NothingChanged
    return row


def _row(registration: Registration, session: Session) -> Attendance:
    """The row of both under its lock; of two who write the first at once, one finds that of the other."""
    rows = Attendance.objects.select_for_update()
    row, _created = rows.get_or_create(registration=registration, session=session)
    row.registration, row.session = registration, session
    return row


def _note(row: Attendance, how: How, *, by: Person | None = None) -> None:
    row.was_there, row.noted_how, row.noted_at, row.noted_by = True, how, timezone.now(), by
    row.save()
