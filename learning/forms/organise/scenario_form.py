"""Writing a situation to practise: as a learning page, with what is asked, what people choose from, and what helps."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.page import plain_field
from kit.forms import markdown_field, text_field
from kit.layouts import Asked, Section, form_helper
from learning.forms.organise.page_form import CLEAR_LENGTH, TEXT_LENGTH, LearningPageForm, optional_line
from learning.models import LearningPage
from learning.models.page import ideas_in, lines_in

FEWEST, MOST, LONGEST = 2, 8, 120
POINTERS_LENGTH = 6_000


class ScenarioForm(LearningPageForm):
    public_fields = LearningPage.SCENARIO_WORDS

    # What a page has and a situation has not.
    key_ideas: Any = None

    content_note = optional_line(
        gettext_lazy("Content note"),
        gettext_lazy(
            "It stands first, beside “Skip this one”: what it is about, and whether anybody is hurt."
        ),
        max_length=300,
    )
    text = markdown_field(
        gettext_lazy("The situation"),
        gettext_lazy("What is said and seen, in a few lines. Made-up names, and nobody who could be meant."),
        required=False,
        max_length=TEXT_LENGTH,
        rows=8,
    )
    ask = optional_line(
        gettext_lazy("What you ask"),
        gettext_lazy("One question below the situation. Left empty it is “What do you do?”"),
        max_length=200,
    )
    choices = text_field(
        gettext_lazy("Answers to choose from"),
        gettext_lazy(
            "One a line, two to eight; one of them for whoever does nothing or does not know. "
            "Changed later, counting begins anew. Without any people only write for themselves."
        ),
        required=False,
        max_length=MOST * (LONGEST + 2),
        rows=6,
    )
    pointers = text_field(
        gettext_lazy("Pointers"),
        gettext_lazy(
            "What helps, one a line. What stands before a colon becomes a heading: "
            "“Small and soon: Two words now are worth more than a speech tomorrow.”"
        ),
        required=False,
        max_length=POINTERS_LENGTH,
        rows=8,
    )

    clear_words = markdown_field(
        gettext_lazy("The situation in clear words"),
        gettext_lazy(
            "Short lines, one thought each, no words that need explaining. It gets a page of its own, and can be opened "
            "on phones in a room."
        ),
        required=False,
        max_length=CLEAR_LENGTH,
        rows=8,
    )
    clear_pointers = text_field(
        gettext_lazy("The pointers in clear words"),
        gettext_lazy("One a line, as above."),
        required=False,
        max_length=POINTERS_LENGTH,
        rows=6,
    )

    class Meta:
        model = LearningPage
        fields: ClassVar[list[str]] = [*LearningPage.SCENARIO_WORDS]
        formfield_callback = plain_field

    @cached_property
    def helper(self) -> FormHelper:
        asked = [name for name in ("events", "pages") if self.fields[name].queryset]
        return form_helper(
            *("title", "summary", "content_note"),
            Section("text-h", _("What happens"), "text", "ask"),
            Section("choices-h", _("How people answer"), "choices"),
            Section("pointers-h", _("Afterwards"), "pointers", "sources"),
            Section("clear-h", _("In clear words"), "clear_words", "clear_pointers", "clear_checked_by"),
            *([Section("more-h", _("What belongs to it"), *asked)] if asked else []),
            Asked("meeting_address"),
        )

    def clean_choices(self) -> str:
        lines = list(lines_in(self.cleaned_data["choices"]))
        if lines and not FEWEST <= len(lines) <= MOST:
            raise forms.ValidationError(_("Enter two to eight answers, or none"))
        if len(set(map(str.casefold, lines))) < len(lines):
            raise forms.ValidationError(_("Enter each answer once"))
        if long := next((line for line in lines if len(line) > LONGEST), ""):
            raise forms.ValidationError(_("Shorten “%(answer)s…”") % {"answer": long[:40]})
        return "\n".join(lines)

    def clean_pointers(self) -> str:
        return self._pointers(self.cleaned_data["pointers"])

    def clean_clear_pointers(self) -> str:
        pointers = self._pointers(self.cleaned_data["clear_pointers"])
        if pointers and not self.cleaned_data.get("clear_words"):
            raise forms.ValidationError(_("Write the situation in clear words too, or leave this empty"))
        return pointers

    def _pointers(self, text: str) -> str:
        if long := next((idea for idea in ideas_in(text) if len(idea.title) > 2 * LONGEST), None):
            words = _("Put a colon after the heading of “%(pointer)s…”")
            raise forms.ValidationError(words % {"pointer": long.title[:40]})
        return text
