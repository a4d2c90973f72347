"""Offering to hold a conversation, the host agreement, and preparing a room."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.forms.volunteer import AgreementForm, VolunteerForm, name_field
from kit.attempts import TypedByHand
from kit.forms import text_field
from kit.meanwhile import AsksAgain
from kit.text import PlainTextField
from people.models import GuidingValues


class AdoptionForm(VolunteerForm, TypedByHand):
    support = text_field(
        _("What support would you like?"),
        _(
            "For example a co-host, a short guide, or a practice call. Not what you need to take part: that you tell us "
            "on your own page, where only the people who arrange access read it."
        ),
        required=False,
        max_length=1000,
        rows=3,
    )


class HostAgreementForm(AgreementForm):
    """The tick covers more than the guiding values, so it is there even where there are none yet."""

    accepts_values = forms.BooleanField(
        label=_("I agree, and will hold the room like this"),
        error_messages={"required": _("Tick the box to say that you agree")},
    )


class HostAnswerForm(HostAgreementForm):
    """For whoever was asked: somebody else has typed their name."""

    name = name_field(
        _("Your name"), _("As you want it to stand on the event’s page. A first name is enough.")
    )
    field_order = ("name", "accepts_values")

    def __init__(self, data: Mapping[str, Any] | None, *, values: GuidingValues | None, name: str) -> None:
        super().__init__(data, values=values)
        self.initial["name"] = name


class PromptsForm(AsksAgain):
    prompts = text_field(
        _("Questions to get going"),
        _("One a line. Two or three are plenty."),
        required=False,
        max_length=3000,
        rows=8,
    )
    # What stood there when they began: a co-host may write too.
    before = PlainTextField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, prompts: str) -> None:
        super().__init__(data, initial={"prompts": prompts, "before": prompts})

    def show_theirs(self, theirs: str) -> None:
        self.ask_again(before=theirs)
        self.add_error(
            "prompts",
            _(
                "Your co-host has changed the questions meanwhile. Theirs stand above: put together what you want"
            ),
        )


class CoHostForm(VolunteerForm):
    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        name, email = self.fields["name"], self.fields["email"]
        name.label, name.help_text = (
            _("Their name"),
            _("As you call them. They can change it when they say yes."),
        )
        name.widget.attrs["autocomplete"] = "off"
        name.error_messages["required"] = _("Enter their name")
        email.label = _("Their email address")
        email.help_text = _("We ask them by email. Please ask them yourself before.")
        email.widget.attrs["autocomplete"] = "off"
