"""The questions a group asks, and how they change without losing what was answered."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Series
from feedback.models import AnswerLink, FeedbackForm, FeedbackRound, Question
from kit import languages
from kit.meanwhile import NothingChanged
from people.languages import hub_language
from people.models import Group

Kind, Good = Question.Kind, Question.Good

# What people read who answer, and what it means to those who read their answers.
WORDS = ("kind", "text", "hint", "options")
MEANING = ("good", "outside")


class NotAsked(Exception):
    """Refused: somebody changed this question, or stopped asking it, a moment ago."""


class LastQuestion(Exception):
    """Refused: a form without any question cannot be answered."""


class AskedAlready(Exception):
    """Refused: people were asked with this form, so it stays."""


@transaction.atomic
def form_for(event: Event, *, without: FeedbackForm | None = None) -> FeedbackForm:
    """The form that an event is asked with: its own, else that of its series, else the group's usual one, which is
    made when there is none. `without` one that is about to go."""
    forms = FeedbackForm.objects.exclude(pk=without.pk) if without else FeedbackForm.objects.all()
    found = forms.filter(event=event).first()
    if found is None and event.series_id:
        found = forms.filter(series=event.series_id).first()
    return found or usual(event.group)


@transaction.atomic
def usual(group: Group) -> FeedbackForm:
    """The group's usual form; the first time with good questions to begin with."""
    Group.objects.select_for_update().get(pk=group.pk)
    form, is_new = FeedbackForm.objects.get_or_create(group=group, series=None, event=None)
    if is_new:
        with languages.speaking(hub_language):
            _ask_all(form, beginning())
    return form


@transaction.atomic
def own_form(group: Group, *, series: Series | None = None, event: Event | None = None) -> FeedbackForm:
    """The form of a series or of one event, begun with the questions of the usual one. Twice is once."""
    template = usual(group)
    form, is_new = FeedbackForm.objects.get_or_create(series=series, event=event, defaults={"group": group})
    if is_new:
        _ask_like(form, template)
    return form


def ask_like(earlier: Event, event: Event) -> None:
    """Give a copy of an event questions of its own, where the event itself has some."""
    if own := FeedbackForm.objects.filter(event=earlier).first():
        _ask_like(FeedbackForm.objects.create(group=event.group, event=event), own)


@transaction.atomic
def give_up(form: FeedbackForm) -> None:
    """Go back to the questions that are nearest without this form. Raises AskedAlready. Twice is once."""
    about = Event.objects.filter(Q(series=form.series_id) if form.series_id else Q(feedback_form=form.pk))
    events = list(about.select_for_update().select_related("group").order_by("pk"))
    if has_begun(form):
        raise AskedAlready
    for event in events:
        if FeedbackRound.objects.filter(event=event, form=form).exists():
            FeedbackRound.objects.filter(event=event).update(form=form_for(event, without=form))
    FeedbackForm.objects.filter(pk=form.pk).delete()


@transaction.atomic
def add(form: FeedbackForm, **fields: Any) -> Question:
    """Ask one more question, at the end."""
    form = _lock(form)
    last = form.questions.asked().last()
    return form.questions.create(place=last.place + 1 if last else 1, **fields)


@transaction.atomic
def lock_asked(question: Question) -> Question:
    """The question as it is now, under the lock of its form. Raises NotAsked."""
    form = _lock(question.form)
    fresh = form.questions.asked().filter(pk=question.pk).first()
    if fresh is None:
        raise NotAsked
    fresh.form = form
    return fresh


@transaction.atomic
def change(question: Question, **fields: Any) -> Question:
    """Change a question. Where somebody may have answered it already, it is retired with its answers and a new one
    stands in its place: answers are never counted for words that nobody was asked. One more language, or what the
    answers mean to those who read them, takes no words away from anybody. Raises NotAsked."""
    question = lock_asked(question)
    if all(getattr(question, name) == value for name, value in fields.items()):
        return question
    if has_begun(question.form) and not _keeps_its_words(question, fields):
        _retire(question)
        kept = {name: getattr(question, name) for name in (*WORDS, "translations", *MEANING)}
        return Question.objects.create(form=question.form, place=question.place, **kept | fields)
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    return question


@transaction.atomic
def retire(question: Question) -> None:
    """Ask a question no more. One that nobody was asked is deleted. Raises NotAsked, LastQuestion."""
    question = lock_asked(question)
    if question.form.questions.asked().count() == 1:
        raise LastQuestion
    _retire(question)


@transaction.atomic
def move(question: Question, *, up: bool) -> int:
    """Let a question change places with that before or after it. Returns where it stands now, counted from 1. Raises
    NotAsked, NothingChanged when there is none to change places with."""
    form = lock_asked(question).form
    order = list(form.questions.asked())
    place = next(at for at, one in enumerate(order) if one.pk == question.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        raise NothingChanged
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, start=1):
        Question.objects.filter(pk=one.pk).update(place=number)
    return other + 1


def has_begun(form: FeedbackForm) -> bool:
    """Whether somebody may have answered it: in the room before the end of an event, or by a link of their own, also
    when the event was moved to a later day since."""
    asked = Exists(AnswerLink.objects.filter(round=OuterRef("pk")))
    rounds = form.rounds.annotate(has_links=asked).select_related("event").prefetch_related("event__sessions")
    now = timezone.now()
    return any(
        one.has_links or (one.opens_at and one.opens_at - FeedbackRound.ON_SCREEN_BEFORE_THE_END <= now)
        for one in rounds
    )


def beginning() -> list[Mapping[str, Any]]:
    """Good questions to begin with: three minutes, nothing that asks who somebody is."""
    scale, words = {"kind": Kind.SCALE, "good": Good.FIRST}, Kind.WORDS
    return [
        {**scale, "text": _("I felt welcome.")},
        {**scale, "text": _("I could speak, or choose not to.")},
        {**scale, "text": _("I learned one thing that I can do.")},
        {
            "kind": Kind.CHOICE,
            "text": _("My access needs were met."),
            "options": [_("Yes"), _("Partly"), _("No"), _("I had none this time")],
            "good": Good.FIRST,
            "outside": True,
        },
        {
            "kind": Kind.CHOICE,
            "text": _("The pace was …"),
            "options": [_("too slow"), _("right"), _("too fast")],
            "good": Good.MIDDLE,
        },
        {"kind": words, "text": _("One thing to keep")},
        {"kind": words, "text": _("One thing to change")},
    ]


def _ask_all(form: FeedbackForm, questions: list[Mapping[str, Any]]) -> None:
    for place, fields in enumerate(questions, start=1):
        form.questions.create(place=place, **fields)


def _ask_like(form: FeedbackForm, template: FeedbackForm) -> None:
    for question in template.questions.asked():
        question.pk, question.form, question._state.adding = None, form, True
        question.save()


def _retire(question: Question) -> None:
    if has_begun(question.form):
        question.retired_at = timezone.now()
        question.save(update_fields=["retired_at"])
    else:
        question.delete()


def _keeps_its_words(question: Question, fields: Mapping[str, Any]) -> bool:
    """Whether everyone reads what they read before; a language may be added."""
    translations = fields.get("translations", question.translations)
    return all(
        fields.get(name, getattr(question, name)) == getattr(question, name) for name in WORDS
    ) and all(translations.get(code) == words for code, words in question.translations.items())


def _lock(form: FeedbackForm) -> FeedbackForm:
    return FeedbackForm.objects.select_for_update().get(pk=form.pk)
