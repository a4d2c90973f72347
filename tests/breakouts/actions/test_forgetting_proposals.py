"""Proposals and questions are forgotten: by the clock, and at once by those they are from."""

from datetime import timedelta

import pytest
import time_machine

from breakouts.actions import questions, retention, review, topics
from breakouts.models import Proposer, Question, Topic, TopicStep, TopicVersion
from events.actions import my_data
from tests.breakouts.factories import make_social, make_topic, organiser_of, propose

pytestmark = pytest.mark.django_db

DANI = "dani@example.org"


def after(moment, **time):
    return time_machine.travel(moment + timedelta(**time), tick=False)


def test_a_proposal_nobody_confirmed_goes_after_seven_days():
    event = make_social(starts_in=timedelta(days=30))
    lost = propose(event, confirmed=False)
    kept = propose(event)

    with after(lost.created_at, days=6, hours=23):
        retention.forget_what_is_over()
    assert event.topics.count() == 2
    with after(lost.created_at, days=7, minutes=1):
        retention.forget_what_is_over()

    assert [topic.pk for topic in event.topics.all()] == [kept.topic_id]


def test_names_go_90_days_after_the_event_and_the_words_of_rooms_stay():
    event = make_social()
    room, declined = propose(event, "A room", support="A guide", email=DANI), propose(event)
    review.accept(room.topic, by=organiser_of(event), words="Thank you, Dani")
    review.decline(declined.topic, by=organiser_of(event), words="Not this time, Sam")

    with after(event.ends_at, days=89):
        retention.forget_what_is_over()
    assert Proposer.objects.count() == 2
    with after(event.ends_at, days=90, minutes=1):
        retention.forget_what_is_over()

    topic = event.topics.get()
    assert (topic.title, topic.support, topic.answer) == ("A room", "", "")
    assert Proposer.objects.count() == 0
    assert TopicStep.objects.count() == 0


def test_90_days_after_the_event_nobody_is_known_who_added_or_changed_a_topic():
    event = make_social()
    room = make_topic(event, "A room")
    review.edit(room, by=organiser_of(event), title="Another room")
    first, second = propose(event, email=DANI), propose(event)
    review.merge(second.topic, into=first.topic, by=organiser_of(event))
    my_data.erase_everything(DANI)
    Topic.objects.filter(pk=room.pk).update(prompts="What did Sam say?")

    with after(event.ends_at, days=89):
        retention.forget_what_is_over()
    assert (event.topics.count(), room.versions.count()) == (3, 1)
    with after(event.ends_at, days=90, minutes=1):
        retention.forget_what_is_over()
        assert retention.forget_what_is_over() == 0

    topic = event.topics.get()
    assert (topic.title, topic.prompts, topic.created_by) == ("Another room", "", None)
    assert (TopicVersion.objects.count(), TopicStep.objects.count()) == (0, 0)


def test_the_address_of_a_question_goes_a_week_after_its_answer_and_the_answer_stays():
    event = make_social(starts_in=timedelta(days=30))
    by = organiser_of(event)
    question = questions.ask(event, text="When?", email=DANI)
    question = questions.answer(question, text="When?", answer="At three", by=by)

    with after(question.answered_at, days=6):
        retention.forget_what_is_over()
    assert Question.objects.get().email == DANI
    with after(question.answered_at, days=7, minutes=1):
        retention.forget_what_is_over()

    assert (Question.objects.get().email, Question.objects.get().answer) == ("", "At three")


def test_questions_that_stand_on_no_page_go():
    event = make_social()
    declined = questions.ask(event, text="Who comes?", email=DANI)
    declined = questions.decline(declined, words="We never say", by=organiser_of(event))
    questions.ask(event, text="Never answered?")

    with after(event.ends_at, days=7, minutes=1):
        retention.forget_what_is_over()

    assert Question.objects.count() == 0


def test_whoever_is_forgotten_takes_along_what_never_became_a_room():
    event = make_social()
    proposer = propose(event, email=DANI)
    topics.change(proposer, title="Other words", why="", content_note="", support="")

    my_data.erase_everything(DANI)

    assert (Topic.objects.count(), Proposer.objects.count()) == (0, 0)


def test_the_words_of_a_room_stay_without_whoever_proposed_it():
    event = make_social()
    proposer = propose(event, "A room", email=DANI)
    topics.change(proposer, title="A room for all", why="", content_note="", support="Sit with Dani")
    review.accept(proposer.topic, by=organiser_of(event), words="Thank you, Dani")

    my_data.erase_everything(DANI)

    topic = event.topics.get()
    assert (topic.title, topic.support, topic.answer) == ("A room for all", "", "")
    assert (topic.versions.count(), topic.proposers.count()) == (0, 0)


def test_a_proposal_that_others_were_joined_with_stays_for_them():
    event = make_social()
    first, second = propose(event, email=DANI), propose(event)
    review.merge(second.topic, into=first.topic, by=organiser_of(event))

    my_data.erase_everything(DANI)

    assert second.topic.__class__.objects.get(pk=second.topic_id).merged_into_id == first.topic_id
    assert first.topic.proposers.count() == 0


def test_questions_of_whoever_is_forgotten_go_or_lose_their_address():
    event = make_social()
    questions.ask(event, text="Open?", email=DANI)
    answered = questions.ask(event, text="Answered?", email=DANI)
    questions.answer(answered, text="Answered?", answer="Yes", by=organiser_of(event))
    questions.ask(event, text="Somebody else's?", email="sam@example.org")

    my_data.erase_everything(DANI)

    left = {question.text: question.email for question in Question.objects.all()}
    assert left == {"Answered?": "", "Somebody else's?": "sam@example.org"}


def test_rooms_of_others_are_left_alone():
    event = make_social()
    make_topic(event, "A room")
    propose(event, email=DANI)

    my_data.erase_everything(DANI)

    assert [topic.title for topic in event.topics.all()] == ["A room"]
