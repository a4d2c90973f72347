"""What people have said of each date: who can come, who cannot, and who was asked and has not answered."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Event, Session
from kit.times import day_words

# From then on organisers are reminded of those who have not answered.
NEAR = timedelta(days=7)


class DateAnswers(NamedTuple):
    """Of those who have a place: how many can come, cannot, and were asked and have not answered."""

    yes: int = 0
    no: int = 0
    unanswered: int = 0


def answers_by_date(event: Event) -> dict[int, DateAnswers]:
    """By the key of the date; dates of which nobody said anything are left out. One query."""
    rows = Attendance.objects.of_those_coming().filter(session__event=event).values_list("session")
    counted = rows.annotate(
        yes=Count("pk", filter=Q(can_come=True)),
        no=Count("pk", filter=Q(can_come=False)),
        unanswered=Count("pk", filter=Q(can_come=None, asked_at__isnull=False)),
    )
    found = {session: DateAnswers(*numbers) for session, *numbers in counted}
    return {session: answers for session, answers in found.items() if any(answers)}


def lines(event: Event) -> list[str]:
    """A sentence for each date to come of which somebody said something."""
    dates = [date for date in event.sessions.all() if date.ends_at > timezone.now()]
    answers = answers_by_date(event) if dates else {}
    return [_line(event, date, answers[date.pk]) for date in dates if date.pk in answers]


def near_and_unanswered(event: Event) -> list[tuple[Session, int]]:
    """The dates of the next days of which somebody has not answered, and how many. One query, where anybody was asked."""
    now = timezone.now()
    asked = [date for date in event.sessions.all() if date.asked_at and now < date.starts_at < now + NEAR]
    answers = answers_by_date(event) if asked and event.is_published else {}
    numbers = ((date, answers.get(date.pk, DateAnswers()).unanswered) for date in asked)
    return [(date, number) for date, number in numbers if number]


def _line(event: Event, date: Session, answers: DateAnswers) -> str:
    numbers = (
        (_("%(number)s can come"), answers.yes),
        (_("%(number)s cannot"), answers.no),
        (_("%(number)s have not answered"), answers.unanswered),
    )
    said = ", ".join(words % {"number": number} for words, number in numbers if number)
    return _("%(day)s: %(said)s") % {
        "day": day_words(date.starts_at, event.time_zone, year=False),
        "said": said,
    }
