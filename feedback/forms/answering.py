"""Answering. Nothing has to be answered; what was typed is never lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions.pool import LONGEST_TEXT
from feedback.models import FeedbackForm, Question
from feedback.models.feedback_form import Said, Wording
from kit import languages
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


@dataclass(frozen=True)
class Reader:
    """Whoever answers, as far as it matters for their language. `wants`: languages, the dearest first. `own` is the
    one in which questions are written here."""

    wants: tuple[str, ...] = ()
    own: str = ""


class AnswerForm(forms.Form):
    """One field a question, in the language that its reader wants most among those it exists in. A question that
    organisers took out while the page was open is there still for whoever has answered it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, form: FeedbackForm, reader: Reader) -> None:
        super().__init__(data)
        self.questions = [
            question
            for question in form.questions.order_by("place", "pk")
            if question.retired_at is None or (data and name_of(question) in data)
        ]
        for question in self.questions:
            self.fields[name_of(question)] = FIELDS[Question.Kind(question.kind)](question, reader)

    @property
    def has_languages(self) -> bool:
        """Whether somebody else may read other words."""
        return any(question.translations for question in self.questions)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(NOTHING)
        return given

    def answers(self) -> dict[str, Any]:
        """The answers for feedback.actions.pool: by the question's key, in the order of the questions, without what
        was skipped."""
        given = ((question, self.cleaned_data.get(name_of(question))) for question in self.questions)
        return {str(question.pk): answer for question, answer in given if answer not in (None, "", [])}


def name_of(question: Question) -> str:
    return f"question_{question.pk}"


def _one(question: Question, reader: Reader) -> forms.Field:
    """A field for one of several answers."""
    return forms.TypedChoiceField(
        # Skipping is an answer to tick, so that a tick can be taken back; it is ticked to begin with.
        choices=[*_options(question, reader), ("", SKIP)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=WRONG_CHOICE,
        **_about(question, reader),
    )


def _several(question: Question, reader: Reader) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        choices=_options(question, reader),
        coerce=int,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages=WRONG_CHOICES,
        **_about(question, reader),
    )


def _words(question: Question, reader: Reader) -> forms.Field:
    field = PlainTextField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
        **_about(question, reader, _("If you name people, organisers may hide it.")),
    )
    return let_people_paste(field)


def _options(question: Question, reader: Reader) -> list[tuple[int, str]]:
    """The answers to choose from, in words."""
    if question.kind == Question.Kind.SCALE:
        return list(enumerate(question.option_words()))
    return [
        (place, _marked(option, reader)) for place, option in enumerate(_wording(question, reader).options)
    ]


def _about(question: Question, reader: Reader, *more: str) -> dict[str, Any]:
    """What all fields have: the question, the hint, and that nothing has to be answered."""
    wording = _wording(question, reader)
    hint = [_marked(wording.hint, reader)] if wording.hint.words else []
    return {
        "label": _marked(wording.text, reader),
        # Hints are HTML in templates, and organisers wrote this one.
        "help_text": format_html_join(" ", "{}", ((words,) for words in [*hint, *more])),
        "required": False,
        "template_name": "feedback/_question.html",
    }


def _wording(question: Question, reader: Reader) -> Wording:
    return question.worded(question.best_language(reader.wants, own=reader.own))


def _marked(said: Said, reader: Reader) -> str:
    """Words that are named by their language where the page is in another one."""
    attributes = languages.attributes(said.language or reader.own)
    return format_html("<span{}>{}</span>", attributes, said.words) if attributes else said.words


FIELDS: dict[Question.Kind, Callable[[Question, Reader], forms.Field]] = {
    Question.Kind.SCALE: _one,
    Question.Kind.CHOICE: _one,
    Question.Kind.SEVERAL: _several,
    Question.Kind.WORDS: _words,
}
