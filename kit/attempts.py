"""Codes that are typed cannot be found by trying: after a few wrong ones from one place there is a pause.

Counted in the shared cache as for logging in (ACCOUNT_RATE_LIMITS). The address towards the internet is kept there only
as a keyed digest, and only for the minutes that are counted.
"""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def are_too_many(request: HttpRequest, action: str) -> bool:
    return not ratelimit.consume(request, action=action, key=_place(request), dry_run=True)


def note_wrong_one(request: HttpRequest, action: str) -> None:
    ratelimit.consume(request, action=action, key=_place(request))


def _place(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request)
    return salted_hmac("kit.attempts", address, algorithm="sha256").hexdigest()
