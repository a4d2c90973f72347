"""The page on which people choose a room, the room's own door, and what its host gives them to read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from breakouts.actions import rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.rooms import HasARoom, NoPlaceYet, RoomFull, seat_with_host
from breakouts.forms.room_forms import FULL, GONE, RoomForm
from breakouts.links import by_room_link
from breakouts.models import BreakoutPlan, Material
from breakouts.pages.room_pages import OwnRoom, cards, door_state, own_room
from events.models import Registration
from events.pages.door import Door
from events.pages.handouts import sheets
from events.pages.registration_words import next_session
from feedback.pages.thanks_words import may_thank
from kit.meanwhile import NotOpen, say_nothing_was_done

View = Callable[..., HttpResponseBase]

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_room_link
def room(request: HttpRequest, registration: Registration, *, plan: BreakoutPlan, token: str) -> HttpResponse:
    own = own_room(registration, plan, timezone.now())
    if not own.can_choose:
        say_nothing_was_done(request, _("Rooms can no longer be chosen."))
    if request.method != "POST" or not own.can_choose:
        form = _form(registration, plan, own) if own.can_choose else None
        return _page(request, registration, plan, own, token, form)
    form = _form(registration, plan, own, request.POST)
    if form.is_valid() and _choose(request, registration, form):
        return redirect("breakouts:room", token)
    own = own_room(registration, plan, timezone.now())  # they may have lost their place meanwhile
    return _page(request, registration, plan, own, token, form)


def _form(registration: Registration, plan: BreakoutPlan, own: OwnRoom, data: Any = None) -> RoomForm:
    return RoomForm(data, cards=cards(registration.event, plan, own.topic), own=own)


def _choose(request: HttpRequest, registration: Registration, form: RoomForm) -> bool:
    """Give somebody the room they asked for. Returns whether they have it; if not, the form says why."""
    try:
        seat = rooms.choose(registration, form.wish())
    except RoomFull:
        form.add_error("room", FULL)
    except NoLongerPossible:
        form.add_error("room", GONE)
    except (NoPlaceYet, HasARoom, NotOpen):
        form.add_error(None, _("Rooms can no longer be chosen. Nothing was changed."))
    else:
        number = seat.topic.number if seat else None
        words = _("You are in room %(number)s.") % {"number": number} if seat else _("You decide on the day.")
        messages.success(request, words)
        return True
    return False


def _page(
    request: HttpRequest,
    registration: Registration,
    plan: BreakoutPlan,
    own: OwnRoom,
    token: str,
    form: RoomForm | None,
) -> HttpResponse:
    event, now = registration.event, timezone.now()
    door = Door.of(registration, now)
    is_own_link = token == registration.token
    shown = form.cards if form else []
    if form and form.errors:  # somebody was faster: see the rooms as they are now
        shown = cards(event, plan, own.topic, wanted=str(form["room"].value()))
    context = {
        "registration": registration,
        "event": event,
        "session": next_session(event, now),
        "plan": plan,
        "own": own,
        "token": token,
        "is_own_link": is_own_link,
        "back": registration.get_absolute_url() if is_own_link else reverse("events:join", args=[token]),
        "may_thank": is_own_link and may_thank(registration) and seat_with_host(registration) is not None,
        "form": form,
        "cards": shown,
        "checked": form["room"].value() if form else "",
        "door": door_state(own.topic, door),
        "opens_at": door.opens_at,
        "materials": sheets(Material.objects.filter(topic=own.topic)) if own.topic else [],
    }
    return render(request, "breakouts/room.html", context)
