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
from events.forms.organise.several_dates import SeveralDatesForm
from events.forms.organise.words import EventWordsForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.pages.organise.steps import steps_of
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile
from people.models import Membership, Person
from people.requests import SignedIn


@reading_or_sending
def basics(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventBasicsForm, "basics")


@reading_or_sending
def words(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventWordsForm, "words")


@reading_or_sending
def place(request: SignedIn, slug: str) -> HttpResponse:
    """Where the event takes place. `?venue=` is one that was added on the way here."""
    chosen = request.GET.get("venue", "")
    initial = {"venue": chosen, "format": Event.Format.IN_PERSON} if chosen else {}
    return _edit(request, slug, EventPlaceForm, "place", initial=initial)


@reading_or_sending
@until_it_is_over
def places(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventPlacesForm, "places")


@reading_or_sending
def several_dates(request: SignedIn, slug: str) -> HttpResponse:
    """The rules of whoever comes to several dates. "Show the words" only shows how they read."""
    if request.method == "POST" and "show" in request.POST:
        return _show_the_words(request, event_run_by(request.user, slug))
    return _edit(request, slug, SeveralDatesForm, "several_dates")


@reading_or_sending
def access(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventAccessForm, "access")


@never_cache
@reading_or_sending
@until_it_is_over
def join(request: SignedIn, slug: str) -> HttpResponse:
    return _edit(request, slug, EventJoinForm, "join")


def _edit(request: SignedIn, slug: str, form_of: type[EventPage], page: str, **more: Any) -> HttpResponse:
    event = event_run_by(request.user, slug)
    form = form_of(request.POST if request.method == "POST" else None, event=event, **more)
    context: dict[str, Any] = {"form": form, "organisers": _organisers(event)}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        except CapacityTooLow as refusal:
            form.add_error("capacity", too_few_words(refusal.held, are_kept=refusal.are_kept))
        except NotReady as refusal:
            form.say_what_is_needed(refusal.reasons)
        else:
            return saved(request, event, page, moved=getattr(form, "has_moved_address", False))
    return show_step(request, event, page, context)


def _show_the_words(request: SignedIn, event: Event) -> HttpResponse:
    form = SeveralDatesForm(request.POST, event=event)
    form.is_valid()  # what is wrong is said beside the words
    return show_step(request, event, "several_dates", {"form": form})


def show_step(request: SignedIn, event: Event, page: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with one of the pages an event is edited on, with its steps beside it."""
    shown = Event.objects.get(pk=event.pk)  # as it is saved, whatever was typed
    return show_page(
        request, event, f"organise/event_{page}.html", {"steps": steps_of(shown, page)} | context
    )


def saved(request: SignedIn, event: Event, page: str, *, moved: bool = False) -> HttpResponse:
    """Back to the event, or on to the step that comes next where that was pressed. `moved`: a meeting address went
    behind the door."""
    done = _("Saved. The meeting address is for people with a place now.") if moved else _("Saved.")
    messages.success(request, done)
    now = Event.objects.get(pk=event.pk)
    steps = steps_of(now, page) if "next" in request.POST else None
    return redirect(steps.next.url) if steps and steps.next else redirect("organise:event", event.slug)


def _organisers(event: Event) -> list[Person]:
    """The names of who else can open these pages: said where something is for few eyes."""
    organising = Membership.objects.filter(group=event.group, role=Membership.Role.ORGANISER)
    return list(Person.objects.filter(memberships__in=organising))
