"""Pledges that people share. No cache or search engine keeps these pages: what somebody takes back is gone at once."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.links import by_link
from events.models import Event, Registration
from events.pages.registration_words import about_own
from learning.models import Pledge
from learning.pages import pledge_walls as walls
from learning.views.pictures import shown
from people.models import Group


@require_safe
@by_link
def programme_pledges(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the people of a programme show to one another."""
    if not registration.has_place:
        return redirect(registration)
    found = walls.in_programme(registration)
    blocks = walls.blocks(found, "learning:programme_pledge_picture", registration.token)
    return _wall(request, "learning/programme_pledges.html", blocks, about_own(registration))


@require_safe
@by_link
def programme_picture(request: HttpRequest, registration: Registration, code: str) -> HttpResponse:
    rows = walls.in_programme(registration) if registration.has_place else Pledge.objects.none()
    return shown(get_object_or_404(rows, code=code))


@login_not_required
@never_cache
@require_safe
def event_pledges(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("group"), slug=slug)
    event.withhold()
    blocks = walls.blocks(walls.of_event(event), "learning:pledge_picture")
    return _wall(request, "learning/event_pledges.html", blocks, {"event": event})


@login_not_required
@never_cache
@require_safe
def group_pledges(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.approved(), slug=slug)
    Event.objects.withhold(group)
    blocks = walls.blocks(walls.of_group(group), "learning:pledge_picture")
    return _wall(request, "learning/group_pledges.html", blocks, {"group": group})


@login_not_required
@require_safe
def pledge_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Of what is shared with everybody."""
    return shown(get_object_or_404(walls.public(), code=code))


def _wall(
    request: HttpRequest, template: str, blocks: list[walls.Block], context: dict[str, Any]
) -> HttpResponse:
    is_list = request.GET.get("as") == "list"
    context = context | {"blocks": blocks, "is_list": is_list}
    response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
