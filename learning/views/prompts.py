"""Asking for small prompts after each date, and stopping them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from events.links import by_link
from events.models import Registration
from events.pages.registration_words import about_own
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import spacing
from learning.links import SPACING, by_spacing_link

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
WISHED: dict[bool, str | Promise] = {
    True: gettext_lazy("You get a small prompt one and four weeks after each date."),
    False: gettext_lazy("You get no prompts."),
}


@reading_or_sending
@by_link
def prompts(request: HttpRequest, registration: Registration) -> HttpResponse:
    """For whoever has a place; what it is about, and one button."""
    if not registration.has_place:
        return redirect(registration)
    if request.method == "POST":
        return _choose(request, registration, wants="stop" not in request.POST)
    context = about_own(registration) | {"wants": hasattr(registration, "spacing_wish")}
    return render(request, "learning/prompts.html", context)


def _choose(request: HttpRequest, registration: Registration, *, wants: bool) -> HttpResponse:
    try:
        (spacing.wish if wants else spacing.stop)(registration)
        messages.success(request, str(WISHED[wants]))
    except NothingChanged:
        say_nothing_was_done(request, str(WISHED[wants]))
    return redirect("learning:prompts", registration.token)


@reading_or_sending
@by_spacing_link
def no_prompts(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The link in each prompt: one press stops them. Pressed again, it says that it is so."""
    if request.method == "POST":
        try:
            spacing.stop(registration)
        except NothingChanged:
            say_nothing_was_done(request, _("You get no prompts."))
        # A mail program that presses for its reader follows no redirect (RFC 8058 §3.1).
        if "List-Unsubscribe" not in request.POST:
            return redirect("learning:no_prompts", registration.token_for(SPACING))
    context = {"registration": registration, "event": registration.event}
    return render(request, "learning/no_prompts.html", context | {"wants": _wants(registration)})


def _wants(registration: Registration) -> bool:
    return Registration.objects.filter(pk=registration.pk, spacing_wish__isnull=False).exists()
