"""Bringing in a list of people: given, looked at, carried out. What they need stands nowhere here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import importing
from events.forms.organise.people_import import ImportForm
from events.models import Event, PeopleImport
from events.organise_layout import event_crumbs, reading_or_sending, show_page, until_it_is_over
from events.pages.organise import import_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
@until_it_is_over
def people_import_new(request: SignedIn, slug: str) -> HttpResponse:
    """Give a list. Nobody is added by it yet."""
    event = event_run_by(request.user, slug)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(*given, event=event, registered=lambda: importing.registered(event))
    if event.is_published and form.is_valid():
        kept = importing.keep(event, form.lines, key=form.cleaned_data["key"], by=request.user)
        if form.left_out:
            words = _("These columns are not read: %(columns)s.")
            messages.info(request, words % {"columns": ", ".join(form.left_out)})
        return redirect("organise:people_import", event.slug, kept.pk)
    return show_page(
        request, event, "organise/people_import_new.html", {"form": form, "crumbs": _crumbs(event)}
    )


@never_cache
@require_safe
def people_import(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """What would be done with each line, how far it is, or what became of it."""
    event, kept = _one(request, slug, key)
    context = import_page.page(event, kept) | {"crumbs": _crumbs(event)}
    return show_page(request, event, "organise/people_import.html", context)


@require_POST
def people_import_beginning(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """Add these people: the first of them at once, the others by the page or the clock."""
    event, kept = _one(request, slug, key)
    try:
        importing.begin(kept)
    except NothingChanged:
        say_nothing_was_done(request, _("This list was begun before, or the event is over."))
    else:
        importing.work_on(kept)
    return redirect("organise:people_import", event.slug, key)


@never_cache
@require_POST
def people_import_portion(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """Add the next of them. A page that is open asks for it by itself."""
    event, kept = _one(request, slug, key)
    number = importing.work_on(kept)
    if request.htmx:
        kept.refresh_from_db()
        kept.event = event
        context = {"event": event} | import_page.page(event, kept)
        answer = render(request, "organise/_people_import_progress.html", context)
        if not kept.is_running:
            answer["HX-Refresh"] = "true"  # the page has another heading then
        return answer
    if not number:
        say_nothing_was_done(request, _("Nobody is left to be added."))
    return redirect("organise:people_import", event.slug, key)


@require_POST
def people_import_end(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """Add no more of them; before it was begun: forget the list."""
    event, kept = _one(request, slug, key)
    was_begun = kept.begun_at is not None
    try:
        importing.stop(kept)
    except NothingChanged:
        say_nothing_was_done(request, _("This list is done."))
        return redirect("organise:people_import", event.slug, key)
    messages.success(
        request, _("Stopped. Who was added stays.") if was_begun else _("The list is forgotten.")
    )
    return redirect("organise:registrations", event.slug)


def _one(request: SignedIn, slug: str, key: UUID) -> tuple[Event, PeopleImport]:
    event = event_run_by(request.user, slug)
    kept = get_object_or_404(event.imports, key=key)
    kept.event = event
    return event, kept


def _crumbs(event: Event) -> list[tuple[str, str]]:
    return [*event_crumbs(event), (reverse("organise:registrations", args=[event.slug]), _("People"))]
