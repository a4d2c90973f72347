"""Somebody's own page: how it stands with their registration, and what happens next."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from breakouts.actions.rooms import seat_with_host
from breakouts.pages.room_pages import your_room
from events.actions import access_needs
from events.actions.registrations import may_ask_again
from events.fresh_links import opened_in
from events.links import by_link
from events.models import AccessRequest, Registration
from events.pages.agreement import standing_of
from events.pages.covered_needs import CoveredNeeds
from events.pages.registration_words import (
    about_own,
    deadline_rule,
    heading,
    position_words,
    reason_given,
    what_is_kept,
    why_it_ended,
)
from events.pages.whats_next import history, next_moments
from feedback.pages.thanks_words import may_thank
from people.permissions import concern_readers


@require_safe
@by_link
def own_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    event, now = registration.event, timezone.now()
    access = _open_request(registration)
    context = about_own(registration) | {
        "heading": heading(registration, now),
        "why_it_ended": why_it_ended(registration),
        "reason_given": reason_given(registration),
        "is_over": event.is_past(now),
        "what_is_kept": what_is_kept(registration),
        "waited_in_vain": registration.waited_in_vain(now),
        **_coming_back(registration, now),
        "deadline_rule": deadline_rule(event, now),
        "moments": next_moments(registration, now, asked_for_access=access is not None),
        "history": history(registration),
        "own_room": your_room(registration, now),
        "access": CoveredNeeds.of(access) if access else None,
        "opened": opened_in(request, registration),
        "asked_how_access_worked": access is not None and bool(access_needs.asked_about(access)),
        "can_be_told": registration.is_held and concern_readers(event.group).exists(),
        "may_thank": may_thank(registration) and seat_with_host(registration) is not None,
        "values": standing_of(registration),
    }
    return render(request, "events/manage.html", context)


def _open_request(registration: Registration) -> AccessRequest | None:
    requests = AccessRequest.objects.filter(registration=registration, withdrawn_at=None)
    found = requests.prefetch_related("needs", "readings__reader").first()
    if found:
        found.registration = registration
    return found


def _coming_back(registration: Registration, now: datetime) -> dict[str, object]:
    """Whether someone whose registration ended can ask again, and what they would get."""
    if not may_ask_again(registration, now):
        return {"may_ask_again": False}
    event = registration.event
    return {
        "may_ask_again": True,
        "would_wait": not event.has_place_for_newcomer(),
        "next_position": position_words(event.registrations.in_the_queue().count() + 1),
    }
