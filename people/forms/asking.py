"""Showing that an address is one's own, before one asks for a group."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kit import attempts
from kit.attempts import TypedByHand
from kit.forms import email_field
from kit.links import normalise_email
from people.actions import asking
from people.adapter import WRONG_CODE
from people.devices import may_ask_for_code
from people.forms.account import code_field


class AskerForm(TypedByHand):
    email = email_field(_("Your email address"), _("We send a code there. You need no account."))

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # Once all else is right: what is refused counts as no code.
        if not self.errors and not may_ask_for_code(self.request, self.cleaned_data["email"]):
            raise get_adapter().validation_error("too_many_login_attempts")
        return cleaned


class AskersCodeForm(forms.Form):
    code = code_field(_("Code from the email"), _("8 digits. You can leave the dash out."))

    def __init__(self, *args: Any, request: HttpRequest, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.email = request, email

    def clean_code(self) -> str:
        """Each guess is counted before it is looked at: those of one network, and those of all together."""
        who, where = f"group {normalise_email(self.email)}", attempts.place(self.request)
        tries = [
            attempts.take(self.request, "code_guess", f"{who} {where}"),
            attempts.take(self.request, "code_asked_for_anywhere", who),
        ]
        if None in tries:
            raise get_adapter().validation_error("too_many_login_attempts")
        if not asking.is_code_of(self.email, self.cleaned_data["code"]):
            raise forms.ValidationError(WRONG_CODE)
        return self.cleaned_data["code"]
