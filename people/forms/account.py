"""allauth's forms in our words: labels instead of placeholders, and codes that a keypad of digits can type."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import email_field
from kit.text import PlainCharField

# Codes have eight digits. People paste them with blanks and dashes.
CODE_LENGTH = 40
ENTER_CODE = _("Enter the code")


def code_field(label: Any, help_text: Any = "", *, digits_only: bool = True) -> PlainCharField:
    attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "class": "input--m"}
    if digits_only:
        attrs["inputmode"] = "numeric"
    return PlainCharField(
        label=label,
        help_text=help_text,
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs=attrs),
        error_messages={
            "required": ENTER_CODE,
            "max_length": _("The code is shorter than that. Enter it again"),
        },
    )


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field(_("Your email address"))


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    email = email_field(_("Your email address"))


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    code = code_field(_("Code from the mail"), _("8 digits. You can leave the dash out."))


class ConfirmEmailVerificationCodeForm(account.ConfirmEmailVerificationCodeForm):
    code = code_field(_("Code from the mail"), _("8 digits. You can leave the dash out."))


class AddEmailForm(account.AddEmailForm):
    email = email_field(_("New email address"))


class AuthenticateForm(mfa.AuthenticateForm):
    code = code_field(_("Code"))


class ReauthenticateForm(mfa.ReauthenticateForm):
    code = code_field(_("Code"))


class ActivateTOTPForm(totp.ActivateTOTPForm):
    code = code_field(_("Code from the app"), _("6 digits"))
