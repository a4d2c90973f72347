"""What the link of a personal invitation opens."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events.actions import invitations
from events.models import PersonalInvitation
from events.views.registration import ask_for_place, event_to_register_for
from kit.links import opened_by
from kit.meanwhile import NothingChanged

by_invitation = opened_by(
    PersonalInvitation.objects.select_related("event__group", "quota", "registration"),
    beforehand=lambda row: row.event.withhold(row.quota),
)


@by_invitation
def invited(request: HttpRequest, row: PersonalInvitation) -> HttpResponse:
    """The form, with the address filled in. Once it was used: where their own page is."""
    if not row.event.is_public:
        raise Http404
    if row.is_used and request.method != "POST":
        return render(request, "events/invited_used.html", {"event": row.event})
    return ask_for_place(request, event_to_register_for(row.event.slug), row)


@by_invitation
def invited_forgetting(request: HttpRequest, row: PersonalInvitation) -> HttpResponse:
    """Forget an address that never asked to be here. GET shows, POST does it."""
    if request.method != "POST" or row.is_used:
        return render(request, "events/invited_forgetting.html", {"event": row.event, "row": row})
    with suppress(NothingChanged):  # else somebody used it, or took it back, this moment
        invitations.take_back(row)
    messages.success(request, _("Your address is forgotten here."))
    return redirect("events:home")
