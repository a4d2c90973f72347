"""Situations of other groups of the hub, which a group can copy into its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.organise_layout import group_crumbs
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import learning_pages
from learning.models import LearningPage
from learning.pages import learning_pages as pages
from people.permissions import group_run_by
from people.requests import SignedIn


@require_safe
def library(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    own = group.learning_pages.filter(kind=LearningPage.Kind.SCENARIO)
    context = {
        "group": group,
        "own": own.only("group", "title", "slug", "published_at", "first_written_by"),
        "others": pages.LISTED.filter(kind=LearningPage.Kind.SCENARIO).exclude(group=group),
        "crumbs": group_crumbs(group),
    }
    return render(request, "organise/scenarios.html", context)


@require_POST
def copy(request: SignedIn, slug: str, page: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    published = LearningPage.objects.published().select_related("group")
    found = get_object_or_404(published, slug=page, kind=LearningPage.Kind.SCENARIO)
    try:
        draft = learning_pages.copy(found, to=group, by=request.user)
    except NothingChanged:
        say_nothing_was_done(request, _("Your group has it already."))
        return redirect("organise:scenarios", group.slug)
    messages.success(request, _("Copied, as a draft of your group. Change it as you like."))
    return redirect("organise:learning_page", draft.slug)
