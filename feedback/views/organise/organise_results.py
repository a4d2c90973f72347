"""What people said after an event, for its organisers. As long as too few have answered every page here is the same
closed one, whatever is asked of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import event_crumbs, reading_or_sending, show_page, show_tab
from events.permissions import event_run_by
from feedback.actions import themes
from feedback.actions.refusals import Renewed, TooFew
from feedback.forms.organise.result_forms import HidingForm, ThemesForm
from feedback.models import AnswerText, FeedbackRound
from feedback.pages import results_page
from kit.csv import csv_response
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@require_safe
def feedback(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    found = results_page.results_of(event, results_page.round_of(event), request.GET.get("theme", ""))
    if found is None:
        return _closed(request, event)
    return show_tab(request, event, "organise/feedback.html", {"results": found}, tab="feedback")


@never_cache
@require_safe
def feedback_csv(request: SignedIn, slug: str) -> HttpResponse:
    """The results as a file; a page instead while there is nothing to tell."""
    event = event_run_by(request.user, slug)
    found = results_page.results_of(event, results_page.round_of(event))
    if found is None:
        return _closed(request, event)
    return csv_response(f"{event.slug}-feedback.csv", results_page.header(), results_page.rows_of(found))


@never_cache
@reading_or_sending
def feedback_text(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """Say what one text is about."""
    event = event_run_by(request.user, slug)
    round = results_page.round_of(event)
    typed = request.POST if request.method == "POST" else None
    try:
        text = _text(round, key)
        form = ThemesForm(typed, known=themes.known(text.round), given=text.themes)
        if not form.is_valid():
            return _show_text(request, event, text, form, "organise/feedback_text.html")
        themes.tag(text.round, key, form.themes())
    except TooFew:
        return _closed(request, event)
    except Renewed:
        return _renewed(request, event)
    messages.success(request, _("Saved."))
    return redirect(f"{_address(event)}#text-{key}")


@never_cache
@reading_or_sending
def feedback_hiding(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    event = event_run_by(request.user, slug)
    round = results_page.round_of(event)
    form = HidingForm(request.POST if request.method == "POST" else None)
    try:
        text = _text(round, key)
        if not form.is_valid():
            return _show_text(request, event, text, form, "organise/feedback_hiding.html")
        themes.hide(text.round, key, form.cleaned_data["because"])
    except TooFew:
        return _closed(request, event)
    except Renewed:
        return _renewed(request, event)
    messages.success(request, _("The text is hidden. That there is one, and your reason, stay."))
    return redirect(f"{_address(event)}#words")


@never_cache
@require_POST
def feedback_showing(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    event = event_run_by(request.user, slug)
    round = results_page.round_of(event)
    try:
        if round is None:
            raise TooFew
        themes.show(round, key)
    except TooFew:
        return redirect(_address(event))
    except Renewed:
        return _renewed(request, event)
    except NothingChanged:
        say_nothing_was_done(request, _("The text can be read."))
    else:
        messages.success(request, _("The text can be read again."))
    return redirect(f"{_address(event)}#text-{key}")


def _text(round: FeedbackRound | None, key: UUID) -> AnswerText:
    """One of the texts, with its round. Raises Renewed, TooFew."""
    if round is None:
        raise TooFew
    text = themes.find(round, key)
    text.round = round
    return text


def _show_text(
    request: SignedIn, event: Event, text: AnswerText, form: forms.Form, template: str
) -> HttpResponse:
    return show_page(request, event, template, _below(event) | {"text": text, "form": form})


def _closed(request: SignedIn, event: Event) -> HttpResponse:
    return show_tab(request, event, "organise/feedback_closed.html", {}, tab="feedback")


def _renewed(request: SignedIn, event: Event) -> HttpResponse:
    """Answer with a page on which what was typed can be copied: the text has another key now."""
    names = ("in_use", "new", "because")
    typed = [words for name in names for words in request.POST.getlist(name) if words.strip()]
    context = _below(event) | {"typed": typed}
    return show_page(request, event, "organise/feedback_renewed.html", context, status=409)


def _below(event: Event) -> dict[str, Any]:
    return {"crumbs": [*event_crumbs(event), (_address(event), _("Feedback"))]}


def _address(event: Event) -> str:
    return reverse("organise:feedback", args=[event.slug])
