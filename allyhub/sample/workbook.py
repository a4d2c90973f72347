"""The workbook of the programme: what is ready made, between its dates, and a few lines that some wrote."""

from allyhub.sample.words import SampleEvent
from events.models import Event, Registration
from learning.actions import activities, workbook
from learning.models import Activity
from learning.ready_made import READY_MADE
from learning.written import Answer, Written

# By the name of what is ready made: after which date, counted from 1; 0 before the first.
BETWEEN = {"today": 0, "roots": 1, "circle": 2, "plan": 3, "noticed": 3}
# So many of those with a place wrote on the page after the first date.
WROTE = 8
LINES = (
    "My first manager knew my uncle. I never thought of it as a door until Tuesday.",
    "I was believed at the doctor's at once. My sister was not.",
    "Nobody ever asked me where I am really from.",
    "I could be late without it becoming a story about people like me.",
)


def set_up(event: Event, sample: SampleEvent) -> None:
    if not sample.groups:
        return
    dates = [None, *event.sessions.all()]
    made = {
        ready.name: activities.add(
            event,
            after=dates[BETWEEN[ready.name]],
            kind=ready.kind,
            title=str(ready.title),
            intro=str(ready.intro),
            minutes=ready.minutes,
            prompts=[[str(question), str(hint)] for question, hint in ready.prompts],
        )
        for ready in sorted(READY_MADE, key=lambda ready: BETWEEN[ready.name])
    }
    if event.has_begun():
        people = [row for row in event.registrations.order_by("queued_at", "pk") if row.has_place]
        for number, registration in enumerate(people[:WROTE]):
            _write(registration, made["roots"], LINES[number % len(LINES)])


def _write(registration: Registration, activity: Activity, words: str) -> None:
    question = activity.questions[0][0]
    written = Written((Answer(question, words),))
    workbook.save(registration, activity, written, edition=0, sheet="")
