"""Where allauth meets this hub: its mails go through the outbox, nobody signs up, its secrets are sealed."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit import languages
from kit.links import normalise_email
from kit.sealing import seal, unseal
from kit.times import day_words
from mail.actions import outbox
from mail.models import KindName
from people import devices
from people.actions import logins
from people.actions.persons import note_language
from people.actions.second_steps import BOUND_TO
from people.models import Hub, Person
from people.permissions import has_work_here

# allauth names a mail by its template. These are kinds of people.mails; any other tells of a change.
ACCOUNT_MAILS: dict[str, KindName] = {
    "account/email/login_code": "sign-in-code",
    "account/email/unknown_account": "unknown-address",
    "account/email/email_confirmation": "confirm-address",
    "account/email/email_confirmation_signup": "confirm-address",
}
CHANGES = {
    "account/email/email_changed": "address-changed",
    "mfa/email/totp_activated": "app-added",
    "mfa/email/totp_deactivated": "app-removed",
    "mfa/email/webauthn_added": "key-added",
    "mfa/email/webauthn_removed": "key-removed",
    "mfa/email/recovery_codes_generated": "recovery-codes-made",
}
WRONG_CODE = gettext_lazy("That code does not match. Look for the newest one and enter it again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": gettext_lazy("This is your address already. Enter another one."),
        "email_taken": gettext_lazy("This address cannot be used. Enter another one."),
        "incorrect_code": WRONG_CODE,
        "rate_limited": gettext_lazy("That was a little fast. Wait a moment, then try again."),
        "too_many_login_attempts": gettext_lazy(
            "There were too many tries. Wait ten minutes, then ask for a new code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people come into being by confirming a registration or accepting an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe one of allauth's mails."""
        code = context.get("code")
        # Written down whether or not the address is known: the answer takes
        # the same steps for both, so that how long it takes tells nobody.
        email = normalise_email(email)
        person = Person.objects.filter(email=email).first()
        change = "" if template_prefix in ACCOUNT_MAILS else CHANGES.get(template_prefix, "changed")
        outbox.queue(
            kind=ACCOUNT_MAILS.get(template_prefix, "account-changed"),
            key=f"account/{uuid4()}",
            to_email=email,
            language=languages.current(),
            person=person,
            context={"what": change} if change else {},
            # Sealed, and wiped when the mail has left: a code in the database is as good as a password.
            secret={"code": code} if code else None,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Owe a notice about somebody's account, without the network address and browser that allauth would add."""
        address = email or EmailAddress.objects.get_primary_email(user)
        if address:
            self.send_mail(template_prefix, address, context or {})

    def post_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse:
        note_language(user)
        if not devices.is_known(request, user.email):
            logins.tell_of_new_device(user, logins.browser_in(request))
        response = super().post_login(request, user, **how)
        devices.remember(request, response, user.email)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a login leads: organisers to their work, everybody else to their places."""
        if request.user.is_authenticated and has_work_here(request.user):
            return resolve_url("organise:overview")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The ways to show once more that it is you, in our words; a person's own passkey before codes."""
        words = {
            "mfa_reauthenticate:webauthn": _("Use a passkey or security key"),
            "mfa_reauthenticate": _("Enter a code from your app or a recovery code"),
        }
        methods = {method["id"]: method for method in super().get_reauthentication_methods(user)}
        return [methods[way] | {"description": words[way]} for way in words if way in methods]


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Seal what makes somebody's codes: a copy of the database must not be enough to make them too."""
        return seal(text, BOUND_TO)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, BOUND_TO)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return _("Key added on %(day)s") % {"day": day_words(timezone.localdate())}

    def _get_site_name(self) -> str:
        """The name that a device shows beside the key."""
        return Hub.current().name


def remember_proof(*, request: HttpRequest, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    """Take a second step that was just set up for proof of who it is, so that recovery codes are shown without asking
    again."""
    details = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, user, "mfa", **details)
