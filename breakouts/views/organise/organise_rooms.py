"""Who sits where: to look at, to print and read out, and as a file for Zoom."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from breakouts.models import BreakoutPlan
from breakouts.pages import zoom
from breakouts.pages.room_sheet import sheet_of
from breakouts.pages.zoom import ZoomFile
from breakouts.views.organise.topic_layout import crumbs
from events.models import Event
from events.organise_layout import show_page
from events.permissions import event_run_by
from kit.csv import csv_response
from people.requests import SignedIn


@never_cache
@require_safe
def rooms_sheet(request: SignedIn, slug: str) -> HttpResponse:
    event, plan = _with_rooms(request, slug)
    sheet = sheet_of(event, plan)
    context = {
        "crumbs": crumbs(event),
        "plan": plan,
        "sheet": sheet,
        "zoom": ZoomFile.of(sheet),
        "ends_at": plan.rooms_over_at,
    }
    return show_page(request, event, "organise/rooms.html", context)


@never_cache
@require_safe
def rooms_csv(request: SignedIn, slug: str) -> HttpResponse:
    """The file for Zoom; a page instead when Zoom would not take it."""
    event, plan = _with_rooms(request, slug)
    found = ZoomFile.of(sheet_of(event, plan))
    if found.refused or not found.rows:
        context = {"crumbs": crumbs(event), "zoom": found}
        return show_page(request, event, "organise/rooms_refused.html", context)
    return csv_response(f"{event.slug}-zoom-rooms.csv", zoom.HEADER, found.rows, for_excel=False)


def _with_rooms(request: SignedIn, slug: str) -> tuple[Event, BreakoutPlan]:
    event = event_run_by(request.user, slug)
    plan = BreakoutPlan.of(event)
    if plan is None:
        raise Http404
    plan.event = event
    return event, plan
