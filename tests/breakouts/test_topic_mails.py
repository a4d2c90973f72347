"""The words of mails about topics and questions."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail

from breakouts.actions import questions, review, topics
from events.actions import calling_off
from events.models import Event
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Membership, Person
from tests.breakouts.factories import make_social, make_topic, organiser_of, propose
from tests.factories import make_hub
from tests.mails import said_in_subject

pytestmark = pytest.mark.django_db

DANI, SAGE = "dani@example.org", "sage@example.org"


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


@pytest.fixture
def event() -> Event:
    return make_social(title="The Solidarity Social")


@pytest.fixture
def by(event: Event) -> Person:
    return organiser_of(event)


def sent_to(address: str) -> list[django_mail.EmailMultiAlternatives]:
    outbox.send_due()
    found = [mail for mail in django_mail.outbox if mail.to == [address]]
    django_mail.outbox.clear()
    return found


def the_one_to(address: str) -> django_mail.EmailMultiAlternatives:
    [mail] = sent_to(address)
    return mail


def body(mail: django_mail.EmailMultiAlternatives) -> str:
    return " ".join(mail.body.split())


def test_the_first_mail_has_two_links_and_no_word_that_a_stranger_typed(event):
    proposer = propose(
        event, "Buy cheap watches", why="Today only", name="Spammer", email=DANI, confirmed=False
    )

    mail = the_one_to(DANI)

    assert said_in_subject(mail) == "please confirm your topic"
    assert f"/proposals/{proposer.token}/confirmation/" in body(mail)
    assert f"/proposals/{proposer.token}/mistake/" in body(mail)
    for typed in ("watches", "Today only", "Spammer"):
        assert typed not in body(mail)


def test_a_first_mail_that_comes_too_late_is_not_sent(event):
    propose(event, email=DANI, confirmed=False)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        assert sent_to(DANI) == []


def test_organisers_hear_how_many_wait_and_not_what(event, by):
    propose(event, "A very private title")
    propose(event)

    mail = the_one_to(by.email)

    assert said_in_subject(mail) == "topics wait for you"
    assert "2 topics for The Solidarity Social" in body(mail)
    assert "A very private title" not in body(mail)


def test_organisers_are_not_written_to_about_what_is_decided_or_no_longer_theirs(event, by):
    proposer = propose(event, email=DANI)
    review.decline(proposer.topic, by=by, words="Not this time")
    assert sent_to(by.email) == []

    with time_machine.travel(proposer.created_at + timedelta(hours=1), tick=False):
        propose(event)
        Membership.objects.filter(person=by).delete()
        assert sent_to(by.email) == []


def test_news_say_how_it_stands_with_the_organisers_words(event, by):
    proposer = propose(event, "Names", email=DANI)
    sent_to(DANI)
    review.ask_for_change(proposer.topic, by=by, words="Could you say more?\n\nTwo lines *are* enough.")

    mail = the_one_to(DANI)

    assert said_in_subject(mail) == "the organisers ask you for a change"
    assert "Could you say more?" in body(mail)
    assert "Two lines *are* enough." in body(mail)
    assert f"/proposals/{proposer.token}/" in body(mail)


@pytest.mark.parametrize(
    ("decide", "subject", "heading"),
    [
        ("accept", "your topic was accepted", "Your topic is room 1."),
        ("decline", "news of your topic", "Your topic was not taken this time."),
    ],
)
def test_a_decision_is_told(event, by, decide, subject, heading):
    proposer = propose(event, "A title that stays out of subjects", email=DANI)
    sent_to(DANI)
    getattr(review, decide)(proposer.topic, by=by, words="With thanks")

    mail = the_one_to(DANI)

    assert (said_in_subject(mail), heading in body(mail), "With thanks" in body(mail)) == (
        subject,
        True,
        True,
    )


def test_a_merge_is_told(event, by):
    proposer = propose(event, email=DANI)
    sent_to(DANI)
    review.merge(proposer.topic, into=make_topic(event, "Theirs"), by=by)

    mail = the_one_to(DANI)

    assert said_in_subject(mail) == "your topic was joined with another"
    assert "Your topic is part of room 1." in body(mail)


def test_of_two_decisions_in_a_minute_the_last_one_is_told(event, by):
    proposer = propose(event, email=DANI)
    sent_to(DANI)
    review.ask_for_change(proposer.topic, by=by, words="Shorter?")
    topics.change(proposer, title="Short", why="", content_note="", support="")

    assert sent_to(DANI) == []


def test_no_meeting_address_leaves_in_a_mail(event, by):
    proposer = propose(event, email=DANI)
    sent_to(DANI)
    review.decline(proposer.topic, by=by, words="Let us talk: https://zoom.us/j/123456789")

    assert "zoom.us" not in body(the_one_to(DANI))


def test_nothing_is_said_about_topics_of_a_cancelled_event(event, by):
    proposer = propose(event, email=DANI)
    sent_to(DANI)
    review.accept(proposer.topic, by=by)
    calling_off.cancel(event, reason="Ruth is ill", by=by)

    assert sent_to(DANI) == []


def test_whoever_proposes_the_same_again_gets_the_link_to_their_page(event):
    proposer = propose(event, "Names", email=DANI)
    sent_to(DANI)
    propose(event, "Names", email=DANI, confirmed=False)

    mail = the_one_to(DANI)

    assert said_in_subject(mail) == "we have your topic already"
    assert f"/proposals/{proposer.token}/" in body(mail)


def test_organisers_hear_that_somebody_asks_and_not_what(event, by):
    questions.ask(event, text="A very private question?", email=SAGE)

    mail = the_one_to(by.email)

    assert said_in_subject(mail) == "somebody asks a question"
    assert f"/organise/events/{event.slug}/questions/" in body(mail)
    assert "private" not in body(mail)
    assert SAGE not in body(mail)


def test_organisers_are_not_written_to_about_questions_that_are_answered(event, by):
    question = questions.ask(event, text="When?")
    questions.answer(question, text="When?", answer="At three", by=by)

    assert sent_to(by.email) == []


def test_whoever_asked_gets_question_and_answer(event, by):
    question = questions.ask(event, text="May I, Sage Miller, come?", email=SAGE)
    questions.answer(question, text="May I come?", answer="Please do.\nBring a friend.", by=by)

    mail = the_one_to(SAGE)

    assert said_in_subject(mail) == "your question is answered"
    assert "May I come?" in body(mail)
    assert "Please do. Bring a friend." in body(mail)
    assert "Sage Miller" not in body(mail)


def test_a_private_answer_says_that_it_is_private(event, by):
    question = questions.ask(event, text="Who comes?", email=SAGE)
    questions.decline(question, words="We never say who comes.", by=by)

    mail = the_one_to(SAGE)

    assert said_in_subject(mail) == "about your question"
    assert "We never say who comes." in body(mail)
    assert "It does not stand on the event's page." in body(mail)


def test_an_answer_that_was_taken_back_is_not_sent(event, by):
    question = questions.ask(event, text="When?", email=SAGE)
    question = questions.answer(question, text="When?", answer="At three", by=by)
    questions.take_back(question)

    assert sent_to(SAGE) == []
    assert OutgoingMail.objects.get(kind="question-answered").state == "dropped"
