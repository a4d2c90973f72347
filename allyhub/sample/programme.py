"""The programme of three universities: places kept for each, one registration for four dates, and the first of them is
over."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from allyhub.sample import days, words
from allyhub.sample.words import SHORT_ONLINE, SampleEvent, SampleGroup
from events.actions import missed_dates, quotas
from events.models import Attendance, Event, Quota, Registration, RegistrationStep, Session

PROGRAMME = SampleEvent(
    title="Inclusive Allyship Programme",
    kind="programme",
    group="inclusive-allyship",
    dates=[
        (-1, 1, "11:00", "12:00"),
        (1, 2, "14:00", "15:00"),
        (3, 4, "14:30", "15:30"),
        (4, 1, "10:00", "11:00"),
    ],
    titles=words.PROGRAMME_SESSIONS,
    summary="Values, behaviours and actions, in four sessions, for colleagues at three universities.",
    description=words.PROGRAMME,
    places=40,
    groups=[
        SampleGroup("University of Kent", 15, "kent.example", 9),
        SampleGroup("Liverpool John Moores University", 10, "ljmu.example", 15),
        SampleGroup("City, University of London", 12, "city.example", 7),
    ],
    tags=["Allyship", "At work"],
    in_place=SHORT_ONLINE,
    facilitators="Imani and two guests",
    for_whom="Staff of the University of Kent, Liverpool John Moores University and City, University of London",
    series="Inclusive Allyship Programme",
    picture="steps",
    pledges=10,
)
# The next one: what its groups leave is shared three weeks before.
NEXT = replace(
    PROGRAMME,
    title="Inclusive Allyship Programme: the next round",
    dates=[
        (9, 1, "11:00", "12:00"),
        (10, 2, "14:00", "15:00"),
        (12, 4, "14:30", "15:30"),
        (13, 1, "10:00", "11:00"),
    ],
    places=24,
    groups=[
        SampleGroup("University of Kent", 8, "kent.example", 3),
        SampleGroup("Liverpool John Moores University", 6, "ljmu.example", 8),
        SampleGroup("City, University of London", 8, "city.example", 2),
    ],
    shared_from=(6, 1, "12:00"),
    picture="",
    pledges=0,
)
CATCH_UP_TASK = (
    "Read the notes of that date, and write down one thing that you would have said. Half an hour is enough."
)
# Of those with a place, who was not there on the first date: the one catches up, the other has not said anything.
NOT_THERE = (3, 12)


def set_up(event: Event, sample: SampleEvent) -> None:
    """Keep places for its groups, and give the programme its rules."""
    if not sample.groups:
        return
    kept = [
        Quota(name=group.name, places=group.places, domains=group.domain, asks=True)
        for group in sample.groups
    ]
    quotas.save(event, saved=kept, pool_at=days.instant(*sample.shared_from) if sample.shared_from else None)
    Event.objects.filter(pk=event.pk).update(
        needs_every_date=True,
        missed_date=Event.MissedDate.CATCH_UP,
        catch_up_task=CATCH_UP_TASK,
        dates_to_complete=len(sample.dates),
    )
    event.refresh_from_db()


def came(event: Event) -> None:
    """Everyone can come to every date, and most were there at those that are over."""
    if not event.has_quotas:
        return
    people, now = list(event.registrations.live().order_by("queued_at", "pk")), timezone.now()
    places = [row for row in people if row.has_place]
    away = [places[number] for number in NOT_THERE] if event.has_begun(now) else []
    dates = list(event.sessions.all())
    rows = [_attendance(row, date, now, was_away=row in away) for row in people for date in dates]
    for row in rows:
        if row.registration in away[:1] and row.session == dates[0]:
            row.catch_up = Attendance.CatchUp.CHOSEN
    Attendance.objects.bulk_create(rows)
    closed_at = F("ends_at") + missed_dates.CLOSES_AFTER
    event.sessions.filter(ends_at__lte=now - missed_dates.CLOSES_AFTER).update(attendance_closed_at=closed_at)
    RegistrationStep.objects.bulk_create(
        RegistrationStep(registration=row.registration, kind=RegistrationStep.Kind.JOINED, at=row.noted_at)
        for row in rows
        if row.was_there and row.noted_at
    )


def _attendance(row: Registration, date: Session, now: datetime, *, was_away: bool) -> Attendance:
    was_there = row.has_place and date.ends_at <= now and not was_away
    said = Attendance(registration=row, session=date, can_come=True, answered_at=row.created_at)
    if was_there:
        said.was_there, said.noted_how = True, Attendance.How.DOOR
        said.noted_at = date.starts_at - timedelta(minutes=row.pk % 9)
    return said
