"""A question of a form, in the hub's own language and in others."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions import feedback_forms as actions
from feedback.forms.organise.anonymous import asks_who
from feedback.forms.organise.languages import (
    LONGEST_OPTIONS,
    LONGEST_WORDS,
    InOtherLanguages,
    is_choosing,
    lines_of,
    words_of_language,
)
from feedback.models import FeedbackForm, Question
from kit.forms import line_field, text_field
from kit.layouts import Asked, Heading, form_helper
from kit.meanwhile import ShowsChanges

LONGEST_OPTION = 120
PARTS = ("kind", "text", "hint", "options", "good", "outside", "translations")
# What the kinds that are neither have nothing to say about.
WITH_A_GOOD_ANSWER = (Question.Kind.SCALE, Question.Kind.CHOICE)


class QuestionForm(ShowsChanges, InOtherLanguages):
    """`question` is what the database holds; without one it is a new question. The page carries in `opened` what it
    showed: whoever saves second is told what the first has changed, and chooses."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How do people answer?"),
        choices=Question.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how people answer"),
            "invalid_choice": gettext_lazy("Choose how people answer"),
        },
    )
    text = line_field(
        gettext_lazy("Question"),
        gettext_lazy("One thing only. To “How far do you agree?” write a sentence: “I felt welcome.”"),
        max_length=LONGEST_WORDS,
        enter=gettext_lazy("Enter the question"),
    )
    hint = line_field(
        gettext_lazy("Hint"),
        gettext_lazy("What helps to understand it. It stands below the question."),
        required=False,
        max_length=LONGEST_WORDS,
    )
    options = text_field(
        gettext_lazy("Answers to choose from"),
        gettext_lazy("One a line, 2 to 12. Only for “Choose one” and “Choose any”."),
        required=False,
        max_length=LONGEST_OPTIONS,
        rows=5,
    )
    good = forms.ChoiceField(
        label=gettext_lazy("Which answer is good?"),
        help_text=gettext_lazy(
            "Results are coloured by it; nobody who answers sees it. For “How far do you agree?” and “Choose one”."
        ),
        choices=Question.Good.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose which answer is good")},
    )
    outside = forms.BooleanField(
        label=gettext_lazy("The last answer is for people whom it does not concern"),
        help_text=gettext_lazy("Like “I had none this time”. They are counted apart. Only for “Choose one”."),
        required=False,
    )
    is_sure = forms.BooleanField(label=gettext_lazy("Ask it all the same"), required=False)

    def __init__(self, data: Any = None, *, form: FeedbackForm, question: Question | None = None) -> None:
        self.form, self.row = form, question
        plain = ("kind", "text", "hint", "good", "outside")
        initial = {name: getattr(question, name) for name in plain} if question else {}
        super().__init__(data, initial=initial | {"options": "\n".join(question.options) if question else ""})
        self.add_languages(question.translations if question else {})

    @cached_property
    def helper(self) -> FormHelper:
        """The tick is there after the words sounded like asking who somebody is."""
        return form_helper(
            "kind",
            "text",
            "hint",
            "options",
            "good",
            "outside",
            Asked("is_sure"),
            Heading(_("In other languages")),
            *self.language_groups(),
        )

    def clean_options(self) -> list[str]:
        """What is typed is shown again as it was; the rest works with the list."""
        options = lines_of(self.cleaned_data["options"])
        if any(len(option) > LONGEST_OPTION for option in options):
            words = _("Shorten each answer to %(number)s characters or fewer")
            raise forms.ValidationError(words % {"number": LONGEST_OPTION})
        return options

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, options = self.cleaned_data.get("kind"), self.cleaned_data.get("options")
        if kind and options is not None:
            if problem := _wrong_options(kind, options):
                self.add_error("options", problem)
            else:
                self._clean_meaning(kind, options)
                self.check_languages(options)
        self._ask_whether_it_asks_who()
        return self.cleaned_data

    @transaction.atomic
    def save(self) -> Question:
        """Raises NotAsked, ChangedMeanwhile."""
        if self.row is None:
            return actions.add(self.form, **self.given())
        self.row = actions.lock_asked(self.row)
        self.kept = self.row.translations
        self.refuse_if_changed()
        return actions.change(self.row, **self.given())

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PARTS[:-1]} | {"translations": self.translations()}

    def saved_words(self) -> dict[str, str]:
        return _words_of(self.row) if self.row else {}

    def typed_words(self) -> dict[str, str]:
        return _words_of(Question(**self.given()))

    def compared(self, opened: dict[str, str], now: dict[str, str]) -> Iterable[str]:
        """Also languages that only one of the two has."""
        return dict.fromkeys([*now, *opened]) if opened and now else ()

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label) if name in PARTS[:-1] else self.known.get(name, name)

    def _clean_meaning(self, kind: str, options: list[str]) -> None:
        """Where nothing was said, agreeing is good, and answers to choose from are only different."""
        given, is_scale = self.cleaned_data, kind == Question.Kind.SCALE
        given["outside"] = given["outside"] and kind == Question.Kind.CHOICE
        if kind not in WITH_A_GOOD_ANSWER:
            given["good"] = Question.Good.NONE
        elif not given.get("good"):
            given["good"] = Question.Good.FIRST if is_scale else Question.Good.NONE
        number = len(Question.SCALE) if is_scale else len(options) - given["outside"]
        if given["outside"] and number < 2:
            self.add_error("outside", _("Write two other answers at least, or take this tick away"))
        elif given["good"] == Question.Good.MIDDLE and number % 2 == 0:
            words = _("None of %(number)s answers is in the middle. Choose another, or add an answer.")
            self.add_error("good", words % {"number": number})

    def _ask_whether_it_asks_who(self) -> None:
        texts = [str(self.cleaned_data.get(name) or "") for name in ("text", "hint")]
        found = next(filter(None, map(asks_who, texts)), "")
        if found and not self.cleaned_data.get("is_sure"):
            words = _(
                "“%(words)s” sounds as if it asks who somebody is. People answer honestly because nobody can tell who "
                "they are. Ask something else, or tick this if you mean it another way."
            )
            self.add_error("is_sure", words % {"words": found})


def _wrong_options(kind: str, options: list[str]) -> str:
    if not is_choosing(kind):
        words = _(
            "Only “Choose one” and “Choose any” have answers to choose from. Choose one of them, or empty this."
        )
        return words if options else ""
    if not 2 <= len(options) <= Question.MOST_OPTIONS:
        return _("Enter 2 to %(most)s answers, one a line") % {"most": Question.MOST_OPTIONS}
    if len({option.casefold() for option in options}) < len(options):
        return _("Two answers are the same. Change one, or take it out.")
    return ""


def _words_of(question: Question) -> dict[str, str]:
    """What a page shows, as people read it; each language by its code."""
    words = {
        "kind": str(question.get_kind_display()),
        "text": question.text,
        "hint": question.hint,
        "options": "\n".join(question.options),
        "good": str(question.get_good_display()),
        "outside": str(_("Yes") if question.outside else _("No")),
    }
    return words | {code: words_of_language(found) for code, found in question.translations.items()}
