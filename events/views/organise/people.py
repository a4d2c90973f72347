"""The people of an event as a list: on the page, on paper, in a spreadsheet. What they need stands nowhere here."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.actions import giving_back
from events.actions.leaving import NoLongerPossible
from events.actions.listed import UNCONFIRMED, asked
from events.forms.organise.people import search_words
from events.models import Event
from events.models.registration import RegistrationQuerySet
from events.organise_layout import people_crumbs, reading_or_sending, show_page, show_tab, until_it_is_over
from events.pages.organise import guest_dates, guest_list, guest_table, list_acts_page, to_do
from events.pages.organise.guest_filters import filters
from events.pages.organise.organiser_words import guests
from events.pages.organise.why_waiting import lines_now
from events.permissions import event_run_by, event_with_people_of, is_part_only, people_run_by
from kit.csv import csv_response
from kit.meanwhile import say_nothing_was_done
from people.requests import SignedIn

ON_A_PAGE = 50


@never_cache
@require_safe
def registrations(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people, narrowed by what its address asks for. `?all=1` shows it whole, for printing."""
    event = event_with_people_of(request.user, slug)
    people = people_run_by(request.user, event)
    prefetch_related_objects([event], "sessions", *(["quotas"] if event.has_quotas else []))
    listed, search, roll = asked(event, request.GET), _search(request), guest_list.Roll(event, people)
    is_whole = bool(request.GET.get("all"))
    found = guest_list.guests(people, listed, search)
    number = found.count() if search or listed.date else roll.number_of(listed)
    page = _page(request, found.only(*guest_list.ON_A_LINE), number, is_whole=is_whole)
    dates = guest_dates.dates_of(event, page)
    positions = roll.positions()
    context = {
        "page": page,
        "guests": guests(event, page, positions, guest_list.marks(roll, page), dates),
        "listed": listed,
        "part": listed.part,
        "part_words": listed.words(event),
        "filters": filters(event, roll, listed),
        "search": search,
        "is_whole": is_whole,
        "choices": [] if is_whole else list_acts_page.choices_at(event),
        "is_part": is_part_only(event),
        "somebody_waits": bool(positions) and not event.is_past(),
        "held_words": "" if is_part_only(event) else _held_words(event, dict(roll.counts())[UNCONFIRMED]),
    }
    return show_tab(request, event, "organise/registrations.html", context, tab="people", live=len(roll.live))


def _page(request: SignedIn, found: RegistrationQuerySet, number: int, *, is_whole: bool) -> Page:
    pages = Paginator(found, max(1, number) if is_whole else ON_A_PAGE)
    pages.count = number  # or it would count them once more
    return pages.get_page(request.GET.get("page"))


@require_safe
def registrations_csv(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people for a spreadsheet. No column about access, and none about how somebody takes part."""
    event = event_with_people_of(request.user, slug)
    prefetch_related_objects([event], "sessions")
    people = people_run_by(request.user, event)
    found = guest_list.guests(people, asked(event, request.GET), _search(request))
    return csv_response(f"{event.slug}.csv", *guest_table.table(event, found))


@never_cache
@reading_or_sending
@until_it_is_over
def held_places(request: SignedIn, slug: str) -> HttpResponse:
    """Places that are held for addresses nobody has confirmed, and the button that gives them back."""
    event = event_run_by(request.user, slug)
    if request.method == "POST":
        _give_back(request, event)
        return redirect("organise:registrations", event.slug)
    context = {"held_words": _held_words(event, event.places().unconfirmed)}
    return show_page(request, event, "organise/held_places.html", context)


@never_cache
@require_safe
def why_waiting(request: SignedIn, slug: str) -> HttpResponse:
    """Why nobody who waits is asked now."""
    event = event_run_by(request.user, slug)
    prefetch_related_objects([event], "sessions")
    context = {"lines": lines_now(event, timezone.now()), "crumbs": people_crumbs(event)}
    return show_page(request, event, "organise/why_waiting.html", context)


def _held_words(event: Event, held: int) -> str:
    """That places are held for addresses nobody has confirmed; "" where none is, or none can be given back."""
    return to_do.held_words(held, event.capacity) if held and giving_back.can_give_back(event) else ""


def _give_back(request: SignedIn, event: Event) -> None:
    try:
        number = giving_back.give_back(event, by=request.user)
    except NoLongerPossible:
        say_nothing_was_done(request, _("No place is held for an address that nobody has confirmed."))
        return
    words = ngettext("%(number)s place is free again.", "%(number)s places are free again.", number)
    messages.success(request, words % {"number": number})


def _search(request: SignedIn) -> str:
    return search_words(request.GET.get("q", ""))
