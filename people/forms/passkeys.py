"""allauth's forms that a browser answers with a passkey or security key. What it sends is read by a library that trips
over broken answers in many ways; here each of them is a code that does not match, like any other wrong one."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from kit.text import PlainCharField

BROKEN = (AttributeError, LookupError, RecursionError, struct.error, TypeError, ValueError)


class CredentialField(forms.JSONField):
    """The answer of a passkey or security key, which is never written into the page again."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    """Adding a key. It is a passkey, which is both steps in one, unless somebody unticks that."""

    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Log in with it alone")
        passwordless.help_text = _(
            "Your device asks for your face, finger or PIN, and no code is sent by email."
        )

    def clean(self) -> dict:
        try:
            return super().clean()
        except BROKEN:
            raise get_adapter().validation_error("incorrect_code") from None


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    name = PlainCharField(
        label=_("Name of this key"),
        max_length=100,
        error_messages={"required": _("Enter a name for this key")},
    )


class _Answer(webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except BROKEN:
            raise get_adapter().validation_error("incorrect_code") from None


class AuthenticateWebAuthnForm(_Answer):
    """The second step, after the code by mail."""


class LoginWebAuthnForm(_Answer, webauthn.LoginWebAuthnForm):
    """Logging in with a passkey alone, which is both steps in one."""


class ReauthenticateWebAuthnForm(_Answer, webauthn.ReauthenticateWebAuthnForm):
    """Showing once more, with a key, that it is you."""
