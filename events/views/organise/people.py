"""The people of an event as a list: on the page, on paper, in a spreadsheet. What they need stands nowhere here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.actions import giving_back
from events.actions.leaving import NoLongerPossible
from events.forms.organise.people import search_words
from events.models import Event, Registration
from events.organise_layout import reading_or_sending, show_page, show_tab, until_it_is_over
from events.pages.organise import guest_list, list_acts_page, to_do
from events.pages.organise.organiser_words import guests, state_words
from events.permissions import event_run_by
from kit.csv import csv_response
from kit.meanwhile import say_nothing_was_done
from kit.times import local
from people.requests import SignedIn

ON_A_PAGE = 50


@never_cache
@require_safe
def registrations(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people. `?part=` and `?q=` narrow it; `?all=1` shows it whole, for printing."""
    event = event_run_by(request.user, slug)
    part, search = _asked(request)
    found, parts = guest_list.guests(event, part, search), guest_list.counts(event)
    is_whole = bool(request.GET.get("all"))
    number = found.count() if search else dict(parts)[part]
    pages = Paginator(found, max(1, number) if is_whole else ON_A_PAGE)
    pages.count = number  # or it would count them once more
    page = pages.get_page(request.GET.get("page"))
    prefetch_related_objects([event], "sessions")
    positions = guest_list.positions(event)
    context = {
        "page": page,
        "guests": guests(page, positions, guest_list.marks(event), is_over=event.is_past()),
        "part": part,
        "part_words": part.words_at(event),
        "parts": [(each.key, each.words_at(event), number) for each, number in parts],
        "search": search,
        "is_whole": is_whole,
        "choices": [] if is_whole else list_acts_page.choices_at(event),
        "held_words": _held_words(event, dict(parts)[guest_list.UNCONFIRMED]),
    }
    return show_tab(request, event, "organise/registrations.html", context, tab="people")


@require_safe
def registrations_csv(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people for a spreadsheet. No column about access, and none about how somebody takes part."""
    event = event_run_by(request.user, slug)
    positions, is_over = guest_list.positions(event), event.is_past()
    header = [_("Number"), _("Name"), _("Pronouns"), _("Email"), _("State"), _("Asked on")]

    def row(person: Registration) -> list[object]:
        asked_on = f"{local(person.created_at, event.time_zone):%Y-%m-%d %H:%M}"
        state = state_words(person, positions.get(person.pk, 0), is_over=is_over)
        email = person.email if person.has_email else ""
        return [person.reference, person.name, person.pronouns, email, state, asked_on]

    return csv_response(f"{event.slug}.csv", header, map(row, guest_list.guests(event, *_asked(request))))


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


def _asked(request: SignedIn) -> tuple[guest_list.Part, str]:
    return guest_list.part_asked(request.GET.get("part", "")), search_words(request.GET.get("q", ""))
