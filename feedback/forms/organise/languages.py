"""A question in other languages: a part of its page for each language it has, and one for a language to come."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Question
from kit.forms import line_field, text_field
from kit.languages import name_of
from kit.layouts import Folded
from people.models import Hub

NEW = "new"
PARTS = ("text", "hint", "options")
LONGEST_WORDS = 300
LONGEST_OPTIONS = 3000


def lines_of(text: str) -> list[str]:
    return [line for line in (line.strip() for line in text.splitlines()) if line]


def other_languages() -> dict[str, str]:
    """By their code, without the hub's own; in the order of their names."""
    own = Hub.current().language.partition("-")[0]
    codes = [code for code, _name in settings.LANGUAGES if code.partition("-")[0] != own]
    return dict(sorted(((code, name_of(code)) for code in codes), key=lambda pair: pair[1]))


class InOtherLanguages(forms.Form):
    """Fields are named as those of the question with the code of the language behind: `text_pl`. A language that is not
    on the page, because somebody added it meanwhile, is left as it is."""

    def add_languages(self, kept: Mapping[str, Any]) -> None:
        self.kept, self.known = kept, other_languages()
        sent = [code for code in self.known if self.data.get(f"text_{code}") is not None]
        self.codes = sent if self.is_bound else [*kept]
        for code in self.codes:
            self._add(code, kept.get(code, {}))
        choices = {code: name for code, name in self.known.items() if code not in self.codes}
        self.fields["language_new"] = forms.ChoiceField(
            label=gettext_lazy("Language"),
            choices=[("", _("Choose a language")), *choices.items()],
            required=False,
            error_messages={"invalid_choice": gettext_lazy("Choose a language from the list")},
        )
        self._add(NEW, {})

    def language_groups(self) -> list[Folded]:
        """Open where something is wrong."""
        hint = _("Empty all three to take this language out.")
        groups = [self._group(self._name(code), *_names(code), hint=hint) for code in self.codes]
        return [*groups, self._group(_("One more language"), "language_new", *_names(NEW))]

    def check_languages(self, options: list[str]) -> None:
        """`options` as in the hub's own language: none where there is nothing to choose from."""
        for code in [*self.codes, NEW]:
            text, hint, translated = self._typed(code)
            if not (text or hint or translated):
                if code == NEW and self.cleaned_data.get("language_new"):
                    self.add_error("text_new", _("Enter the question in this language"))
                continue
            if (
                code == NEW
                and not self.cleaned_data.get("language_new")
                and "language_new" not in self.errors
            ):
                self.add_error("language_new", _("Choose which language this is"))
            if not text and f"text_{code}" not in self.errors:
                self.add_error(f"text_{code}", _("Enter the question in this language"))
            if len(translated) != len(options):
                self.add_error(f"options_{code}", _number_words(len(options)))

    def translations(self) -> dict[str, Any]:
        """As Question keeps them. A language of which everything was taken out is gone."""
        found = {code: words for code, words in self.kept.items() if code not in self.codes}
        for code in [*self.codes, NEW]:
            text, hint, options = self._typed(code)
            if text:
                found[self.cleaned_data["language_new"] if code == NEW else code] = _compact(
                    text, hint, options
                )
        return found

    def _add(self, code: str, words: Mapping[str, Any]) -> None:
        language = {} if code == NEW else {"lang": code}
        where = {"language": _("that language") if code == NEW else self._name(code)}
        made: list[tuple[str, forms.Field, str]] = [
            ("text", _line(_("Question in %(language)s") % where), words.get("text", "")),
            ("hint", _line(_("Hint in %(language)s") % where), words.get("hint", "")),
            ("options", _options(_("Answers in %(language)s") % where), "\n".join(words.get("options", []))),
        ]
        for part, field, initial in made:
            field.initial = initial
            field.widget.attrs |= {**language, "dir": "auto"}
            self.fields[f"{part}_{code}"] = field

    def _typed(self, code: str) -> tuple[str, str, list[str]]:
        text, hint, options = (self.cleaned_data.get(f"{part}_{code}") or "" for part in PARTS)
        return text, hint, lines_of(options)

    def _group(self, summary: str, *names: str, hint: str = "") -> Folded:
        return Folded(summary, *names, hint=hint, is_open=any(name in self.errors for name in names))

    def _name(self, code: str) -> str:
        return self.known.get(code, code)


def words_of_language(words: Mapping[str, Any]) -> str:
    return "\n".join([words.get("text", ""), words.get("hint", ""), *words.get("options", [])]).strip()


def _names(code: str) -> list[str]:
    return [f"{part}_{code}" for part in PARTS]


def _compact(text: str, hint: str, options: list[str]) -> dict[str, Any]:
    words: dict[str, Any] = {"text": text}
    return words | ({"hint": hint} if hint else {}) | ({"options": options} if options else {})


def _number_words(number: int) -> str:
    if not number:
        return _("There is nothing to choose from in this kind of question. Leave this empty.")
    return _("Enter as many answers as above, in the same order: %(number)s, one a line") % {"number": number}


def _line(label: str) -> forms.Field:
    return line_field(label, required=False, max_length=LONGEST_WORDS)


def _options(label: str) -> forms.Field:
    return text_field(
        label,
        _("One a line, in the same order as above."),
        required=False,
        max_length=LONGEST_OPTIONS,
        rows=4,
    )


def is_choosing(kind: str) -> bool:
    return kind in (Question.Kind.CHOICE, Question.Kind.SEVERAL)
