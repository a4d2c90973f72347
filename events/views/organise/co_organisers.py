"""Who looks after the people of one group of places: asked by the event's organisers, ended by them or by themselves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.actions import co_organisers
from events.forms.organise.co_organisers import CoOrganiserForm
from events.models import Event, QuotaOrganiser
from events.organise_layout import event_crumbs, reading_or_sending, show_page, show_tab
from events.pages.organise import quota_parts
from events.permissions import event_run_by, event_with_people_of, is_part_only
from kit.links import opened_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.actions.memberships import AlreadyInvited, AlreadyMember
from people.forms.groups import InvitationAnswerForm
from people.requests import SignedIn
from people.views.invitations import lead_on


@never_cache
@reading_or_sending
def index(request: SignedIn, slug: str) -> HttpResponse:
    """Who looks after which group of places, who is invited, and a form to invite somebody."""
    event = event_run_by(request.user, slug)
    form = CoOrganiserForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid() and _invite(request, form):
        return redirect("organise:co_organisers", event.slug)
    rows = QuotaOrganiser.objects.filter(quota__event=event).select_related("quota", "person")
    context = {"form": form, "rows": rows, "has_quotas": event.has_quotas}
    return show_page(request, event, "organise/co_organisers.html", context)


def _invite(request: SignedIn, form: CoOrganiserForm) -> bool:
    email, quota = form.cleaned_data["email"], form.cleaned_data["quota"]
    try:
        co_organisers.invite(quota, email=email, by=request.user)
    except AlreadyMember:
        form.add_error("email", _("They look after these people already"))
    except AlreadyInvited:
        form.add_error(
            "email", _("They are invited already. Withdraw that invitation first to send a new one")
        )
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
        return True
    return False


@never_cache
@reading_or_sending
def ending(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """End somebody's role, or one's own; withdraw an invitation. Asks once: it ends at once."""
    event = event_with_people_of(request.user, slug)
    row = get_object_or_404(
        QuotaOrganiser.objects.select_related("quota__event__group", "person"), pk=number, quota__event=event
    )
    is_own = row.person_id == request.user.pk
    if is_part_only(event) and not is_own:
        raise Http404
    if request.method != "POST":
        crumbs = event_crumbs(event)
        context = {"row": row, "is_own": is_own, "crumbs": crumbs}
        return show_page(request, event, "organise/co_organiser_ending.html", context)
    try:
        co_organisers.end(row, by=request.user)
    except NothingChanged:
        say_nothing_was_done(request, _("It had ended already."))
    else:
        messages.success(request, _("Thank you for all you did.") if is_own else _("That has ended."))
    return (
        redirect("people:profile") if is_part_only(event) else redirect("organise:co_organisers", event.slug)
    )


@opened_by(
    QuotaOrganiser.objects.select_related("quota__event__group", "invited_by", "person"),
    beforehand=lambda row: row.quota.event.withhold(row.quota),
)
def invitation(request: Any, row: QuotaOrganiser) -> HttpResponse:
    """GET shows, POST says yes; mail scanners open links."""
    event = row.quota.event
    form = InvitationAnswerForm(request.POST if request.method == "POST" else None, invitation=row)
    if form.is_valid():
        try:
            accepted = co_organisers.accept(row, name=form.cleaned_data.get("name", ""))
        except co_organisers.InvitationOver:
            pass  # the page below says so
        else:
            return lead_on(request, accepted, quota_parts.first_page(event), str(row.quota))
    return render(
        request, "events/co_organiser.html", {"row": row, "event": event, "group": event.group, "form": form}
    )


def overview(request: SignedIn, event: Event) -> HttpResponse:
    """What a co-organiser sees of an event: their own people, in numbers, and what waits."""
    context = {"parts": quota_parts.parts_of(request.user, event), "pooled_at": event.pooled_at}
    return show_tab(request, event, "organise/event_part.html", context, tab="overview")
