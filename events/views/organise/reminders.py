"""Whom an event reminds of its dates, and when."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.forms.organise.reminders import EventRemindersForm
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile
from people.requests import SignedIn


@reading_or_sending
@until_it_is_over
def reminders(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    form = EventRemindersForm(request.POST if request.method == "POST" else None, event=event)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        else:
            messages.success(request, _("Saved."))
            return redirect("organise:messages", event.slug)
    return show_page(request, event, "organise/event_reminders.html", context)
