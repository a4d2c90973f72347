"""allauth's forms in our words: labels instead of placeholders, and codes that a keypad of digits can type."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kit import attempts
from kit.forms import email_field
from kit.text import PlainCharField
from people.devices import may_ask_for_code

# Codes have eight digits. People paste them with blanks and dashes.
CODE_LENGTH = 40
ENTER_CODE = _("Enter the code")
# For so many seconds a code of an app is taken.
TAKEN_FOR = (1 + 2 * app_settings.TOTP_TOLERANCE) * app_settings.TOTP_PERIOD


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


def require_that_it_may_be_asked_for(email: str) -> None:
    if not may_ask_for_code(context.request, email):
        raise get_adapter().validation_error("too_many_login_attempts")


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field(_("Your email address"))

    def clean_login(self) -> str:
        email = super().clean_login()
        require_that_it_may_be_asked_for(email)
        return email


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    email = email_field(_("Your email address"))

    def clean_email(self) -> str:
        require_that_it_may_be_asked_for(self.cleaned_data["email"])
        return super().clean_email()


class JudgedOneAfterAnother(account.BaseConfirmCodeForm):
    """A code that is guessed at. Each guess is counted before it is looked at: a session alone would let many pass that
    are sent at the same moment."""

    def clean_code(self) -> str:
        which = f"{context.request.session.session_key} {self.expected_code}"
        if attempts.take(context.request, "code_guess", which) is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()


class ConfirmLoginCodeForm(JudgedOneAfterAnother, account.ConfirmLoginCodeForm):
    code = code_field(_("Code from the email"), _("8 digits. You can leave the dash out."))


class ConfirmEmailVerificationCodeForm(JudgedOneAfterAnother, account.ConfirmEmailVerificationCodeForm):
    code = code_field(_("Code from the email"), _("8 digits. You can leave the dash out."))


class AddEmailForm(account.AddEmailForm):
    email = email_field(_("New email address"))


class OnceOnly(mfa.BaseAuthenticateForm):
    """A code of an app is good once: allauth remembers it for one of its steps, and takes it for three
    (MFA_TOTP_TOLERANCE)."""

    code = code_field(_("Code"))

    def clean_code(self) -> str:
        code = str(super().clean_code())
        of_theirs = salted_hmac("people.used_code", f"{self.user.pk}.{normalize_user_code(code)}").hexdigest()
        if not cache.add(f"used_code.{of_theirs}", "yes", timeout=TAKEN_FOR):
            raise mfa.get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceOnly, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(OnceOnly, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(totp.ActivateTOTPForm):
    code = code_field(_("Code from the app"), _("6 digits"))
