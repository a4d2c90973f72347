"""The short pages an event is edited on. Each saves on its own, so that whatever was saved is there when the browser
closes; each notices what somebody else saved meanwhile."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.actions.events import CapacityTooLow
from events.actions.readiness import NotReady
from events.forms.organise.access_in_place import EventAccessForm
from events.forms.organise.basics import EventBasicsForm
from events.forms.organise.join_door import EventJoinForm
from events.forms.organise.page import EventPage
from events.forms.organise.place import EventPlaceForm
from events.forms.organise.places import EventPlacesForm, too_few_words
from events.forms.organise.words import EventWordsForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile
from people.models import Membership, Person
from people.requests import SignedIn


@reading_or_sending
def basics(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventBasicsForm, "organise/event_basics.html")


@reading_or_sending
def words(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventWordsForm, "organise/event_words.html")


@reading_or_sending
def place(request: SignedIn, slug: str) -> HttpResponse:
    """Where the event takes place. `?venue=` is one that was added on the way here."""
    chosen = request.GET.get("venue", "")
    initial = {"venue": chosen, "format": Event.Format.IN_PERSON} if chosen else {}
    return _edit(request, slug, EventPlaceForm, "organise/event_place.html", initial=initial)


@reading_or_sending
def places(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventPlacesForm, "organise/event_places.html")


@reading_or_sending
def access(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventAccessForm, "organise/event_access.html")


@never_cache
@reading_or_sending
def join(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventJoinForm, "organise/event_join.html")


def _edit(request: SignedIn, slug: str, page: type[EventPage], template: str, **more: Any) -> HttpResponse:
    event = event_run_by(request.user, slug)
    form = page(request.POST if request.method == "POST" else None, event=event, **more)
    context: dict[str, Any] = {"form": form, "organisers": _organisers(event)}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        except CapacityTooLow as refusal:
            form.add_error("capacity", too_few_words(refusal.held))
        except NotReady as refusal:
            form.say_what_is_needed(refusal.reasons)
        else:
            return saved(request, event)
    return show_page(request, event, template, context)


def saved(request: SignedIn, event: Event) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("organise:event", event.slug)


def _organisers(event: Event) -> list[Person]:
    """The names of who else can open these pages: said where something is for few eyes."""
    organising = Membership.objects.filter(group=event.group, role=Membership.Role.ORGANISER)
    return list(Person.objects.filter(memberships__in=organising))
