"""What leads somebody's mails elsewhere, or lets in whoever has it from then on, asks for a login of just now: a session
lasts for days, on computers that others use.

allauth asks whoever has a second step for that step, and nobody else. Here everybody logs in once more.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from people.requests import SignedIn

View = Callable[..., HttpResponseBase]
LOGGED_IN_AT = "logged_in_at"


def note_time(*, request: HttpRequest, **_signal: Any) -> None:
    """Note when somebody logged in, in whichever way. Django calls this (its signal user_logged_in)."""
    request.session[LOGGED_IN_AT] = time.time()


def is_recent(request: SignedIn) -> bool:
    """Whether they logged in, or showed by a second step that it is them, a few minutes ago."""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    last = max([request.session.get(LOGGED_IN_AT, 0), *shown])
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def for_recent_logins(view: View) -> View:
    @never_cache
    @wraps(view)
    def recent(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_recent(request) else _log_in_once_more(request)

    return recent


def _log_in_once_more(request: SignedIn) -> HttpResponse:
    login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return render(request, "account/log_in_once_more.html", {"login": login})
