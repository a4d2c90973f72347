"""Giving a quote: words, what stands under them, and where they may stand."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Quote
from kit.forms import line_field, needed_at_times, text_field
from kit.text import PlainCharField

CHOOSE = _("Choose one of these")


class QuoteForm(forms.Form):
    text = text_field(
        _("Your words"),
        _("Up to 600 characters. They are used as you write them, or not at all: nobody can change them."),
        max_length=Quote._meta.get_field("text").max_length or 0,
        enter=_("Write the words that you would like to give"),
        rows=6,
    )
    signed = forms.ChoiceField(
        label=_("What should stand under them?"),
        choices=Quote.Signed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    name = needed_at_times(
        line_field(
            _("Your name, or what you do"),
            _(
                "As everyone may read it, for example “Sam” or “A teacher from Derby”. "
                "Not needed without any name."
            ),
            required=False,
            max_length=Quote._meta.get_field("name").max_length or 0,
            autocomplete="off",
        )
    )
    places = forms.MultipleChoiceField(
        label=_("Where may they stand?"),
        help_text=_("Only where you tick. Reports are for those who pay for the events."),
        choices=[
            ("on_event_page", _("On the event’s page")),
            ("on_group_page", _("On the group’s page and in its story")),
            ("in_reports", _("In reports to funders")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one place"),
            "invalid_choice": _("Choose from these places"),
        },
    )
    # What makes pressing twice one quote with one link.
    once = PlainCharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"once": secrets.token_urlsafe(16)})

    def clean(self) -> dict[str, Any]:
        signed = self.cleaned_data.get("signed")
        if signed == Quote.Signed.NOBODY:
            self.cleaned_data["name"] = ""
        elif signed and not self.errors.get("name") and not self.cleaned_data.get("name"):
            is_name = signed == Quote.Signed.NAME
            self.add_error("name", _("Enter your name") if is_name else _("Enter what you do"))
        return self.cleaned_data
