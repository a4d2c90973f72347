"""An event to pass on: its address to copy, a poster to print, and the picture on the card of a link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event, in_place_words
from events.pages import event_page
from kit import block_pictures
from kit.http import public_page
from mail.compose import absolute
from people.requests import hub_of

LINES_ON_A_POSTER = 4


@public_page
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet, on the screen as on paper."""
    event, hub = get_object_or_404(event_page.PUBLIC, slug=slug), hub_of(request)
    event_page.load_parts(event)
    event.withhold()
    address = absolute(event.get_absolute_url())
    context = {
        "event": event,
        "hub": hub,
        "dates": event.sessions.all(),
        "all_dates": event_page.all_dates_words(event),
        "where": event_page.where(event),
        "in_place": in_place_words(event, hub)[:LINES_ON_A_POSTER],
        "address": address,
        "short_address": address.partition("://")[2].rstrip("/"),
        "is_over": event.is_past(timezone.now()),
        "cloth": [(f"{event.slug}/{number}" if number else event.slug, event.kind) for number in range(12)],
    }
    return render(request, "events/poster.html", context)


@public_page
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().only("slug", "kind"), slug=slug)
    return HttpResponse(block_pictures.card(event.slug, event.kind), content_type="image/png")
