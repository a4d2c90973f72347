"""The people of an event as a list: on the page, on paper, in a spreadsheet. What they need stands nowhere here."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.forms.organise.people import search_words
from events.models import Registration
from events.organise_layout import show_tab
from events.pages.organise import guest_list
from events.pages.organise.organiser_words import guests, state_words
from events.permissions import event_run_by
from kit.csv import csv_response
from kit.times import local
from people.requests import SignedIn

ON_A_PAGE = 50


@never_cache
@require_safe
def registrations(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people. `?part=` and `?q=` narrow it; `?all=1` shows it whole, for printing."""
    event = event_run_by(request.user, slug)
    part, search = _asked(request)
    found = guest_list.guests(event, part, search)
    is_whole = bool(request.GET.get("all"))
    page = Paginator(found, max(1, found.count()) if is_whole else ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "guests": guests(page, guest_list.positions(event), guest_list.marks(event)),
        "part": part,
        "parts": guest_list.counts(event),
        "search": search,
        "is_whole": is_whole,
    }
    return show_tab(request, event, "organise/registrations.html", context, tab="people")


@require_safe
def registrations_csv(request: SignedIn, slug: str) -> HttpResponse:
    """The list of people for a spreadsheet. No column about access, and none about how somebody takes part."""
    event = event_run_by(request.user, slug)
    positions = guest_list.positions(event)
    header = [_("Number"), _("Name"), _("Pronouns"), _("Email"), _("State"), _("Asked on")]

    def row(person: Registration) -> list[object]:
        asked_on = f"{local(person.created_at, event.time_zone):%Y-%m-%d %H:%M}"
        state = state_words(person, positions.get(person.pk, 0))
        return [person.reference, person.name, person.pronouns, person.email, state, asked_on]

    return csv_response(f"{event.slug}.csv", header, map(row, guest_list.guests(event, *_asked(request))))


def _asked(request: SignedIn) -> tuple[guest_list.Part, str]:
    return guest_list.part_asked(request.GET.get("part", "")), search_words(request.GET.get("q", ""))
