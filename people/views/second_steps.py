"""The second step that is asked of whoever reads in confidence: what is closed without it, and putting it off."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.actions import second_step_asks
from people.requests import SignedIn, standing_of


def require_second_step(request: SignedIn) -> None:
    """Go on to what others told in confidence, unless the reader lacks a second step and their time for it is over, or
    has one that was not asked for when this browser logged in. Raises what leads them there."""
    if standing_of(request).has_second_step:
        if not _was_asked_for(request):
            raise ImmediateHttpResponse(_ask_for_it(request))
    elif second_step_asks.is_overdue(request.user):
        raise ImmediateHttpResponse(_closed(request))


@require_POST
def second_step_later(request: SignedIn) -> HttpResponse:
    try:
        second_step_asks.put_off(request.user)
        messages.success(request, _("We ask you again in a month."))
    except NothingChanged:
        say_nothing_was_done(request, _("You put it off before."))
    return redirect(get_next_redirect_url(request) or "organise:overview")


def _was_asked_for(request: SignedIn) -> bool:
    """Whether this browser showed it. One that logged in by a code alone, before there was a second step, did not."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def _ask_for_it(request: SignedIn) -> HttpResponse:
    # What was typed is not kept for afterwards: it would lie in the session as it is.
    after = request.get_full_path() if request.method == "GET" else reverse("organise:overview")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': after})}")


def _closed(request: SignedIn) -> HttpResponse:
    # The page says all of it; the frame need not ask once more.
    context = {"second_step_ask": None}
    return render(request, "people/second_step_needed.html", context, status=403)
