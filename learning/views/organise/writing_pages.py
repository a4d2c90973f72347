"""Writing learning pages: the list of a group, a page, its history, and what happens to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.organise_layout import Crumb, group_crumbs, reading_or_sending
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from learning.actions import learning_pages
from learning.actions.learning_pages import NothingToRead, StillPublished
from learning.forms.organise.page_form import LearningPageForm
from learning.forms.organise.scenario_form import ScenarioForm
from learning.models import LearningPage
from learning.pages import learning_pages as pages
from learning.pages.organise import page_history
from learning.pages.scenario_pages import answers_of, pointers_of, situation_of
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn


@require_safe
def group_pages(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    rows = group.learning_pages.without_texts()
    context = {
        "group": group,
        "pages": rows,
        "today": timezone.localdate(),
        "crumbs": group_crumbs(group),
    }
    return render(request, "organise/learning_pages.html", context)


@reading_or_sending
def page_new(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, LearningPage(group=group_run_by(request.user, slug)))


@reading_or_sending
def scenario_new(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    return _edit(request, LearningPage(group=group, kind=LearningPage.Kind.SCENARIO))


@reading_or_sending
def page(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, _page_run_by(request, slug))


@require_safe
def preview(request: SignedIn, slug: str) -> HttpResponse:
    page = pages.whole(_page_run_by(request, slug))
    if page.is_scenario:
        context = situation_of(page) | pointers_of(page) | {"preview": True, "crumbs": _crumbs(page)}
        return render(request, "organise/scenario_preview.html", context)
    clear = pages.clear_context_of(page)["words"]
    context = pages.context_of(page) | {"preview": True, "clear": clear, "crumbs": _crumbs(page)}
    return render(request, "organise/learning_page_preview.html", context)


@require_POST
def publication(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    try:
        learning_pages.publish(page)
    except NothingToRead:
        words = _("Write the text first: there is nothing to read yet.")
        pointers = _("Write the situation and the pointers first: people read them afterwards.")
        say_nothing_was_done(request, pointers if page.is_scenario else words)
    except NothingChanged:
        say_nothing_was_done(request, _("Everyone can read this page already."))
    else:
        messages.success(request, _("Published. Everyone can read it now."))
    return redirect("organise:learning_page", page.slug)


@require_POST
def taking_back(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    try:
        learning_pages.take_back(page)
    except NothingChanged:
        say_nothing_was_done(request, _("This page is a draft."))
    else:
        messages.success(request, _("It is a draft again. Only your group’s organisers can read it."))
    return redirect("organise:learning_page", page.slug)


@require_POST
def look(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    try:
        learning_pages.look_over(page)
    except NothingChanged:
        say_nothing_was_done(request, _("It was looked over today already."))
    else:
        messages.success(request, _("Thank you. The page says that it was looked over today."))
    return redirect("organise:learning_page", page.slug)


@reading_or_sending
def removal(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    if request.method != "POST":
        return render(request, "organise/learning_page_removal.html", _about(page))
    try:
        learning_pages.remove(page)
    except StillPublished:
        say_nothing_was_done(request, _("Everyone can read this page. Take it back first."))
        return redirect("organise:learning_page", page.slug)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("The page is deleted."))
    return redirect("organise:learning_pages", page.group.slug)


@never_cache
@require_safe
def history(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    rows = page.versions.select_related("saved_by").defer("words")
    return render(request, "organise/learning_history.html", _about(page) | {"versions": rows})


@never_cache
@require_safe
def version(request: SignedIn, slug: str, number: int) -> HttpResponse:
    page = _page_run_by(request, slug)
    row = get_object_or_404(page.versions.select_related("saved_by"), number=number)
    context = {"shown": row, **page_history.of_version(page, row)}
    return render(request, "organise/learning_version.html", _about(page) | context)


@require_POST
def version_return(request: SignedIn, slug: str, number: int) -> HttpResponse:
    page = _page_run_by(request, slug)
    row = get_object_or_404(page.versions, number=number)
    try:
        learning_pages.bring_back(page, row, by=request.user)
    except NothingChanged:
        say_nothing_was_done(request, _("The page reads like that already."))
    else:
        messages.success(
            request, _("The page reads as it did then. What it said before stays in its history.")
        )
    return redirect("organise:learning_page", page.slug)


def _page_run_by(request: SignedIn, slug: str) -> LearningPage:
    """A page of a group that they organise, or 404."""
    return get_object_or_404(LearningPage.objects.run_by(request.user).select_related("group"), slug=slug)


def _edit(request: SignedIn, page: LearningPage) -> HttpResponse:
    kind = ScenarioForm if page.is_scenario else LearningPageForm
    form = kind(request.POST if request.method == "POST" else None, row=page)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            saved = form.save(by=request.user)
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        except NothingChanged:
            say_nothing_was_done(request, _("This page was deleted meanwhile."))
            return redirect("organise:learning_pages", page.group.slug)
        else:
            return _saved(request, saved)
    if page.is_scenario and page.pk:
        context |= answers_of(page)
    return render(request, "organise/learning_page.html", _about(page) | context)


def _saved(request: SignedIn, page: LearningPage) -> HttpResponse:
    words = (
        _("Saved. Everyone reads it like this now.")
        if page.is_published
        else _("Saved, for your group alone.")
    )
    messages.success(request, words)
    to = "learning_page_preview" if "preview" in request.POST else "learning_page"
    return redirect(f"organise:{to}", page.slug)


def _about(page: LearningPage) -> dict[str, Any]:
    """What each of these pages shows around it, of the page as it is saved."""
    shown = LearningPage.objects.select_related("group").get(pk=page.pk) if page.pk else page
    return {
        "page": shown,
        "group": page.group,
        "is_overdue": shown.needs_a_look(timezone.localdate()),
        "crumbs": _crumbs(shown) if page.pk else _crumbs_of_list(page.group),
    }


def _crumbs_of_list(group: Group) -> list[Crumb]:
    return [
        *group_crumbs(group),
        (reverse("organise:learning_pages", args=[group.slug]), _("Learning pages")),
    ]


def _crumbs(page: LearningPage) -> list[Crumb]:
    own = (reverse("organise:learning_page", args=[page.slug]), page.title)
    return [*_crumbs_of_list(page.group), own]
