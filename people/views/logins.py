"""Ending what somebody's profile lists: where they are logged in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.actions import logins
from people.requests import SignedIn


@require_POST
def login_end(request: SignedIn, pk: int) -> HttpResponse:
    login = get_object_or_404(request.user.logins, pk=pk)
    try:
        logins.end(login)
        messages.success(request, _("That device is logged out."))
    except NothingChanged:
        say_nothing_was_done(request, _("It was logged out before."))
    return _back()


@require_POST
def logins_end(request: SignedIn) -> HttpResponse:
    """Everywhere but here."""
    number = logins.end_all(request.user, but=request.session.session_key)
    if number:
        words = ngettext(
            "One other device is logged out.", "%(number)s other devices are logged out.", number
        )
        messages.success(request, words % {"number": number})
    else:
        say_nothing_was_done(request, _("You are logged in nowhere else."))
    return _back()


def _back() -> HttpResponse:
    return redirect(f"{reverse('people:profile')}#devices")
