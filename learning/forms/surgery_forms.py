"""Asking without a name, and coming back by the code."""

import secrets
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit.attempts import TypedByHand
from kit.forms import Choice, let_people_paste, line_field, text_field
from kit.layouts import OneGroup, form_helper
from kit.text import PlainCharField
from learning.actions import surgery_codes as codes
from learning.asked import LONGEST_QUESTION

ALOUD, BY_CODE = "aloud", "code"
LEAVE_OUT = _("Up to 600 letters. Leave out names, jobs and places that point to a person, yourself as well.")


class AskForm(TypedByHand):
    words = text_field(
        _("Your question, or something that troubles you"),
        LEAVE_OUT,
        max_length=LONGEST_QUESTION,
        enter=_("Write your question"),
        rows=5,
    )
    where = forms.ChoiceField(
        label=_("Where may it be answered?"),
        widget=forms.RadioSelect,
        choices=[
            (ALOUD, _("Aloud on the day, and by my code")),
            (BY_CODE, Choice(_("By my code only"), _("Only those who read see the question."))),
        ],
        initial=ALOUD,
        error_messages={"required": _("Choose where it may be answered")},
    )
    alone = forms.BooleanField(
        required=False,
        label=_("Read mine even if fewer than five people ask"),
        help_text=_(
            "Otherwise it waits until five have asked. If few do, somebody who knows that you asked could guess which "
            "is yours."
        ),
    )
    # What makes pressing twice one question with one code.
    once = PlainCharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, initial={"once": secrets.token_urlsafe(16)}, **more)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("words", "where", "alone", "once", "made")

    def asked(self) -> dict[str, Any]:
        """What was typed, as learning.actions.surgery_box.ask takes it."""
        given = self.cleaned_data
        may_aloud = given["where"] == ALOUD
        return {name: given[name] for name in ("words", "alone", "once")} | {"may_aloud": may_aloud}


class CodeForm(OneGroup, forms.Form):
    code = line_field(
        _("Your code"),
        _("Three words, in any order."),
        max_length=100,
        enter=_("Enter the three words you were given"),
        autocomplete="off",
        autocapitalize="none",
        spellcheck="false",
    )

    def clean_code(self) -> str:
        code = codes.plain(self.cleaned_data["code"])
        if len(code.split()) != codes.HOW_MANY:
            raise forms.ValidationError(_("Enter all three words, and nothing else"))
        return code


class SameCodeForm(forms.Form):
    """The code once more, in each form of the page that it opened. Without an id, since it stands there several
    times."""

    code = let_people_paste(PlainCharField(max_length=100, widget=forms.HiddenInput))


class OtherWordsForm(OneGroup, forms.Form):
    words = text_field(
        _("Your question in other words"),
        LEAVE_OUT,
        max_length=LONGEST_QUESTION,
        enter=_("Write your question in other words"),
    )


class MoreForm(OneGroup, forms.Form):
    words = text_field(
        _("One thing more"),
        _("Up to 600 letters, once. The answer comes by the same code."),
        max_length=LONGEST_QUESTION,
        enter=_("Write what you would like to add"),
        rows=3,
    )
