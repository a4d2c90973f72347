"""Events that are over and asked about, and people who answer: made the way the hub makes them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.actions import calendar_texts
from events.models import Event
from feedback.actions import pool, rounds
from feedback.models import AnswerLink, FeedbackForm, FeedbackRound, Question
from tests.factories import make_event, make_organiser, register


def make_past_event(people: int = 0, *, ago: timedelta = timedelta(hours=3), **fields: Any) -> Event:
    """An event for which `people` had a place, and which ended `ago`."""
    event = make_event(**fields)
    make_organiser(event.group)
    for _ in range(people):
        register(event)
    put_back(event, ago)
    return Event.objects.get(pk=event.pk)


def put_back(event: Event, ago: timedelta) -> None:
    """Move its dates so that the last one ended that long ago."""
    assert event.ends_at is not None
    by = timezone.now() - ago - event.ends_at
    for session in event.sessions.all():
        session.starts_at += by
        session.ends_at += by
        session.save()
    calendar_texts.rewrite(event)


def make_round(people: int = 0, **fields: Any) -> FeedbackRound:
    """A round that is open, with a link for each of the people."""
    event = make_past_event(people, **fields)
    round = rounds.round_of(event)
    rounds.make_links(round)
    return fresh(round)


def fresh(round: FeedbackRound) -> FeedbackRound:
    return FeedbackRound.objects.select_related("event__group", "form").get(pk=round.pk)


def questions(form: FeedbackForm) -> dict[str, Question]:
    """By their words."""
    return {question.text: question for question in form.questions.asked()}


def sheet(round: FeedbackRound, *, keep: str = "", change: str = "", **more: Any) -> dict[str, Any]:
    """Somebody's answers to the usual questions: all fully agreed to, unless told otherwise."""
    asked = list(round.form.questions.asked())
    answers: dict[str, Any] = {str(q.pk): 0 for q in asked if not q.is_in_words}
    words = [q for q in asked if q.is_in_words]
    for question, text in zip(words, (keep, change), strict=False):
        if text:
            answers[str(question.pk)] = text
    return answers | more


def answer(round: FeedbackRound, number: int = 1, **fields: Any) -> None:
    """So many people who have not answered do."""
    for link in AnswerLink.objects.filter(round=round, is_used=False)[:number]:
        pool.hand_in(link, sheet(round, **fields))
