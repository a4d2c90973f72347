"""What browsers keep, and what they are told to refuse."""

from datetime import timedelta

from csp.constants import NONE, SELF

from allyhub.settings.running import HTTPS, PRODUCTION

# --- Sessions, cookies, messages ---

# With __Host- a browser takes the cookie only over https and from this host alone.
_cookie_prefix = "__Host-" if HTTPS else ""
SESSION_ENGINE = "people.sessions"
SESSION_COOKIE_NAME = f"{_cookie_prefix}session"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Sent to the pages of logging in alone, and to those of one registration, which __Host- does not allow.
DEVICE_COOKIE_NAME = "__Secure-device" if HTTPS else "device"
TYPED_COOKIE_NAME = "__Secure-registration" if HTTPS else "registration"
ASKED_COOKIE_NAME = "__Secure-asked" if HTTPS else "asked"
OPENED_COOKIE_NAME = "__Secure-opened" if HTTPS else "opened"
# That an answer was given, to the pages of one situation and of one room; never which.
PRACTISED_COOKIE_NAME = "__Secure-practised" if HTTPS else "practised"
BALLOT_COOKIE_NAME = "__Secure-ballot" if HTTPS else "ballot"
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "allyhub.errors.csrf_failure"
# Sessions are for people who are signed in; a visitor's message travels in a cookie to the next page.
MESSAGE_STORAGE = "kit.http.MessagesInCookie"
MESSAGES_COOKIE_NAME = f"{_cookie_prefix}messages"

# --- What browsers are told ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Chromium holds redirects after a form to this too: see allyhub/views/door.py for the way out.
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
# Other sites under the same domain are not ours to speak for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
