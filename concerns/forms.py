"""Telling someone, coming back with the code, and answering."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.actions import codes
from kit.forms import let_people_paste, line_field, text_field
from kit.text import PlainCharField

WHO_LENGTH = 300


class TellForm(forms.Form):
    text = text_field(
        _("What happened?"),
        _("As much or as little as you like, in your own words."),
        rows=8,
        enter=_("Write what happened, in a few words if you like"),
    )
    who = line_field(
        _("Who you are"),
        _("You need not say. If you would like to be called or written to, add how to reach you."),
        required=False,
        max_length=WHO_LENGTH,
        autocomplete="off",
    )
    # Which event it is about; and what makes pressing twice one concern with one code.
    event = PlainCharField(required=False, max_length=200, widget=forms.HiddenInput)
    once = PlainCharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, event_slug: str = "") -> None:
        super().__init__(data, initial={"event": event_slug, "once": secrets.token_urlsafe(16)})


class CodeForm(forms.Form):
    code = line_field(
        _("Your private code"),
        _("Capital or small letters, with or without the lines between: all the same."),
        max_length=100,
        enter=_("Enter the code you were given"),
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if len(codes.plain(code)) != codes.LENGTH:
            raise forms.ValidationError(
                _("This is not a whole code: it has %(length)s letters and digits"),
                params={"length": codes.LENGTH},
            )
        return code


class SameCodeForm(forms.Form):
    """The code once more, in each form of the page that it opened. Without an id, since it stands there several
    times."""

    code = let_people_paste(PlainCharField(max_length=100, widget=forms.HiddenInput))


class LineForm(forms.Form):
    text = text_field(_("Add something"), required=True, enter=_("Write what you would like to add"))


class AnswerForm(forms.Form):
    text = text_field(
        _("Your answer"),
        _("They read it when they come back with their code. No mail tells them that it is there."),
        enter=_("Write your answer"),
    )


class ClosingForm(forms.Form):
    """Closing a concern. `seen`: how many lines whoever told had written when the reader decided."""

    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
