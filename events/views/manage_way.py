"""Somebody says whether they come in person or online, or changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from events.actions import ways
from events.actions.leaving import NoLongerPossible
from events.actions.quotas import NoRoom
from events.forms.own_page import WayForm
from events.links import by_link
from events.models import Registration
from events.models.quota import Way
from events.pages.registration_words import about_own, how_it_stands
from events.pages.way_words import what_it_means
from kit.meanwhile import say_nothing_was_done

NOTED = {
    Way.IN_PERSON: gettext_lazy("You come in person. How to get there is on this page."),
    Way.ONLINE: gettext_lazy("You come online. Your way into the meeting is on this page."),
}
NOTED_IN_LINE = gettext_lazy("We have noted how you would come.")
NO_ROOM = gettext_lazy(
    "No place is free there at the moment, and you keep the one you have. Try again later, or write to us"
)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def way(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not ways.may_say(registration):
        return _as_it_stands(request, registration)
    form = WayForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            said = ways.say(registration, form.cleaned_data["way"])
        except NoRoom:
            form.add_error("way", what_it_means(registration, form.cleaned_data["way"]) or str(NO_ROOM))
        except NoLongerPossible:
            return _as_it_stands(request, registration)
        else:
            messages.success(request, NOTED[Way(said.way)] if said.has_place else NOTED_IN_LINE)
            return redirect(registration)
    context = about_own(registration) | {"form": form, "has_asked": hasattr(registration, "access_request")}
    return render(request, "events/manage_way.html", context)


def _as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
