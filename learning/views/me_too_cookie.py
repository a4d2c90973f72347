"""Which questions a browser has wondered at: a signed cookie, and nothing on the server. It says of nobody who it is."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from learning.models import Surgery

SALT = "learning.me-too"
KEPT_FOR = 60 * 24 * 3600


def pressed_in(request: HttpRequest, surgery: Surgery) -> frozenset[str]:
    """The keys of questions. A cookie that somebody wrote themselves is none."""
    try:
        text = signing.Signer(salt=f"{SALT}.{surgery.code}").unsign(request.COOKIES.get(_name(surgery), ""))
    except signing.BadSignature:
        return frozenset()
    return frozenset(filter(None, text.split(".")))


def remember(request: HttpRequest, response: HttpResponse, surgery: Surgery, pressed: Iterable[str]) -> None:
    text = signing.Signer(salt=f"{SALT}.{surgery.code}").sign(".".join(sorted(pressed)))
    response.set_cookie(
        _name(surgery),
        text,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(surgery: Surgery) -> str:
    return f"me-too-{surgery.code}"
