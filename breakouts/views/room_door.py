"""The door of somebody's room, and what its host gives them to read."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.links import by_room_link
from breakouts.models import BreakoutPlan, Material
from breakouts.pages.room_pages import door_state, meeting_of, own_room
from events.actions import attendance
from events.models import Registration
from events.pages.door import Door
from events.pages.handouts import file_response

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_room_link
def room_door(
    request: HttpRequest, registration: Registration, *, plan: BreakoutPlan, token: str
) -> HttpResponse:
    """The door of a room, like that of the event (allyhub.views.door): the button notes that somebody came, and the
    browser is sent on from a page of its own."""
    if not _way(registration, plan):
        return redirect("breakouts:room", token)
    session = Door.of(registration, timezone.now()).session
    if request.method == "POST" and session:
        attendance.note_arrival(registration, session)
        return redirect("breakouts:room_door", token)
    own = own_room(registration, plan, timezone.now())
    context = {"event": registration.event, "own": own, "token": token}
    response = render(request, "breakouts/room_way_in.html", context)
    response["Refresh"] = f"0; url={reverse('breakouts:room_meeting', args=[token])}"
    return response


@require_safe
@by_room_link
def room_meeting(
    request: HttpRequest, registration: Registration, *, plan: BreakoutPlan, token: str
) -> HttpResponse:
    """The way to the room's own meeting. Its address is in no page."""
    address = _way(registration, plan)
    return HttpResponseRedirect(address) if address else redirect("breakouts:room", token)


@require_safe
@by_room_link
def room_material(
    request: HttpRequest, registration: Registration, *, plan: BreakoutPlan, token: str, pk: int
) -> HttpResponseBase:
    """A file for the people of the room: those who sit there, its hosts and its note-takers."""
    topic = own_room(registration, plan, timezone.now()).topic
    return file_response(get_object_or_404(Material, pk=pk, topic=topic))


def _way(registration: Registration, plan: BreakoutPlan) -> str:
    """The address that the door of their room leads to now; "" while it is closed for them."""
    now = timezone.now()
    topic = own_room(registration, plan, now).topic
    return meeting_of(topic) if door_state(topic, Door.of(registration, now)) == "open" else ""
