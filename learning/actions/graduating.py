"""Who graduates, and when that turns out to be wrong. Nothing else writes a Graduation.

The clock looks at each programme that is over. Whoever has completed it graduates when who was there is settled, a week
after the last date, or as soon as an organiser counts it as completed; whoever catches up later, or makes their pledge
later, does then. Each is told once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.actions.leaving import locked
from events.models import Event, Registration
from kit.times import local
from learning.actions import certificate_codes
from learning.actions.progress import Progress, progress_of
from learning.models import Graduation
from mail.actions import outbox
from mail.models import KindName

# So long after its last date a programme is looked at: as long as it is known who took part.
LOOKED_AT = timedelta(days=365)


def graduate_due(now: datetime | None = None) -> int:
    """Returns how many have graduated, or have not after all."""
    now = now or timezone.now()
    return sum(_settle(event, now) for event in _over(now))


def graduation_of(registration: Registration) -> Graduation | None:
    """One query; none where nothing has to be completed."""
    if registration.event.dates_to_complete is None:
        return None
    return Graduation.objects.filter(registration=registration).first()


def _over(now: datetime) -> list[Event]:
    completed = Event.objects.filter(state=Event.State.PUBLISHED, dates_to_complete__isnull=False)
    over = completed.annotate(last=Max("sessions__ends_at")).filter(last__lte=now, last__gt=now - LOOKED_AT)
    return list(over.select_related("group").prefetch_related("sessions"))


def _settle(event: Event, now: datetime) -> int:
    """Settle an event, a person a transaction. What changes is looked at again under its lock."""
    people = list(event.registrations.coming().not_erased())
    graduated = {row.registration_id: row for row in Graduation.objects.filter(registration__event=event)}
    changed, held = 0, []
    for progress in progress_of(people, event) if people else []:
        graduation = graduated.pop(progress.registration.pk, None)
        if graduation is None:
            changed += progress.graduates(now) and _graduate(progress.registration, now)
        elif progress.still_holds(graduation):
            held.append(progress.registration)
        else:
            changed += _take_back(graduation)
    # A name that changed meanwhile stands on the certificate too.
    certificate_codes.note(event, held)
    gone = Registration.objects.not_erased().filter(pk__in=graduated) if graduated else []
    return changed + sum(_take_back(graduated[person.pk]) for person in gone)


@transaction.atomic
def _graduate(registration: Registration, now: datetime) -> bool:
    event, registration = locked(registration)
    if not registration.has_place or not _fresh(event, registration).graduates(now):
        return False
    on = local(now, event.time_zone).date()
    graduation, is_new = Graduation.objects.get_or_create(
        registration=registration, defaults={"graduated_on": on, "wanted": event.dates_to_complete or 0}
    )
    if is_new:
        certificate_codes.note(event, [registration])
        _tell(event, registration, "graduated", graduation.pk)
    return is_new


@transaction.atomic
def _take_back(graduation: Graduation) -> bool:
    """Whoever has a place is told; whoever has none any more was told of that."""
    event, registration = locked(graduation.registration)
    found = Graduation.objects.filter(pk=graduation.pk).first()
    if found is None or (registration.has_place and _fresh(event, registration).still_holds(found)):
        return False
    certificate_codes.forget(registration)
    if registration.has_place:
        _tell(event, registration, "graduation-undone", found.pk)
    found.delete()
    return True


def _fresh(event: Event, registration: Registration) -> Progress:
    return progress_of([registration], event)[0]


def _tell(event: Event, registration: Registration, kind: KindName, graduation: int) -> None:
    outbox.queue(
        kind=kind,
        key=f"{kind}/{registration.pk}/{graduation}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=event.group,
        about=registration.pk,
    )
