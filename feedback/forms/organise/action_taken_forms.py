"""One theme, and what became of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.moments import day_field
from feedback.models import ActionTaken
from kit.forms import line_field, needed_at_times, text_field
from kit.layouts import Asked, form_helper
from kit.meanwhile import AsksAgain

WORDS_IN_A_ROW = 5
SHORT_TEXT = 3
PARTS = ("theme", "said", "answer", "words", "by_when")


class ActionTakenForm(AsksAgain):
    """`texts` are what people wrote and organisers may read: nobody's own words are to be published as a summary."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    theme = line_field(
        gettext_lazy("Theme"),
        gettext_lazy("One or two words: breaks, sound."),
        max_length=60,
        enter=gettext_lazy("Enter a theme"),
        autocomplete="off",
        list="themes",
    )
    said = text_field(
        gettext_lazy("You said"),
        gettext_lazy(
            "What several people said, in your own words. Never somebody’s own sentence, and no names."
        ),
        max_length=300,
        enter=gettext_lazy("Say in your own words what people said"),
        rows=3,
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=ActionTaken.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an answer"),
            "invalid_choice": gettext_lazy("Choose an answer"),
        },
    )
    by_when = needed_at_times(
        day_field(
            gettext_lazy("By when?"),
            help_text=gettext_lazy("Only for “We will”. Everyone can read the day."),
        )
    )
    words = text_field(
        gettext_lazy("What you did, will do, or why not"),
        gettext_lazy("It goes on where your answer begins: “We did …”, “We will not, because …”"),
        max_length=1000,
        enter=gettext_lazy("Say what you did, will do, or why not"),
        rows=4,
    )
    is_sure = forms.BooleanField(label=gettext_lazy("These are our own words"), required=False)

    def __init__(self, data: Any = None, *, texts: Sequence[str], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.texts = texts

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("opened", "theme", "said", Asked("is_sure"), "answer", "by_when", "words")

    def clean_said(self) -> str:
        return " ".join(self.cleaned_data["said"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._check_day()
        if repeats(self.cleaned_data.get("said", ""), self.texts) and not self.cleaned_data.get("is_sure"):
            words = _(
                "“You said” repeats word for word what somebody wrote. They wrote it without a name, and others might "
                "know them by it. Say it in your own words, or tick this if they are yours."
            )
            self.add_error("is_sure", words)
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PARTS}

    def _check_day(self) -> None:
        """A day belongs to a promise, and to nothing else."""
        if self.cleaned_data.get("answer") != ActionTaken.Answer.WILL:
            if "by_when" not in self.errors:
                self.cleaned_data["by_when"] = None
        elif not self.cleaned_data.get("by_when") and "by_when" not in self.errors:
            self.add_error("by_when", _("Say by when you will do it"))


def repeats(said: str, texts: Iterable[str]) -> bool:
    """Whether five words in a row, or the whole of a shorter text, stand in it. One or two words are nobody's own:
    they count only when they are all that is said."""
    own = _words(said)
    for text in texts:
        theirs = _words(text)
        if len(theirs) < SHORT_TEXT:
            if theirs and theirs == own:
                return True
        elif _runs(own, length := min(len(theirs), WORDS_IN_A_ROW)) & _runs(theirs, length):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
