"""Questions asked before registering, and answered for everyone."""

from datetime import timedelta

import pytest
import time_machine

from breakouts.actions import questions
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Question
from events.models import Closed, Event
from kit.meanwhile import NotOpen
from mail.models import OutgoingMail
from people.models import Person
from tests.breakouts.factories import make_social, organiser_of
from tests.factories import make_event

pytestmark = pytest.mark.django_db

SAGE = "sage@example.org"


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def by(event: Event) -> Person:
    return organiser_of(event)


def on_the_page(event: Event) -> list[tuple[str, str]]:
    event.breakout_plan.refresh_from_db()
    return [(shown["text"], shown["answer"]) for shown in event.breakout_plan.on_the_page["questions"]]


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def test_a_question_is_for_the_organisers_until_it_is_answered(event, by):
    question = questions.ask(event, text="May I bring a friend?", email="Sage@Example.org")

    assert (question.state, question.email, on_the_page(event)) == ("asked", SAGE, [])
    assert mails("question-asked") == [by.email]


def test_an_answer_is_for_everyone_in_the_words_of_the_organisers(event, by):
    question = questions.ask(event, text="May I, Sage Miller, bring a friend?", email=SAGE)

    questions.answer(question, text="May I bring a friend?", answer="Please do.", by=by)

    assert on_the_page(event) == [("May I bring a friend?", "Please do.")]
    assert mails("question-answered") == [SAGE]


def test_an_answer_set_right_later_is_not_told_twice(event, by):
    question = questions.ask(event, text="When?", email=SAGE)
    first = questions.answer(question, text="When?", answer="At three", by=by)

    second = questions.answer(question, text="When?", answer="At four", by=by)

    assert on_the_page(event) == [("When?", "At four")]
    assert second.answered_at == first.answered_at
    assert mails("question-answered") == [SAGE]


def test_without_an_address_nobody_is_written_to(event, by):
    questions.answer(questions.ask(event, text="When?"), text="When?", answer="At three", by=by)

    assert mails("question-answered") == []


def test_a_declined_question_stays_off_the_page_and_whoever_asked_is_told_why(event, by):
    question = questions.ask(event, text="Who else comes?", email=SAGE)

    question = questions.decline(question, words="We never say who comes.", by=by)

    assert (question.state, question.answer, on_the_page(event)) == (
        "declined",
        "We never say who comes.",
        [],
    )
    assert mails("question-answered") == [SAGE]


def test_what_is_decided_is_not_decided_otherwise_behind_somebodys_back(event, by):
    answered, declined = (questions.ask(event, text=text) for text in ("One?", "Two?"))
    questions.answer(answered, text="One?", answer="Yes.", by=by)
    questions.decline(declined, words="", by=by)

    with pytest.raises(NoLongerPossible):
        questions.decline(answered, words="", by=by)
    with pytest.raises(NoLongerPossible):
        questions.answer(declined, text="Two?", answer="Yes.", by=by)


def test_an_answer_that_is_taken_back_leaves_the_page_and_keeps_its_words(event, by):
    question = questions.answer(questions.ask(event, text="When?"), text="When?", answer="At three", by=by)

    question = questions.take_back(question)

    assert (question.state, question.answer, on_the_page(event)) == ("asked", "At three", [])


def test_pressed_twice_is_one_question(event):
    for _ in range(2):
        questions.ask(event, text="When?", email=SAGE)

    assert event.questions.count() == 1


def test_three_questions_within_ten_minutes_are_one_mail(event):
    with time_machine.travel("2026-04-01 12:01:00+00:00", tick=False):
        for text in ("One?", "Two?", "Three?"):
            questions.ask(event, text=text)

    assert len(mails("question-asked")) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"plan_takes_questions": False}, Closed.NOT_OFFERED),
        ({"starts_in": timedelta(hours=-1)}, Closed.BEGUN),
        ({"state": "draft"}, Closed.NOT_PUBLISHED),
    ],
)
def test_where_nobody_asks_the_reason_is_given(fields, reason):
    with pytest.raises(NotOpen) as refusal:
        questions.ask(make_social(**fields), text="When?")

    assert (refusal.value.reason, Question.objects.count()) == (reason, 0)


def test_an_event_without_rooms_takes_no_questions():
    with pytest.raises(NotOpen) as refusal:
        questions.ask(make_event(), text="When?")

    assert refusal.value.reason == Closed.NOT_OFFERED
