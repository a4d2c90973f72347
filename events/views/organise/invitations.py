"""Whom an event is for: personal invitations, for its organisers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events.actions import invitations
from events.forms.organise.invitations import InvitationsForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
@until_it_is_over
def index(request: SignedIn, slug: str) -> HttpResponse:
    """Who is invited and what came of it, and a form to invite more."""
    event = event_run_by(request.user, slug)
    form = InvitationsForm(request.POST if request.method == "POST" else None, event=event)
    if event.is_published and form.is_valid():
        _invite(request, event, form)
        return redirect("organise:invitations", event.slug)
    rows = event.invitations.select_related("quota", "registration")
    context = {"form": form, "rows": rows, "used": sum(row.is_used for row in rows)}
    return show_page(request, event, "organise/invitations.html", context)


@require_POST
def withdrawal(request: SignedIn, slug: str, number: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    invitation = get_object_or_404(event.invitations, pk=number)
    try:
        invitations.take_back(invitation)
    except invitations.Used:
        say_nothing_was_done(request, _("They have registered: they stand on the list of people."))
    except NothingChanged:
        say_nothing_was_done(request, _("The invitation was withdrawn before."))
    else:
        messages.success(request, _("The invitation is withdrawn, and the address forgotten."))
    return redirect("organise:invitations", event.slug)


def _invite(request: SignedIn, event: Event, form: InvitationsForm) -> None:
    given = form.cleaned_data
    sent = invitations.invite(event, given["emails"], by=request.user, quota=given.get("quota"))
    words = ngettext(
        "%(number)s invitation is on its way.", "%(number)s invitations are on their way.", len(sent.invited)
    )
    if sent.invited:
        messages.success(request, words % {"number": len(sent.invited)})
    if sent.known:
        known = ", ".join(sent.known)
        messages.warning(request, _("Invited or registered before: %(emails)s.") % {"emails": known})
