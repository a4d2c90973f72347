"""Questions asked before registering. Nothing else writes Question.state; what is answered is shown to everyone."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from breakouts.actions import notices, rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, Question
from events.models import Closed, Event
from kit import languages
from kit.links import normalise_email
from kit.meanwhile import NotOpen
from mail.actions.outbox import queue
from people.models import Person

State = Question.State

PRESSED_TWICE_WITHIN = timedelta(minutes=10)


@transaction.atomic
def ask(event: Event, *, text: str, email: str = "") -> Question:
    """Keep a question for the organisers; nobody else sees it before it is answered. With an address whoever asked
    gets a mail then. Pressed twice is one question. Raises NotOpen."""
    event = event.locked()
    now = timezone.now()
    plan = BreakoutPlan.of(event)
    if reason := plan.questions_closed_because(now) if plan else Closed.NOT_OFFERED:
        raise NotOpen(reason)
    email = normalise_email(email)
    same = event.questions.open().filter(text=text, email=email, asked_at__gte=now - PRESSED_TWICE_WITHIN)
    question = same.first() or event.questions.create(
        text=text, email=email, language=languages.current() if email else "", asked_at=now
    )
    notices.tell_organisers_of_all(event, "question-asked")
    return question


@transaction.atomic
def answer(question: Question, *, text: str, answer: str, by: Person) -> Question:
    """Put question and answer on the event's page, in the words given here. Also to set right what stands there:
    whoever asked is told once. Raises NoLongerPossible."""
    event, question = _locked(question)
    if question.state == State.DECLINED:
        raise NoLongerPossible
    question.text, question.answer = text, answer
    question.state, question.answered_by = State.ANSWERED, by
    question.answered_at = question.answered_at or timezone.now()
    question.save()
    _tell_whoever_asked(question)
    rooms.rewrite_summary(event)
    return question


@transaction.atomic
def decline(question: Question, *, words: str, by: Person) -> Question:
    """Answer a question to whoever left an address, and to nobody else. Raises NoLongerPossible."""
    _event, question = _locked(question)
    if question.state != State.ASKED:
        raise NoLongerPossible
    question.state, question.answer = State.DECLINED, words
    question.answered_at, question.answered_by = timezone.now(), by
    question.save()
    _tell_whoever_asked(question)
    return question


@transaction.atomic
def take_back(question: Question) -> Question:
    """Take a question off the page and back into the inbox, with the answer as it was. Raises NoLongerPossible when it
    does not stand there."""
    event, question = _locked(question)
    if question.state != State.ANSWERED:
        raise NoLongerPossible
    question.state = State.ASKED
    question.save(update_fields=["state"])
    rooms.rewrite_summary(event)
    return question


def forget_address(question: Question) -> None:
    """Forget the address of whoever asked: its mail has left long ago."""
    Question.objects.filter(pk=question.pk).update(email="", language="")


def _tell_whoever_asked(question: Question) -> None:
    if question.email:
        queue(
            kind="question-answered",
            key=f"question-answered/{question.pk}",
            to_email=question.email,
            language=question.language,
            group=question.event.group,
            about=question.pk,
        )


def _locked(question: Question) -> tuple[Event, Question]:
    event = question.event.locked()
    fresh = Question.objects.filter(pk=question.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.event = event
    return event, fresh
