"""The first page: what is coming up, and the month of what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from events.pages.agenda import ON_THE_CALENDAR, page_of
from events.pages.beginning import beginning
from events.pages.filters import AgendaFilter
from events.pages.month import month_of
from kit.http import public_page
from kit.times import local
from people.models import Group
from people.requests import hub_of

COMING_UP = 6
BLOCKS = 12


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    hub = hub_of(request)
    wanted = AgendaFilter.asked(request.GET)
    sessions = wanted.narrow(ON_THE_CALENDAR)
    coming = page_of(sessions.next_of_each_event(), None, hub.time_zone, size=COMING_UP)
    today = local(timezone.now(), hub.time_zone).date()
    next_day = max([today, *(line.day for line in coming.lines[:1])])
    context = {
        "filter": wanted,
        "quick_fields": [wanted["format"], wanted["access"]],
        "coming": coming,
        "month": month_of(next_day.replace(day=1), wanted),
        "today": today,
        "blocks": _blocks(),
        "may_suggest": Group.objects.taking_suggestions().exists(),
        "beginning": None if coming.lines or wanted.chosen else beginning(),
    }
    return render(request, "events/home.html", context)


def _blocks() -> list[tuple[str, str]]:
    """The blocks of the quilt: the newest events; a young hub's is filled up."""
    newest = Event.objects.on_the_calendar().order_by("-pk").values_list("slug", "kind")[:BLOCKS]
    kinds = Event.Kind.values
    filling = ((f"patch-{number}", kinds[number % len(kinds)]) for number in range(BLOCKS))
    return [*newest, *filling][:BLOCKS]
