"""Events that belong together: the page of a series."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.calendars.links import subscribe_links
from events.pages import series as pages
from events.pages.agenda import ON_THE_CALENDAR, page_of
from events.pages.lines import Tells
from kit.http import public_page
from mail.compose import absolute
from people.requests import hub_of


@public_page
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next of it, and what has been."""
    series, hub = get_object_or_404(pages.PUBLIC.select_related("group"), slug=slug), hub_of(request)
    series.events.withhold(series)
    dates = ON_THE_CALENDAR.filter(event__series=series)
    coming = page_of(dates.next_of_each_event(), request.GET.get("page"), hub.time_zone)
    if coming.number > 1 and not coming.lines:
        raise Http404
    over = dates.past().last_of_each_event().order_by("-starts_at", "-pk")
    context = {
        "series": series,
        "page": coming,
        "past": page_of(over, None, hub.time_zone, tells=Tells.WHOLE),
        "links": subscribe_links(absolute(reverse("events:series_feed", args=[slug])), series.title),
    }
    return render(request, "events/series.html", context)
