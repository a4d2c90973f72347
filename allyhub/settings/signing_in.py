"""Signing in with allauth: by a code sent by e-mail or by passkey; there are no passwords."""

from allyhub.settings.running import HTTPS, SITE_HOST

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "events:places"
LOGOUT_REDIRECT_URL = "events:home"

ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.account.LoginForm",
    "request_login_code": "people.forms.account.RequestLoginCodeForm",
    "confirm_login_code": "people.forms.account.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "people.forms.account.ConfirmEmailVerificationCodeForm",
    "add_email": "people.forms.account.AddEmailForm",
}
# Digits, so that a phone's keypad can type them; five tries a code, and few codes in ten minutes, keep them safe.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# Three minutes, the default, is too short for many people (WCAG 2.2, 2.2.1).
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
# Long enough for a code and the two further ones that people can ask for.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An organisation's people often share one address towards the internet: generous by IP, strict by account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,10/10m/key",
    "request_login_code": "60/m/ip",
    # By address and network, or by a device used before; by address alone so many that nobody is locked out by one
    # place (people.devices).
    "code_asked_for": "5/10m/key",
    "code_asked_for_anywhere": "40/10m/key",
    # Of each code, also of guesses that are sent at the same moment.
    "code_guess": f"{ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS}/15m/key",
    "signup": "60/m/ip",
    "reauthenticate": "10/m/user",
    # Wrong codes of people who told us something (kit.attempts).
    "concern_code": "10/10m/key",
    "surgery_code": "10/10m/key",
    # Wrong codes of groups for whom places are kept, from one network for one event (events.forms.groups).
    "group_code": "10/10m/key",
    # Names and codes that no certificate has, from one network (learning.views.certificate).
    "certificate_check": "10/10m/key",
}

MFA_ADAPTER = "people.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.account.AuthenticateForm",
    "reauthenticate": "people.forms.account.ReauthenticateForm",
    "activate_totp": "people.forms.account.ActivateTOTPForm",
    "add_webauthn": "people.forms.passkeys.AddWebAuthnForm",
    "authenticate_webauthn": "people.forms.passkeys.AuthenticateWebAuthnForm",
    "edit_webauthn": "people.forms.passkeys.EditWebAuthnForm",
    "login_webauthn": "people.forms.passkeys.LoginWebAuthnForm",
    "reauthenticate_webauthn": "people.forms.passkeys.ReauthenticateWebAuthnForm",
}
# There is nothing to guess with a passkey: whoever uses one never waits for what others do behind the same address.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = SITE_HOST
# A phone's clock may be half a minute off (RFC 6238 §5.2 advises one step).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
