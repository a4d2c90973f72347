"""Devices on which somebody has logged in before: others' attempts elsewhere must not keep them out, and a login on
another one is told by mail.

A signed cookie says so, for the pages of logging in alone. It opens nothing: it has a count of its own of codes. A device
is not looked at for anything else by which it could be known again.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from kit import attempts
from kit.links import normalise_email

SALT = "people.devices"
KNOWN_FOR = timedelta(days=180)
# Of one device: families and libraries share one.
MOST_PEOPLE = 5


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser know that somebody with this address has logged in on it, beside the others who did."""
    number, digests = _read(request) or (secrets.token_urlsafe(9), [])
    own = _digest(email)
    digests = [own, *(digest for digest in digests if digest != own)]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([number, digests[:MOST_PEOPLE]], salt=SALT),
        max_age=KNOWN_FOR,
        # Only there: public pages go on being the same for every browser.
        path=reverse("account_login").removesuffix("login/"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(request: HttpRequest, email: str) -> bool:
    """Whether whoever has this address has logged in on this device before."""
    return bool(_known_device(request, email))


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    """Whether a code may be sent to an address now: a few for each place from which it is asked for, many more for all
    places together, and a few for each device that its owner has used before, whatever others do."""
    email = normalise_email(email)
    if device := _known_device(request, email):
        return attempts.take(request, "code_asked_for", f"{email} {device}") is not None
    return (
        attempts.take(request, "code_asked_for", f"{email} {attempts.place(request)}") is not None
        and attempts.take(request, "code_asked_for_anywhere", email) is not None
    )


def _known_device(request: HttpRequest, email: str) -> str:
    """The number of this device, if whoever has the address logged in on it; else an empty string."""
    number, digests = _read(request) or ("", [])
    return number if _digest(email) in digests else ""


def _read(request: HttpRequest) -> tuple[str, list[str]] | None:
    """The number of this device, and of whom it is known."""
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        number, digests = signing.loads(cookie, salt=SALT, max_age=KNOWN_FOR)
        return str(number), [*map(str, digests)]
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _digest(email: str) -> str:
    """Says nothing about the address to whoever reads the cookie."""
    return salted_hmac(SALT, normalise_email(email), algorithm="sha256").hexdigest()[:32]
