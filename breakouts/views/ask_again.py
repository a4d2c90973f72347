"""Saying that one may be asked again, and stopping it with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from breakouts.actions import ask_again as actions
from breakouts.links import by_helper_link, by_host_link
from breakouts.models import AskMeAgain, Helper, Host
from kit.links import opened_by
from kit.meanwhile import NothingChanged, say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@by_host_link
def host_again(request: HttpRequest, host: Host) -> HttpResponse:
    return _answered(request, host)


@require_POST
@by_helper_link
def helper_again(request: HttpRequest, helper: Helper) -> HttpResponse:
    return _answered(request, helper)


@reading_or_sending
@opened_by(AskMeAgain.objects.all())
def ask_again(request: HttpRequest, row: AskMeAgain) -> HttpResponse:
    """The page behind the link of such a mail. Opening it changes nothing."""
    # A mail program that presses for its reader follows no redirect (RFC 8058 §3.1).
    if request.method == "POST" and "List-Unsubscribe" not in request.POST:
        say_or_stop(request, row.email)
        return redirect(row)
    if request.method == "POST" and row.is_wanting:
        actions.stop(row.email)
        row.refresh_from_db()
    return render(request, "breakouts/ask_again.html", {"row": row})


def say_or_stop(request: HttpRequest, email: str) -> None:
    """Do what was pressed, and say so."""
    is_yes = request.POST.get("answer") == "yes"
    try:
        if is_yes:
            actions.begin(email)
            messages.success(
                request, _("Thank you. We ask you when somebody is wanted, once a month at most.")
            )
        else:
            actions.stop(email)
            messages.success(request, _("We ask you no more. Thank you for all you did."))
    except NothingChanged:
        now = _("We ask you, once a month at most.") if is_yes else _("We do not ask you.")
        say_nothing_was_done(request, now)


def _answered(request: HttpRequest, volunteer: Host | Helper) -> HttpResponse:
    say_or_stop(request, volunteer.email)
    return redirect(volunteer)
