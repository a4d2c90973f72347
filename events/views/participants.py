"""Who takes part, as far as they want to be seen by the others who do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions import participants
from events.actions.leaving import NoLongerPossible
from events.forms.own_page import ListedForm
from events.links import by_link
from events.models import Registration
from events.pages.registration_words import about_own, how_it_stands
from kit.meanwhile import say_nothing_was_done


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def participants_list(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The names of others who agreed, and who may see one's own."""
    if not participants.is_there_for(registration):
        return _as_it_stands(request, registration)
    form = ListedForm(request.POST if request.method == "POST" else None, registration=registration)
    if form.is_valid():
        try:
            participants.show_to(registration, form.cleaned_data["listed_to"])
        except NoLongerPossible:
            return _as_it_stands(request, registration)
        messages.success(request, _("Saved."))
        return redirect("events:participants", registration.token)
    context = {"form": form, "others": list(participants.seen_by(registration))}
    return render(request, "events/manage_participants.html", about_own(registration) | context)


def _as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
