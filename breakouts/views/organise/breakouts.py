"""The rooms of an event as its organisers see them: what was proposed, the rooms in their order, and how it all runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from breakouts.actions import plans
from breakouts.forms.organise.plan import BreakoutPlanForm
from breakouts.models import BreakoutPlan
from breakouts.pages.organise import topic_lists
from breakouts.views.organise.topic_layout import crumbs, to_rooms
from events.models import Event
from events.organise_layout import reading_or_sending, show_page, show_tab, until_it_is_over
from events.pages.organise.steps import steps_of
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def breakouts(request: SignedIn, slug: str) -> HttpResponse:
    """The rooms of an event. `?moved=` is the room that was moved last, `?by=` how: the keyboard goes on there. POST
    begins the plan."""
    event = event_run_by(request.user, slug)
    if request.method == "POST":
        if event.is_past():
            say_nothing_was_done(request, _("This event is over."))
            return to_rooms(event)
        if BreakoutPlan.of(event):
            say_nothing_was_done(request, _("The event has breakout rooms already."))
        else:
            plans.begin(event)
            messages.success(request, _("The event has breakout rooms now. Look over how they run."))
        return redirect("organise:breakout_plan", event.slug)
    plan = BreakoutPlan.of(event)
    context = _lists(event, plan) | {
        "plan": plan,
        "is_over": event.is_past(),
        # A draft is gone through page by page, and this is one of them.
        "steps": steps_of(event, "rooms") if event.is_draft else None,
        "moved": request.GET.get("moved"),
        "by": request.GET.get("by"),
    }
    return show_tab(request, event, "organise/breakouts.html", context, tab="rooms")


def _lists(event: Event, plan: BreakoutPlan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    return {
        "inbox": topic_lists.inbox(event),
        "waiting_for_change": topic_lists.waiting_for_change(event),
        "rooms": topic_lists.rooms(event, plan),
        "decided": topic_lists.decided(event),
    }


@never_cache
@reading_or_sending
@until_it_is_over
def breakout_plan(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    plan = BreakoutPlan.of(event)
    if plan is None:
        return to_rooms(event)
    plan.event = event
    form = BreakoutPlanForm(request.POST if request.method == "POST" else None, row=plan, event=event)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs(event)}
    if form.is_valid():
        try:
            form.save_as(request.user)
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        else:
            return _saved(request, event)
    return show_page(request, event, "organise/breakout_plan.html", context)


def _saved(request: SignedIn, event: Event) -> HttpResponse:
    messages.success(request, _("Saved."))
    plan = BreakoutPlan.objects.get(event=event)
    overfull = [str(room.topic.number) for room in topic_lists.rooms(event, plan) if room.is_overfull]
    if overfull:
        words = _(
            "More people have chosen these rooms than have seats in them: %(rooms)s. Nobody loses a seat."
        )
        messages.warning(request, words % {"rooms": ", ".join(overfull)})
    return to_rooms(event)
