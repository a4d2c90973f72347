"""A situation in a room: on the phones of those who are there, who type a short code, and on the screen.

Phones ask again and again whether anything has changed: `live_state` is kept whole for all of them (allyhub/keeping.py).
"""

import secrets
from hashlib import md5

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.http import same_for_everyone
from kit.links import opened_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import live_scenarios
from learning.actions.live_scenarios import AnsweredBefore, IsClosed
from learning.models import LiveScenario
from learning.pages import live_pages

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
WHOLE = LiveScenario.objects.select_related("page__group", "session__event")


def _withhold(live: LiveScenario) -> None:
    live.session.event.withhold(live.page)


by_screen_link = opened_by(WHOLE, LiveScenario.LINK, beforehand=_withhold)
# Asked anew each time; what has not changed is answered with 304.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"


@never_cache
@login_not_required
@reading_or_sending
@sensitive_post_parameters()
@sensitive_variables()
def live(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a phone: read, answer with one press, see how the room answered."""
    found = _live(code)
    browser = request.COOKIES.get(settings.BALLOT_COOKIE_NAME, "")
    if request.method == "POST":
        _answer(request, found, browser)
        return redirect("learning:live", found.code)
    has_answered = live_scenarios.has_answered(found, browser)
    context = live_pages.of_phone(found, timezone.now()) | {"has_answered": has_answered}
    response = render(request, "learning/live.html", context)
    return response if browser else _with_ballot(response, found)


@same_for_everyone
@login_not_required
@require_safe
def live_state(request: HttpRequest, code: str) -> HttpResponse:
    """How it stands, in two lines: where it is, and until when. For scripts of phones."""
    found = get_object_or_404(LiveScenario.objects.select_related("session__event"), code=code.lower())
    words = live_pages.state_of(found)
    etag = quote_etag(md5(words.encode(), usedforsecurity=False).hexdigest())
    headers = {"Cache-Control": ASK_EACH_TIME, "ETag": etag}
    if request.headers.get("If-None-Match") == etag:  # where it is not kept
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=headers)


@never_cache
@require_safe
@by_screen_link
def screen(request: HttpRequest, live: LiveScenario) -> HttpResponse:
    return render(request, "learning/screen.html", live_pages.of_screen(live, timezone.now()))


@never_cache
@require_safe
@by_screen_link
def screen_state(request: HttpRequest, live: LiveScenario) -> HttpResponse:
    """The same for the screen, with how many have answered, from five on."""
    words = f"{live_pages.state_of(live)}\n{live_pages.how_many(live)}"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_POST
@by_screen_link
def screen_act(request: HttpRequest, live: LiveScenario) -> HttpResponse:
    """`do` is "begin", "more" for one minute more, or "close"."""
    acts = {"begin": live_scenarios.begin, "more": live_scenarios.extend, "close": live_scenarios.close}
    act = acts.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise NothingChanged
        act(live)
    except NothingChanged:
        say_nothing_was_done(request)
    return redirect("learning:screen", live.token)


def _live(code: str) -> LiveScenario:
    found = get_object_or_404(WHOLE, code=code.lower())
    _withhold(found)
    return found


def _answer(request: HttpRequest, live: LiveScenario, browser: str) -> None:
    near = request.POST.get("near", "")
    try:
        if not browser or not near.isdecimal() or len(near) > 2:
            raise NothingChanged
        live_scenarios.answer(live, int(near), browser)
    except AnsweredBefore:
        say_nothing_was_done(request, _("Your answer is in already: each browser has one."))
    except IsClosed:
        say_nothing_was_done(request, _("Answers are not collected now."))
    except NothingChanged:
        say_nothing_was_done(request, _("No answer arrived. Choose one and press it again."))
    else:
        messages.success(request, _("Your answer is in."))


def _with_ballot(response: HttpResponse, live: LiveScenario) -> HttpResponse:
    """Give a browser what it answers with: a number by lot, for this room alone, until the browser is closed."""
    response.set_cookie(
        settings.BALLOT_COOKIE_NAME,
        secrets.token_urlsafe(16),
        path=live_pages.address_of(live),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
