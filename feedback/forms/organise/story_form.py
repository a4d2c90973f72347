"""The story of a group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Story
from kit.forms import MARKDOWN_HINT, line_field, markdown_field
from kit.meanwhile import AsksAgain
from kit.text import PlainCharField


def length_of(name: str) -> int:
    return getattr(Story._meta.get_field(name), "max_length", None) or 0


def part_field(name: str, label: Any, help_text: Any) -> forms.CharField:
    return markdown_field(label, help_text, required=False, max_length=length_of(name), rows=8)


class StoryForm(AsksAgain):
    """`opened` says which edition was on the page when it was opened."""

    title = line_field(
        _("Title"), max_length=length_of("title"), enter=_("Enter a title"), autocomplete="off"
    )
    summary = line_field(
        _("Summary"),
        _("One or two sentences: who, what, and what became of it."),
        required=False,
        max_length=length_of("summary"),
        autocomplete="off",
    )
    beginning = part_field("beginning", _("How it began"), MARKDOWN_HINT)
    what_we_did = part_field(
        "what_we_did", _("What we did"), _("So that others can do the same: when, how often, with whom.")
    )
    what_changed = part_field(
        "what_changed", _("What has changed"), _("For whom, and how do you know? What did not change?")
    )
    what_we_learned = part_field(
        "what_we_learned", _("What we would tell others"), _("What helped, and what you would leave out.")
    )
    opened = PlainCharField(required=False, max_length=40, widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "opened"}
