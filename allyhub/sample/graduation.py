"""The first run of the programme, which most people completed, and the prompts after the dates of the one that is on."""

from events.actions import completing, registrations
from events.actions.attendance import NOTED_WITHIN
from events.actions.entering import Answers
from events.models import Attendance, Event, Registration, RegistrationStep, Session
from learning.actions import graduating, spacing
from learning.models import LearningPlan
from people.models import Person

FIRST_RUN = "Inclusive Allyship Programme: the first run"
THIS_ONE = "Inclusive Allyship Programme"
# Of those who came, by their number: who was not there on which date, and whether they caught up on it.
AWAY = {4: (2, True), 9: (3, True), 13: (1, False), 17: (4, False)}
# One of these two led a part of that date somewhere else.
COUNTED = 17
BECAUSE = "You led the last session in Liverpool at the same hour."
PROMPTS = (
    ("Which of your values did you act on last week? One example is enough.", ""),
    (
        "Who had the word in your last meeting, and who had not?",
        "What has changed in your meetings since then?",
    ),
    ("Somebody says something that hurts another. What is your first sentence?", ""),
    ("Which step of your plan is the next one?", "Look at your plan again. What can you cross out?"),
)


def enrol(event: Event, email: str, name: str, values_version: int | None) -> None:
    """Let somebody take part in the first run, whom a newcomer can be. While it is still to come."""
    if event.title == FIRST_RUN:
        answers = Answers(name=name, email=email, values_version_id=values_version)
        registrations.confirm(registrations.register(event, answers))


def set_up(event: Event) -> None:
    """What the programme that is on asks people to think about; what the first run said of its certificate."""
    dates = list(event.sessions.all())
    if event.title == THIS_ONE:
        written = {
            (date.pk, weeks): text
            for date, texts in zip(dates, PROMPTS, strict=True)
            for weeks, text in zip(spacing.After.values, texts, strict=True)
        }
        spacing.save(event, written)
    elif event.title == FIRST_RUN:
        rules = {
            "missed_date": Event.MissedDate.CATCH_UP,
            "catch_up_task": "Read the notes, and write one thing down.",
        }
        Event.objects.filter(pk=event.pk).update(dates_to_complete=len(dates), **rules)
        about = "What allies value, do and leave to others; privilege and influence; a plan of one’s own"
        said = {"about": about, "with_whom": "Colleagues of three universities", "signed_by": "Imani Clarke"}
        LearningPlan.objects.update_or_create(event=event, defaults=said)


def completed(event: Event, *, by: Person) -> None:
    """Once its dates are where they belong: who was there, and who completed it."""
    if event.title != FIRST_RUN:
        return
    people, dates = list(event.registrations.coming().order_by("pk")), list(event.sessions.all())
    rows = [
        _row(person, dates, number, of) for number, person in enumerate(people) for of in range(len(dates))
    ]
    Attendance.objects.bulk_create(row for row in rows if row)
    completing.count_as_complete(people[COUNTED], because=BECAUSE, by=by)
    people[COUNTED].steps.filter(kind=RegistrationStep.Kind.COMPLETE).update(at=dates[-1].ends_at)
    graduating.graduate_due(dates[-1].ends_at + NOTED_WITHIN)


def _row(person: Registration, dates: list[Session], number: int, of: int) -> Attendance | None:
    date, (away, caught_up) = dates[of], AWAY.get(number, (0, False))
    row = Attendance(registration=person, session=date)
    if away != of + 1:
        row.was_there, row.noted_how, row.noted_at = True, Attendance.How.ORGANISER, date.starts_at
        return row
    if caught_up:
        row.catch_up, row.caught_up_at = Attendance.CatchUp.DONE, date.ends_at
    return row if caught_up else None
