"""Whose answers count towards five: people who confirmed their address themselves and were there.

Organisers, whom answers are about, can answer in the room as often as they like, and can add people whose mailboxes are
their own. So such answers are counted with the others, and open nothing: see kit.anonymity.
"""

from django.db.models import Exists, OuterRef

from events.models import Attendance, Event, Registration, RegistrationStep
from events.models.attendance import came
from events.models.registration import RegistrationQuerySet

Step = RegistrationStep.Kind


def of_event(event: Event) -> RegistrationQuerySet:
    """The registrations of an event whose answers are first-hand."""
    rows = Registration.objects.filter(event=event).coming().not_erased()
    # The history says who confirmed: `added_by` is empty again once that organiser is forgotten.
    themselves = rows.filter(_has(Step.EMAIL_CONFIRMED), ~_has(Step.ADDED))
    return themselves.filter(came(Attendance.objects.by_the_door())) if _had_a_door(event) else themselves


def is_of(event: Event, registration: int) -> bool:
    """Whether the answers of a registration of this event, by its key, are first-hand."""
    return of_event(event).filter(pk=registration).exists()


def _had_a_door(event: Event) -> bool:
    """Whether everyone who was there went through the door: nobody else can press its button for them. In a hall, or
    where organisers gave the meeting's address themselves, the hub knows of no more than places."""
    through_the_door = Attendance.objects.by_the_door().filter(session__event=event)
    return event.format == Event.Format.ONLINE and through_the_door.exists()


def _has(kind: Step) -> Exists:
    return Exists(RegistrationStep.objects.filter(registration=OuterRef("pk"), kind=kind))
