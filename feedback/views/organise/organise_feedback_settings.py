"""Whether people are asked after an event, for how long, and the address for the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from feedback.actions import rounds
from feedback.actions.refusals import Settled
from feedback.forms.organise.feedback_settings_form import RoundForm
from feedback.models import FeedbackRound
from feedback.pages.organise import feedback_settings_page as pages
from people.requests import SignedIn


@never_cache
@reading_or_sending
def feedback_settings(request: SignedIn, slug: str) -> HttpResponse:
    """Whether and how long people are asked. Nothing is made by looking: the round comes with the first thing that is
    saved, or with the clock."""
    event = event_run_by(request.user, slug)
    round = _round(event)
    form = RoundForm(request.POST if request.method == "POST" else None, instance=round)
    if form.is_valid():
        return _saved(request, event, form.cleaned_data)
    context = pages.of_settings(_round(event)) | {"form": form}
    return show_page(request, event, "organise/feedback_settings.html", context)


@never_cache
@reading_or_sending
def feedback_screen(request: SignedIn, slug: str) -> HttpResponse:
    """The room's address in very large type. POST makes it, when the clock has not yet."""
    event = event_run_by(request.user, slug)
    if request.method == "POST":
        rounds.round_of(event)
        return redirect("organise:feedback_screen", event.slug)
    return show_page(request, event, "organise/feedback_screen.html", pages.of_screen(_round(event)))


def _saved(request: SignedIn, event: Event, given: dict[str, Any]) -> HttpResponse:
    try:
        rounds.change(rounds.round_of(event), is_wanted=given["is_wanted"], days_open=given["days_open"])
    except Settled:
        messages.warning(request, _("This round of feedback is over for good. Nothing was changed."))
    else:
        messages.success(request, _("Saved."))
    return redirect("organise:feedback_settings", event.slug)


def _round(event: Event) -> FeedbackRound:
    round = FeedbackRound.objects.filter(event=event).first() or FeedbackRound(event=event)
    round.event = event
    return round
