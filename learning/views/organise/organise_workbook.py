"""Organisers put the pages of a workbook between the dates of their event. What people write on them stands
nowhere here."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from learning.actions import activities as actions
from learning.forms.organise.activities import ActivityForm
from learning.models import Activity
from learning.pages.organise.learning_crumbs import learning_crumbs
from learning.pages.organise.scenario_cards import scenarios_of
from learning.pages.organise.workbook_page import how_many_wrote, sections_of
from learning.ready_made import READY_MADE, ready_made
from people.requests import SignedIn


@never_cache
@require_safe
def activities(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    context = {
        "sections": sections_of(event),
        "wrote": how_many_wrote(event),
        "ready_made": READY_MADE,
        "scenarios": scenarios_of(event.group),
        "moved": request.GET.get("moved", ""),
        "by": request.GET.get("by", ""),
    }
    return _page(request, event, "organise/activities.html", context, below=False)


@reading_or_sending
def activity_new(request: SignedIn, slug: str) -> HttpResponse:
    """`from` is the name of one that is ready made, `situation` the slug of one of the group's; without them it is an
    empty page with questions."""
    event = event_run_by(request.user, slug)
    ready = ready_made(request.GET.get("from", ""))
    scenario = scenarios_of(event.group).filter(slug=request.GET.get("situation", "")).first()
    kind = ready.kind if ready else Activity.Kind.SCENARIO if scenario else _kind(request)
    form = ActivityForm(_sent(request), event=event, kind=kind, ready=ready, scenario=scenario)
    if form.is_valid():
        try:
            form.save()
        except actions.TooMany:
            form.add_error(None, _("The workbook is full: take a page out first."))
        else:
            messages.success(request, _("Added."))
            return redirect("organise:activities", event.slug)
    return _page(request, event, "organise/activity.html", {"form": form, "is_new": True})


@reading_or_sending
def activity(request: SignedIn, slug: str, number: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if request.method == "POST" and not event.activities.asked().filter(number=number).exists():
        return _taken_out(request, event)
    found = _activity(event, number)
    form = ActivityForm(_sent(request), event=event, kind=found.kind, activity=found)
    context: dict[str, Any] = {"form": form, "activity": found}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
            if not context["changes"]:
                return _taken_out(request, event)
        else:
            messages.success(request, _("Saved."))
            return redirect("organise:activities", event.slug)
    return _page(request, event, "organise/activity.html", context)


@require_POST
def activity_order(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """`by` is "up" or "down". The list then begins with the keyboard on the page that was moved."""
    event = event_run_by(request.user, slug)
    found = _activity(event, number)
    by = "up" if request.POST.get("by") == "up" else "down"
    try:
        actions.move(found, up=by == "up")
    except NothingChanged:
        say_nothing_was_done(request, _("There is no page to change places with."))
    else:
        messages.success(request, _("“%(title)s” was moved.") % {"title": found.title})
    address = reverse("organise:activities", args=[event.slug])
    return HttpResponseRedirect(f"{address}?moved={number}&by={by}")


@reading_or_sending
def activity_removal(request: SignedIn, slug: str, number: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    found = event.activities.asked().filter(number=number).first()
    if found is None:
        say_nothing_was_done(request, _("This page is not in the workbook any more."))
        return redirect("organise:activities", event.slug)
    if request.method != "POST":
        return _page(request, event, "organise/activity_removal.html", {"activity": found})
    try:
        actions.take_out(found, timezone.now())
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("“%(title)s” is not in the workbook any more.") % {"title": found.title})
    return redirect("organise:activities", event.slug)


def _taken_out(request: SignedIn, event: Event) -> HttpResponse:
    """What was typed on a page that somebody else took out meanwhile becomes a new one with one press more."""
    form = ActivityForm(request.POST, event=event, kind=_kind(request))
    form.add_error(None, _("Not saved: this page was taken out meanwhile. Press Add to put it in anew."))
    address = reverse("organise:activity_new", args=[event.slug])
    return _page(request, event, "organise/activity.html", {"form": form, "is_new": True, "address": address})


def _kind(request: SignedIn) -> Activity.Kind:
    """The kind that a page carries along, or a page with questions."""
    sent = request.POST.get("kind", "")
    return Activity.Kind(sent) if sent in Activity.Kind else Activity.Kind.QUESTIONS


def _sent(request: SignedIn) -> Any:
    return request.POST if request.method == "POST" else None


def _activity(event: Event, number: int) -> Activity:
    """A page that is in the workbook, or 404."""
    found = event.activities.asked().select_related("after", "scenario").filter(number=number).first()
    if found is None:
        raise Http404
    found.event = event
    return found


def _page(
    request: SignedIn, event: Event, template: str, context: dict[str, Any], *, below: bool = True
) -> HttpResponse:
    workbook = (reverse("organise:activities", args=[event.slug]), _("Workbook"))
    crumbs = [*learning_crumbs(event), *([workbook] if below else [])]
    return show_page(request, event, template, {"crumbs": crumbs} | context)
