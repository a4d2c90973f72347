"""Quotes that people gave for an event: organisers use them as they are, or not at all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from feedback.actions import quotes as actions
from feedback.pages import quote_pages as pages
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@require_safe
def quotes(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    return show_page(request, event, "organise/quotes.html", pages.board(event))


@require_POST
def quote_approval(request: SignedIn, slug: str, pk: UUID) -> HttpResponse:
    event = event_run_by(request.user, slug)
    try:
        actions.approve(event, pk, by=request.user)
    except NothingChanged:
        _say_what_became_of_it(request, event, pk)
    else:
        messages.success(request, _("Approved. It stands where whoever gave it allows."))
    return redirect("organise:quotes", event.slug)


@never_cache
@reading_or_sending
def quote_removal(request: SignedIn, slug: str, pk: UUID) -> HttpResponse:
    event = event_run_by(request.user, slug)
    there = event.quotes.filter(withdrawn_on=None)
    if request.method == "POST":
        try:
            actions.remove(event, pk)
        except NothingChanged:
            _say_what_became_of_it(request, event, pk)
        else:
            messages.success(request, _("Deleted. It is used nowhere."))
        return redirect("organise:quotes", event.slug)
    context = {"quote": get_object_or_404(there, pk=pk)}
    return show_page(request, event, "organise/quote_removal.html", context)


def _say_what_became_of_it(request: SignedIn, event: Event, pk: UUID) -> None:
    is_there = event.quotes.filter(pk=pk, withdrawn_on=None).exists()
    gone = _("This quote is not there any more: it was taken back, or deleted.")
    say_nothing_was_done(request, _("It was approved before.") if is_there else gone)
