"""Somebody counts as having completed a programme, whatever they lack."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.actions import completing
from events.forms.organise.attendance import CompleteForm
from events.models import Registration
from events.organise_layout import people_crumbs, reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def registration_completion(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    """Let somebody count as having completed it, with a reason; or by the dates again."""
    event = event_run_by(request.user, slug)
    person = get_object_or_404(event.registrations.not_erased(), reference=reference)
    form = CompleteForm(request.POST if request.method == "POST" and "undo" not in request.POST else None)
    if "undo" in request.POST or form.is_valid():
        _count(request, person, form)
        return redirect("organise:graduation", event.slug)
    context = {"registration": person, "form": form, "crumbs": people_crumbs(event)}
    return show_page(request, event, "organise/registration_completion.html", context)


def _count(request: SignedIn, person: Registration, form: CompleteForm) -> None:
    try:
        if "undo" in request.POST:
            completing.count_by_dates(person, by=request.user)
            messages.success(request, _("The dates of %(name)s count again.") % {"name": person.name})
        else:
            completing.count_as_complete(person, because=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("%(name)s counts as having completed it.") % {"name": person.name})
    except NothingChanged:
        say_nothing_was_done(request)
