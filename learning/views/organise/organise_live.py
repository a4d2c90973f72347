"""Organisers show a situation to a room: they choose it and the date, and get the page for the screen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged
from learning.actions import live_scenarios
from learning.actions.live_scenarios import ShownBefore
from learning.forms.organise.live_form import LiveForm
from learning.models import LiveScenario
from learning.pages.organise.learning_crumbs import learning_crumbs
from people.requests import SignedIn


@never_cache
@reading_or_sending
def live(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    form = LiveForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid():
        try:
            opened = live_scenarios.open_at(form.session, form.cleaned_data["page"], minutes=form.minutes)
        except ShownBefore:
            form.add_error("page", _("How this date answered it is shown already. Choose another one"))
        except NothingChanged:
            form.add_error("page", _("Choose one that has answers to choose from"))
        else:
            return redirect("learning:screen", opened.token)
    rows = LiveScenario.objects.filter(session__event=event).select_related("page", "session")
    context: dict[str, Any] = {"form": form, "rows": rows, "crumbs": learning_crumbs(event)}
    return show_page(request, event, "organise/live.html", context)
