"""Your places: everything someone who is signed in is registered for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.pages.own_places import own_places
from people.requests import SignedIn


@require_safe
def places(request: SignedIn) -> HttpResponse:
    return render(request, "events/places.html", {"places": own_places(request.user, timezone.now())})
