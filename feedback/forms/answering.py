"""Answering. Nothing has to be answered; what was typed is never lost."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions.pool import LONGEST_TEXT
from feedback.models import FeedbackForm, Question
from kit.forms import TOO_LONG, let_people_paste
from kit.text import PlainTextField

SKIP = gettext_lazy("I skip this one")
WRONG_CHOICE = {"invalid_choice": gettext_lazy("Choose one of these answers, or skip the question")}
WRONG_CHOICES = {
    "invalid_choice": gettext_lazy("Choose from these answers, or none"),
    "invalid_list": gettext_lazy("Choose from these answers, or none"),
}
NOTHING = gettext_lazy(
    "Nothing is ticked or written yet. Answer one question, or close the page: you need not answer at all."
)


class AnswerForm(forms.Form):
    """One field a question, in the reader's language. A question that organisers took out while the page was open is
    there still for whoever has answered it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, form: FeedbackForm) -> None:
        super().__init__(data)
        self.questions = [
            question
            for question in form.questions.order_by("place", "pk")
            if question.retired_at is None or (data and name_of(question) in data)
        ]
        for question in self.questions:
            self.fields[name_of(question)] = FIELDS[Question.Kind(question.kind)](question)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(NOTHING)
        return given

    def answers(self) -> dict[str, Any]:
        """For feedback.actions.pool: by the question's key, in the order of the questions, without what was skipped."""
        given = ((question, self.cleaned_data.get(name_of(question))) for question in self.questions)
        return {str(question.pk): answer for question, answer in given if answer not in (None, "", [])}


def name_of(question: Question) -> str:
    return f"question_{question.pk}"


def _one(question: Question) -> forms.Field:
    """Skipping is an answer to tick, so that a tick can be taken back; it is ticked to begin with."""
    return forms.TypedChoiceField(
        choices=[*enumerate(question.option_words()), ("", SKIP)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=WRONG_CHOICE,
        **_about(question),
    )


def _several(question: Question) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        choices=list(enumerate(question.option_words())),
        coerce=int,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages=WRONG_CHOICES,
        **_about(question),
    )


def _words(question: Question) -> forms.Field:
    field = PlainTextField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
        **_about(question, _("If you name people, organisers may hide it.")),
    )
    return let_people_paste(field)


def _about(question: Question, *more: str) -> dict[str, Any]:
    """Hints are HTML in templates, and organisers wrote this one."""
    return {
        "label": question.words(),
        "help_text": escape(" ".join(filter(None, [question.hint_words(), *more]))),
        "required": False,
        "template_name": "feedback/_question.html",
    }


FIELDS: dict[Question.Kind, Callable[[Question], forms.Field]] = {
    Question.Kind.SCALE: _one,
    Question.Kind.CHOICE: _one,
    Question.Kind.SEVERAL: _several,
    Question.Kind.WORDS: _words,
}
