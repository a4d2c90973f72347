"""The door into the meeting. Its address is in no page: it is only ever told to a browser that is sent there."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.pages.room_pages import door_state, your_room
from events.actions import attendance
from events.links import by_door
from events.models import Registration
from events.pages.door import Door, is_zoom, meeting_address
from events.pages.event_page import agenda_of
from events.pages.registration_words import guiding_values


@require_http_methods(["GET", "HEAD", "POST"])
@by_door
def join(request: HttpRequest, registration: Registration) -> HttpResponse:
    now = timezone.now()
    door = Door.of(registration, now)
    if request.method == "POST" and door.lets_in and door.session:
        attendance.note_arrival(registration, door.session)
        return redirect("events:way_in", registration.join_token)
    event = registration.event
    own_room = your_room(registration, now) if registration.has_place else None
    context = {
        "registration": registration,
        "event": event,
        "session": door.session,
        "door": door,
        "own_room": own_room,
        "room_door": door_state(own_room.topic, door) if own_room else "",
        "agenda": agenda_of(door.session) if door.session else [],
        "in_place": event.in_place.all(),
        "is_zoom": is_zoom(event),
        "values": guiding_values(event),
    }
    return render(request, "events/join.html", context)


@require_safe
@by_door
def way_in(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Sends the browser on at once, and has a link for those that do not go.

    A redirect straight from the form would need the meeting's host in this site's form-action, and every host that
    one redirects to (Zoom does): Chromium holds a form to that list to the very end.
    """
    if not Door.of(registration, timezone.now()).lets_in:
        return redirect("events:join", registration.join_token)
    context = {"registration": registration, "event": registration.event}
    response = render(request, "events/join_way_in.html", context)
    response["Refresh"] = f"0; url={reverse('events:meeting', args=[registration.join_token])}"
    return response


@require_safe
@by_door
def meeting(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Send the browser on to the meeting. Changes nothing: that somebody came is noted at the door."""
    if not Door.of(registration, timezone.now()).lets_in:
        return redirect("events:join", registration.join_token)
    return HttpResponseRedirect(meeting_address(registration.event))
