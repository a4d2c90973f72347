"""Your places: everything someone who is signed in is registered for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.own_places import own_places


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    return render(request, "events/places.html", {"places": own_places(person, timezone.now())})
