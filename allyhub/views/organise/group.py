"""A group's workspace: its events, where they take place, how they belong together."""

from django.core.paginator import Paginator
from django.db.models import Count, Exists
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.pages.organise import numbers, workspace
from events.pages.series import OF_THE_SERIES
from people.permissions import group_run_by
from people.requests import SignedIn

ON_A_PAGE = 20


@require_safe
def group(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    coming = Paginator(workspace.upcoming([group]), ON_A_PAGE).get_page(request.GET.get("coming"))
    context = {
        "group": group,
        "crumbs": [(reverse("organise:overview"), _("Organise"))],
        "coming": coming,
        "coming_list": {"name": "coming", "title": _("Coming up")},
        "upcoming": numbers.with_pots(coming),
        "drafts": list(workspace.drafts([group])),
        "past": Paginator(workspace.over([group]), ON_A_PAGE).get_page(request.GET.get("page")),
        "venues": list(group.venues.all()),
        "series": list(
            group.series.annotate(number=Count("events"), is_public=Exists(OF_THE_SERIES.public()))
        ),
    }
    return render(request, "organise/group.html", context)
