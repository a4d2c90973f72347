"""Bringing in a partner's calendar: given, looked at line by line, taken as far as it is wanted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events.actions import calendar_imports
from events.actions.calendar_imports import Taken
from events.actions.calendar_standings import standings
from events.forms.organise.calendar_import import CalendarChoiceForm, CalendarFileForm
from events.models import CalendarImport
from events.organise_layout import group_crumbs, reading_or_sending
from events.pages.organise import calendar_import_page
from kit.meanwhile import say_nothing_was_done
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn


@never_cache
@reading_or_sending
def calendar_import_new(request: SignedIn, slug: str) -> HttpResponse:
    """Give a file. Nothing is made of it yet."""
    group = group_run_by(request.user, slug)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CalendarFileForm(*given)
    if form.is_valid():
        kept = calendar_imports.keep(group, form.contents, key=form.cleaned_data["key"], by=request.user)
        return redirect("organise:calendar_import", group.slug, kept.pk)
    context = {"form": form, "group": group, "crumbs": group_crumbs(group)}
    return render(request, "organise/calendar_import_new.html", context)


@never_cache
@reading_or_sending
def calendar_import(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """What stands in it, and what would become of it. Whatever was taken stands among what is here already."""
    group, kept = _one(request, slug, key)
    found = standings(kept)
    form = CalendarChoiceForm(request.POST if request.method == "POST" else None, kept=kept, found=found)
    if request.method == "POST" and not form.can_be_chosen:
        say_nothing_was_done(request, _("All of it is here already, or cannot be taken."))
        return redirect("organise:calendar_import", group.slug, key)
    if form.is_valid():
        _say(request, calendar_imports.take(kept, form.chosen, zones=form.zones_chosen, by=request.user))
        return redirect("organise:calendar_import", group.slug, key)
    context = {"form": form, "group": group, "crumbs": group_crumbs(group)}
    return render(request, "organise/calendar_import.html", context | calendar_import_page.page(kept, found))


@require_POST
def calendar_import_end(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """Forget the file. What came of it stays."""
    group, kept = _one(request, slug, key)
    calendar_imports.forget(kept)
    messages.success(request, _("The file is forgotten. Events that were made of it stay."))
    return redirect("organise:group", group.slug)


def _one(request: SignedIn, slug: str, key: UUID) -> tuple[Group, CalendarImport]:
    group = group_run_by(request.user, slug)
    kept = get_object_or_404(group.calendar_imports, key=key)
    kept.group = group
    return group, kept


def _say(request: SignedIn, taken: Taken) -> None:
    if made := len(taken.made):
        words = ngettext("%(number)s draft was made.", "%(number)s drafts were made.", made)
        messages.success(request, words % {"number": made})
    if changed := len(taken.changed):
        words = ngettext("%(number)s event was changed.", "%(number)s events were changed.", changed)
        messages.success(request, words % {"number": changed})
    for found in taken.refused:
        words = _(
            "“%(title)s” is published, and would lack something that people need to know. Change it by hand."
        )
        messages.warning(request, words % {"title": found.entry.title})
    if not (taken.made or taken.changed or taken.refused):
        say_nothing_was_done(request, _("All of these are here already."))
