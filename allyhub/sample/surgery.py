"""The surgery of the programme, at its last date: made-up questions, of which some wait, one was answered in writing."""

from allyhub.sample.words import SampleEvent
from events.actions import first_hand
from events.models import Event
from learning.actions import me_toos, surgeries, surgery_box, surgery_line
from learning.asked import State
from learning.models import Surgery

# What people asked, and how many others wonder the same.
IN_LINE = (
    (
        "A colleague laughs about accents at lunch. Everybody waits for somebody else to speak. How do I begin?",
        11,
    ),
    ("In a seminar somebody says something racist, and half the room looks at me. Do I stop the seminar?", 6),
    ("I was praised for an idea that somebody else had first. How do I put that right a week later?", 2),
)
TO_READ = "The person at the desk beside mine on the third floor never says good morning to some of us."
ANSWERED = (
    "What if I want to say something and it comes out wrong?",
    "It will, at times. Say the part that matters first, then mend the rest: “That came out badly, let me try again” "
    "is a whole sentence. People remember that somebody said something at all.",
)
PUBLISHED = "Is it better to say nothing than to say it badly?"


def set_up(event: Event, sample: SampleEvent) -> None:
    if not sample.groups:
        return
    last = event.sessions.last()
    if last is None or not event.has_begun() or event.is_past():
        return
    surgery = surgeries.open_at(event, last)
    surgeries.change(
        surgery, answered_by=event.facilitators, asks_until="end", room_is_open=True, is_open=True
    )
    people = first_hand.of_event(event).order_by("queued_at", "pk")
    asked = [words for words, _others in IN_LINE] + [TO_READ, ANSWERED[0]]
    for words, registration in zip(asked, people, strict=False):
        surgery_box.ask(surgery, words, may_aloud=True, alone=False, registration=registration)
    if surgery_box.let_in(surgery):
        _lead(surgery)


def _lead(surgery: Surgery) -> None:
    keys = {one.words: one.key for one in surgery_box.read(surgery)}
    for words, others in IN_LINE:
        surgery_line.move(surgery, keys[words], State.LINE)
        for _browser in range(others):
            me_toos.press(surgery, keys[words])
    me_toos.show_due(surgery)
    question, answer = ANSWERED
    surgery_line.answer(surgery, keys[question], answer)
    surgery_line.publish(surgery, keys[question], question=PUBLISHED, answer=answer)
