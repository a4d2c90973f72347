"""The questions a group asks, and how they change without losing what was answered."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Series
from feedback.models import FeedbackForm, Question
from people.models import Group

Kind = Question.Kind


@transaction.atomic
def form_for(event: Event) -> FeedbackForm:
    """The event's own form, else that of its series, else the group's usual one, which is made when there is none."""
    found = FeedbackForm.objects.filter(event=event).first()
    if found is None and event.series_id:
        found = FeedbackForm.objects.filter(series=event.series_id).first()
    return found or usual(event.group)


@transaction.atomic
def usual(group: Group) -> FeedbackForm:
    """The group's usual form; the first time with good questions to begin with."""
    Group.objects.select_for_update().get(pk=group.pk)
    form, is_new = FeedbackForm.objects.get_or_create(group=group, series=None, event=None)
    if is_new:
        _ask_all(form, beginning())
    return form


@transaction.atomic
def own_form(group: Group, *, series: Series | None = None, event: Event | None = None) -> FeedbackForm:
    """A form of its own for a series or one event, begun with the questions of the usual one. Twice is once."""
    template = usual(group)
    form, is_new = FeedbackForm.objects.get_or_create(series=series, event=event, defaults={"group": group})
    if is_new:
        for question in template.questions.asked():
            question.pk, question.form, question._state.adding = None, form, True
            question.save()
    return form


@transaction.atomic
def add(form: FeedbackForm, **fields: Any) -> Question:
    """At the end."""
    last = form.questions.asked().last()
    return form.questions.create(place=last.place + 1 if last else 1, **fields)


@transaction.atomic
def change(question: Question, **fields: Any) -> Question:
    """Where somebody may have answered it already, the old question is retired with its answers and a new one stands in
    its place: answers are never counted for words that nobody was asked."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if all(getattr(question, name) == value for name, value in fields.items()):
        return question
    if _may_have_been_answered(question):
        retire(question)
        kept = {name: getattr(question, name) for name in ("kind", "text", "hint", "options", "translations")}
        return Question.objects.create(form=question.form, place=question.place, **kept | fields)
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    return question


@transaction.atomic
def retire(question: Question) -> None:
    """Not asked any more. One that nobody was asked is deleted."""
    if _may_have_been_answered(question):
        question.retired_at = timezone.now()
        question.save(update_fields=["retired_at"])
    else:
        question.delete()


@transaction.atomic
def move(question: Question, *, up: bool) -> None:
    """Change places with the question before or after; at the end of the list nothing happens."""
    order = list(
        Question.objects.select_for_update()
        .filter(form=question.form, retired_at=None)
        .order_by("place", "pk")
    )
    place = next((at for at, one in enumerate(order) if one.pk == question.pk), -1)
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, start=1):
        Question.objects.filter(pk=one.pk).update(place=number)


def beginning() -> list[Mapping[str, Any]]:
    """Good questions to begin with: three minutes, nothing that asks who somebody is."""
    scale, words = Kind.SCALE, Kind.WORDS
    return [
        {"kind": scale, "text": _("I felt welcome.")},
        {"kind": scale, "text": _("I could speak, or choose not to.")},
        {"kind": scale, "text": _("I learned one thing that I can do.")},
        {
            "kind": Kind.CHOICE,
            "text": _("My access needs were met."),
            "options": [_("Yes"), _("Partly"), _("No"), _("I had none this time")],
        },
        {
            "kind": Kind.CHOICE,
            "text": _("The pace was …"),
            "options": [_("too slow"), _("right"), _("too fast")],
        },
        {"kind": words, "text": _("One thing to keep")},
        {"kind": words, "text": _("One thing to change")},
    ]


def _ask_all(form: FeedbackForm, questions: list[Mapping[str, Any]]) -> None:
    for place, fields in enumerate(questions, start=1):
        form.questions.create(place=place, **fields)


def _may_have_been_answered(question: Question) -> bool:
    now = timezone.now()
    rounds = question.form.rounds.select_related("event").prefetch_related("event__sessions")
    return any(one.opens_at is not None and one.opens_at <= now for one in rounds)
