"""A group's workspace: its events, where they take place, how they belong together."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.forms.organise.new_event import NewEventForm
from events.frame import group_crumbs, reading_or_sending
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
    group = group_run_by(request.user, slug)
    initial = {"copy_of": request.GET.get("copy", "")}
    form = NewEventForm(request.POST if request.method == "POST" else None, group=group, initial=initial)
    if form.is_valid():
        return redirect("organise:event", form.save(by=request.user).slug)
    return render(
        request, "organise/event_new.html", {"group": group, "form": form, "crumbs": group_crumbs(group)}
    )
