"""The picture of an event: choose, describe, take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.actions import pictures as picture_actions
from events.forms.organise.picture import EventPictureForm
from events.models import Event
from events.organise_layout import reading_or_sending
from events.permissions import event_run_by
from events.pictures import NotAPicture, TooManyPixels
from events.views.organise.editing import saved, show_step
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from people.requests import SignedIn


@reading_or_sending
def picture(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EventPictureForm(*typed, event=event)
    context: dict[str, Any] = {"form": form, **_shown(event)}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        except (NotAPicture, TooManyPixels) as refusal:
            form.refuse(refusal)
        else:
            return saved(request, event, "picture")
    return show_step(request, event, "picture", context)


@require_POST
def picture_removal(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if not event.picture:
        say_nothing_was_done(request, _("There is no picture."))
        return redirect("organise:event_picture", event.slug)
    try:
        picture_actions.take_away(event)
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody else saved the event this moment. Please look once more."))
    else:
        messages.success(request, _("The picture is gone."))
    return redirect("organise:event_picture", event.slug)


def _shown(event: Event) -> dict[str, Any]:
    if not event.picture:
        return {}
    name = (event.picture.name or "").rpartition("/")[2]
    return {"picture_url": reverse("events:picture", args=[name]), "size": picture_actions.size(name)}
