"""Who the places of an event are for, and sharing what stays unused."""

import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import places, quotas
from events.actions.quotas import DoesNotFit
from events.forms.organise.places_for import PlacesForPage, with_one_more_row
from events.models import Event, Registration
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.permissions import event_run_by
from events.views.organise.editing import saved, show_step
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from kit.times import moment_words
from people.requests import SignedIn


@reading_or_sending
@until_it_is_over
def places_for(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if request.method != "POST":
        return _show(request, event, PlacesForPage(event))
    if "add" in request.POST:
        page = PlacesForPage(event, with_one_more_row(request.POST))
        page.show_only()
        return _show(request, event, page)
    page = PlacesForPage(event, request.POST)
    if not page.is_valid():
        return _show(request, event, page)
    try:
        coded = page.save()
    except ChangedMeanwhile:
        return _show(request, event, page, changes=page.changes())
    except DoesNotFit as refusal:
        page.say_what_does_not_fit(refusal)
        return _show(request, event, page)
    for quota in coded:
        messages.success(
            request, _("The new code for %(name)s: %(code)s") % {"name": quota, "code": quota.code}
        )
    return saved(request, event, "places_for")


@reading_or_sending
@until_it_is_over
def sharing(request: SignedIn, slug: str) -> HttpResponse:
    """Sharing unused places now: who would be offered one, in which order, and the button."""
    event = event_run_by(request.user, slug)
    if not event.has_quotas or event.pooled_at or not event.is_published:
        say_nothing_was_done(request, _cannot_be_shared(event))
        return redirect("organise:event_places_for", event.slug)
    if request.method != "POST":
        return show_page(
            request, event, "organise/places_sharing.html", {"offered": _would_be_offered(event)}
        )
    try:
        number = quotas.pool(event)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, shared_words(number))
    return redirect("organise:event_places_for", event.slug)


def shared_words(offers: int) -> str:
    if not offers:
        return _("The places are shared now. Nobody waits for one that is free.")
    words = ngettext(
        "The places are shared now. %(number)s offer is on its way.",
        "The places are shared now. %(number)s offers are on their way.",
        offers,
    )
    return words % {"number": offers}


def _would_be_offered(event: Event) -> list[Registration]:
    pooled = copy.copy(event)
    pooled.pooled_at = timezone.now()
    return places.next_in_line(pooled) if places.offers_at(pooled) else []


def _cannot_be_shared(event: Event) -> str:
    if event.pooled_at:
        when = moment_words(event.pooled_at, event.time_zone)
        return _("The places have been shared since %(when)s.") % {"when": when}
    if not event.has_quotas:
        return _("The places are for everyone already.")
    if event.is_called_off:
        return _("No place is offered while the event is called off.")
    return _("Places are shared once the event is published.")


def _show(request: SignedIn, event: Event, page: PlacesForPage, **more: object) -> HttpResponse:
    return show_step(request, event, "places_for", {"page": page} | more)
