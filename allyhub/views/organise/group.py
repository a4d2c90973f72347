"""A group's workspace: its events, where they take place, how they belong together."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from breakouts.actions import plans
from breakouts.forms.organise.organiser_topic_forms import BeginForm
from breakouts.models import BreakoutPlan
from events.forms.organise.new_event import NewEventForm
from events.organise_layout import group_crumbs, reading_or_sending
from events.pages.organise import workspace
from people.permissions import group_run_by
from people.requests import SignedIn

PAST_ON_A_PAGE = 20


@require_safe
def group(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    context = {
        "group": group,
        "crumbs": [(reverse("organise:overview"), _("Organise"))],
        "upcoming": list(workspace.upcoming([group])),
        "drafts": list(workspace.drafts([group])),
        "past": Paginator(workspace.over([group]), PAST_ON_A_PAGE).get_page(request.GET.get("page")),
        "venues": list(group.venues.all()),
        "series": list(group.series.annotate(number=Count("events"))),
    }
    return render(request, "organise/group.html", context)


@reading_or_sending
def event_new(request: SignedIn, slug: str) -> HttpResponse:
    """Make a new event. Rooms come with the tick, or with an earlier event that had some."""
    group = group_run_by(request.user, slug)
    initial, sent = (
        {"copy_of": request.GET.get("copy", "")},
        request.POST if request.method == "POST" else None,
    )
    form, beginning = NewEventForm(sent, group=group, initial=initial), BeginForm(sent)
    if form.is_valid() and beginning.is_valid():
        event, earlier = form.save(by=request.user), form.cleaned_data["copy_of"]
        if beginning.cleaned_data["with_rooms"] or (earlier and BreakoutPlan.of(earlier)):
            plans.begin_with(event, like=earlier)
        return redirect("organise:event", event.slug)
    context = {"group": group, "form": form, "beginning": beginning, "crumbs": group_crumbs(group)}
    return render(request, "organise/event_new.html", context)
