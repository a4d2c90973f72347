"""What mail went out, what waits, what failed. Never its words: links in mails open people's own pages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.organise_layout import group_crumbs, show_page
from events.pages.organise.messages import lines, mails_of_event, mails_of_groups
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from mail.actions import owed
from mail.models.outgoing import OutgoingMailQuerySet
from people.permissions import group_run_by
from people.requests import SignedIn

ON_A_PAGE = 50


@never_cache
@require_safe
def event_messages(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    mails = mails_of_event(event)
    context = _listed(request, mails) | {"zone": event.time_zone, "event": event}
    if request.htmx:
        return render(request, "organise/_mails.html", context)
    return show_page(request, event, "organise/emails.html", context)


@never_cache
@require_safe
def group_messages(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    context = _listed(request, mails_of_groups([group])) | {"zone": group.time_zone, "group": group}
    if request.htmx:
        return render(request, "organise/_mails.html", context)
    return render(request, "organise/group_messages.html", context | {"crumbs": group_crumbs(group)})


@require_POST
def emails_holding(request: SignedIn, slug: str) -> HttpResponse:
    """Hold what waits to leave: something in it is wrong."""
    event = event_run_by(request.user, slug)
    try:
        number = owed.hold(mails_of_event(event))
    except NothingChanged:
        say_nothing_was_done(request, _("No email waits that can be held: they have left."))
    else:
        words = ngettext("%(number)s email is held.", "%(number)s emails are held.", number)
        messages.success(request, words % {"number": number})
    return redirect("organise:emails", event.slug)


@require_POST
def emails_release(request: SignedIn, slug: str) -> HttpResponse:
    """Let what was held leave."""
    event = event_run_by(request.user, slug)
    try:
        number = owed.let_go(mails_of_event(event))
    except NothingChanged:
        say_nothing_was_done(request, _("No email is held."))
    else:
        words = ngettext("%(number)s email leaves now.", "%(number)s emails leave now.", number)
        messages.success(request, words % {"number": number})
    return redirect("organise:emails", event.slug)


@require_POST
def event_message_again(request: SignedIn, slug: str, number: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    _try_again(request, mails_of_event(event), number)
    return redirect("organise:emails", event.slug)


@require_POST
def group_message_again(request: SignedIn, slug: str, number: int) -> HttpResponse:
    group = group_run_by(request.user, slug)
    _try_again(request, mails_of_groups([group]), number)
    return redirect("organise:group_messages", group.slug)


def _try_again(request: SignedIn, mails: OutgoingMailQuerySet, number: int) -> None:
    try:
        owed.try_again(get_object_or_404(mails, pk=number))
    except NothingChanged:
        say_nothing_was_done(
            request, _("This email is not waiting for anybody: it has left, or is tried again already.")
        )
    else:
        messages.success(request, _("The email will be tried again in a moment."))


def _listed(request: SignedIn, mails: OutgoingMailQuerySet) -> dict[str, Any]:
    numbers, pages = owed.numbers(mails), Paginator(mails, ON_A_PAGE)
    pages.count = numbers.all  # or it would count them once more
    page: Page = pages.get_page(request.GET.get("page"))
    return {"page": page, "lines": lines(page), "numbers": numbers}
