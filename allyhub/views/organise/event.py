"""One event at a glance: numbers, what waits, and the list of pages on which it is edited; once it is over, what is left
to do."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from breakouts.models import BreakoutPlan
from breakouts.pages.organise import after_to_do as after_rooms
from breakouts.pages.organise import rooms_to_do
from events.models import Event
from events.organise_layout import show_tab
from events.pages.organise import (
    attendance_to_do,
    event_tasks,
    guest_list,
    numbers,
    papers_to_do,
    quotas_to_do,
    tiles,
    to_do,
)
from events.pages.organise.organiser_words import guests
from events.permissions import event_with_people_of, is_part_only, may_read_access_needs
from events.views.organise import co_organisers
from feedback.pages.organise import feedback_to_do
from people.models import Person
from people.requests import SignedIn

LATEST = 5


@never_cache
@require_safe
def event(request: SignedIn, slug: str) -> HttpResponse:
    event = event_with_people_of(request.user, slug)
    if is_part_only(event):
        return co_organisers.overview(request, event)
    prefetch_related_objects([event], "sessions")
    is_over = event.is_past()
    counted = numbers.numbers_of(event)
    access = numbers.access_numbers_of(event, live=counted.live)
    latest = event.registrations.not_erased().live().order_by("-created_at", "-pk")[:LATEST]
    told_us = feedback_to_do.told_us([event]) if is_over else {}
    context: dict[str, Any] = {
        "tasks": event_tasks.tasks(event),
        "todos": _left_to_do(event, told_us) if is_over else _to_do(event, access, request.user),
        "people": counted,
        "guests": guests(event, latest, guest_list.positions(event), guest_list.Marks()),
        "is_over": is_over,
        "has_rooms": is_over and BreakoutPlan.of(event) is not None,
        "can_be_cancelled": not is_over and (event.is_published or event.is_postponed),
        "can_be_postponed": not is_over and event.is_published,
        "can_be_taken_back": not is_over and event.is_published and not counted.live,
        "can_be_deleted": event.is_draft and not event.published_at,
    }
    if not event.is_draft:
        context["tiles"] = tiles.tiles_of(event, counted, access)
        context["shares"] = [] if is_over else numbers.shares_at(event)
    if is_over and event.pk in told_us:
        context["tiles"].append(tiles.told_us(event, told_us[event.pk]))
    return show_tab(request, event, "organise/event.html", context, tab="overview")


def _to_do(event: Event, access: numbers.AccessNumbers, reader: Person) -> list[to_do.ToDo]:
    is_theirs = access.still_open and may_read_access_needs(reader, event)
    open_access = to_do.open_access(event, access) if is_theirs else []
    papers = papers_to_do.for_event(event)
    noting, unused = attendance_to_do.for_event(event), quotas_to_do.for_event(event)
    rooms = rooms_to_do.for_event(event)
    return [*to_do.for_event(event), *open_access, *noting, *unused, *papers, *rooms]


def _left_to_do(event: Event, told_us: dict[int, int]) -> list[to_do.ToDo]:
    """Of an event that is over; nothing when that is long ago, or it did not take place."""
    if not to_do.is_worth_asking(event):
        return []
    mine = (after_rooms.of_over([event]), feedback_to_do.of_over([event], told_us))
    return [todo for found in mine for todo in found.get(event.pk, [])]
