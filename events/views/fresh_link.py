"""The second link: it is mailed when the own page asks for it, opened in any browser, and closed again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import fresh_links
from events.actions.fresh_links import UsedUp
from events.forms.own_page import RememberForm
from events.fresh_links import FreshLink, Goal, Wanted, ask_url, close_in, masked, open_in, opened_in
from events.links import by_link
from events.models import Registration
from events.pages.whats_next import access_kept_until
from kit.http import token_page
from kit.meanwhile import NothingChanged, say_nothing_was_done
from kit.times import clock_words

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
def fresh_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Why the own page's link is not enough here, and the button that has another one mailed."""
    goal = Goal.asked(request.GET.get("to"))
    if request.method == "POST":
        if registration.has_email:
            _mail(request, registration, goal)
        else:
            say_nothing_was_done(request, _("There is no email address to send it to."))
        return redirect(ask_url(registration, goal))
    if opened_in(request, registration):
        return redirect(goal.address(registration))
    context = {
        "goal": goal,
        "address": masked(registration.email),
        "is_erasure": goal.wanted == Wanted.ERASURE,
        "is_for_oneself": goal.wanted.is_for_oneself,
    }
    return render(request, "events/fresh_link.html", _about(registration) | context)


@require_POST
@by_link
def closing(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Close what is open on this device, or on all of them."""
    if "everywhere" in request.POST:
        fresh_links.forget_browsers(registration)
        messages.success(request, _("It is closed on every device, and none is remembered any more."))
    elif opened_in(request, registration):
        messages.success(request, _("It is closed on this device."))
    else:
        say_nothing_was_done(request, _("It is not open on this device."))
    response = redirect(registration)
    close_in(response, registration)
    return response


@reading_or_sending
@token_page
def fresh(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens: a page with a button, since whatever scans mails opens links."""
    link, goal = _link(token), Goal.asked(request.GET.get("to"))
    if request.method == "POST":
        return _open(request, link, goal)
    return _fresh_page(request, link, goal)


@reading_or_sending
@token_page
def fresh_mistake(request: HttpRequest, token: str) -> HttpResponse:
    """Say "this was not me", also the day after: whoever asked has the link of somebody's own page."""
    link = _link(token)
    registration = link.registration
    if request.method != "POST":
        context = {"back_url": link.address(Goal(Wanted.DATA))}
        return render(request, "events/fresh_mistake.html", _about(registration) | context)
    try:
        fresh_links.not_me(registration)
    except NothingChanged:
        raise Http404 from None
    messages.success(request, _("The old links open nothing any more. We have emailed you your new one."))
    return redirect(registration.event)


def _mail(request: HttpRequest, registration: Registration, goal: Goal) -> None:
    leaves_at, now = fresh_links.send(registration, goal), timezone.now()
    address = masked(registration.email)
    if leaves_at > now:
        words = _("Some links were emailed to %(address)s just now. The next one leaves at %(time)s.")
        when = clock_words(leaves_at, registration.event.time_zone)
        messages.info(request, words % {"address": address, "time": when})
    else:
        words = _("A link is on its way to %(address)s. It can take a few minutes.")
        messages.success(request, words % {"address": address})


def _link(token: str) -> FreshLink:
    """The same 404 for a cut, changed or revoked one as for one that never was."""
    link = FreshLink.of(token)
    if link is None:
        raise Http404
    link.registration.event.withhold()
    return link


def _open(request: HttpRequest, link: FreshLink, goal: Goal) -> HttpResponse:
    if "again" in request.POST:
        _mail(request, link.registration, goal)
        return redirect(link.address(goal))
    form = RememberForm(request.POST)
    try:
        registration = fresh_links.use(link)
    except UsedUp:
        say_nothing_was_done(request, _("This link was used, or its half hour is over."))
        return redirect(link.address(goal))
    response = redirect(goal.address(registration))
    open_in(response, registration, remembered=form.is_valid() and form.cleaned_data["remember"])
    return response


def _fresh_page(request: HttpRequest, link: FreshLink, goal: Goal) -> HttpResponse:
    context = {
        "link": link,
        "address": link.address(goal),
        "is_good": link.is_good(timezone.now()),
        "is_erasure": goal.wanted == Wanted.ERASURE,
        "is_for_oneself": goal.wanted.is_for_oneself,
        "form": RememberForm(),
    }
    return render(request, "events/fresh.html", _about(link.registration) | context)


def _about(registration: Registration) -> dict[str, Any]:
    event = registration.event
    return {
        "registration": registration,
        "event": event,
        "kept_until": access_kept_until(event, registration.ended_at),
    }
