"""Places a group meets at, with what people need to know before they set out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.actions import venues
from events.forms.organise.place import VenueForm
from events.models import Event, Session, Venue
from events.organise_layout import event_crumbs, group_crumbs, reading_or_sending
from kit.text import clean_text
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn


@reading_or_sending
def venue_new(request: SignedIn, slug: str) -> HttpResponse:
    """Add a venue. `?event=` leads back to the event that needs it."""
    group = group_run_by(request.user, slug)
    waiting = clean_text(request.GET.get("event", ""))
    event = group.events.filter(slug=waiting).select_related("group").first()
    form = VenueForm(request.POST if request.method == "POST" else None, instance=Venue(group=group))
    if form.is_valid():
        venue = venues.save(form.save(commit=False))
        messages.success(request, _("%(venue)s is in your list of venues.") % {"venue": venue})
        return redirect(_place_page(event, venue) if event else reverse("organise:group", args=[group.slug]))
    crumbs = event_crumbs(event) if event else group_crumbs(group)
    return _show(request, form, {"group": group, "crumbs": crumbs})


@reading_or_sending
def venue(request: SignedIn, slug: str) -> HttpResponse:
    venue = get_object_or_404(Venue.objects.filter(group__in=Group.objects.run_by(request.user)), slug=slug)
    form = VenueForm(request.POST if request.method == "POST" else None, instance=venue)
    if form.is_valid():
        venues.save(form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("organise:group", venue.group.slug)
    upcoming = Session.objects.at(venue.slug).upcoming().on_the_calendar().count()
    saved_name = Venue.objects.values_list("name", flat=True).get(pk=venue.pk)
    context = {"venue": venue, "saved_name": saved_name, "group": venue.group, "upcoming": upcoming}
    return _show(request, form, context | {"crumbs": group_crumbs(venue.group)})


def _show(request: SignedIn, form: VenueForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, "organise/venue.html", {"form": form} | context)


def _place_page(event: Event, venue: Venue) -> str:
    return f"{reverse('organise:event_place', args=[event.slug])}?venue={venue.pk}"
