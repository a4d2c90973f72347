"""Where organisers begin: their groups, what comes, what is still a draft, what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import to_do, workspace
from events.views.organise.frame import organiser
from people.models import Group

MOST_UPCOMING = 20
MOST_DRAFTS = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    groups = list(Group.objects.run_by(organiser(request)))
    upcoming = list(workspace.upcoming(groups)[:MOST_UPCOMING])
    context = {
        "groups": groups,
        "cared_for": list(Group.objects.cared_for_by(organiser(request))),
        "upcoming": upcoming,
        "drafts": list(workspace.drafts(groups)[:MOST_DRAFTS]),
        "todos": to_do.for_groups(groups, upcoming),
    }
    return render(request, "organise/overview.html", context)
