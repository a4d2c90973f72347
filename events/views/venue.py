"""Where events take place: how to get there, and what is known about access."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Venue
from events.pages.agenda import ON_THE_CALENDAR, page_of
from kit.http import public_page
from people.requests import hub_of

COMING_UP = 10


@public_page
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """A venue and how to get there. One where nothing public ever took place is nobody's business yet."""
    venue = get_object_or_404(Venue.objects.public().select_related("group"), slug=slug)
    venue.events_here().withhold(venue)
    hub = hub_of(request)
    here = ON_THE_CALENDAR.at(slug).next_of_each_event(venue=slug)
    context = {"venue": venue, "coming": page_of(here, None, hub.time_zone, size=COMING_UP)}
    return render(request, "events/venue.html", context)
