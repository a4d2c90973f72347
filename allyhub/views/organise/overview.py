"""Where organisers begin: their groups, what comes, what is still a draft, what waits for them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from breakouts.pages.organise import rooms_to_do as breakouts_to_do
from concerns import pages as telling
from events.pages.organise import papers_to_do, to_do, workspace
from feedback.pages.organise import feedback_to_do
from people.permissions import groups_of
from people.requests import SignedIn

MOST_UPCOMING = 20
MOST_DRAFTS = 20


@require_safe
def overview(request: SignedIn) -> HttpResponse:
    groups, cared_for = groups_of(request.user)
    upcoming = list(workspace.upcoming(groups)[:MOST_UPCOMING])
    drafts = list(workspace.drafts(groups)[:MOST_DRAFTS])
    context = {
        "groups": groups,
        "cared_for": cared_for,
        "told": telling.told_to(request.user),
        "upcoming": upcoming,
        "drafts": drafts,
        "todos": [
            *to_do.for_drafts(drafts),
            *to_do.for_groups(groups, upcoming),
            *papers_to_do.for_groups(upcoming),
            *breakouts_to_do.for_groups(upcoming),
            *feedback_to_do.for_groups(groups),
        ],
    }
    return render(request, "organise/overview.html", context)
