"""Devices on which somebody has logged in before: others' attempts elsewhere must not keep them out.

A signed cookie says so, for the pages of logging in alone. It opens nothing: it has a count of its own of codes.
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


def remember(response: HttpResponse, email: str) -> None:
    """Let the browser know that somebody with this address has logged in on it."""
    value = signing.dumps([secrets.token_urlsafe(9), _digest(email)], salt=SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=KNOWN_FOR,
        # Only there: public pages go on being the same for every browser.
        path=reverse("account_login").removesuffix("login/"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


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
    try:
        number, of = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_FOR
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if of == _digest(email) else ""


def _digest(email: str) -> str:
    """Says nothing about the address to whoever reads the cookie."""
    return salted_hmac(SALT, normalise_email(email), algorithm="sha256").hexdigest()[:32]
