"""Where organisers begin: what waits for them, what comes, what is still a draft; and their groups."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from breakouts.pages.organise import after_to_do as after_rooms
from breakouts.pages.organise import rooms_to_do
from concerns import pages as telling
from events.models import Event
from events.pages.organise import (
    access_to_do,
    cards,
    numbers,
    papers_to_do,
    quota_parts,
    quotas_to_do,
    to_do,
    workspace,
)
from feedback.pages.organise import feedback_to_do
from learning.pages.organise import enquiries_to_do, learning_to_do
from people.models import Group
from people.permissions import groups_of
from people.requests import SignedIn, standing_of

MOST_UPCOMING = 20
MOST_DRAFTS = 20


@require_safe
def overview(request: SignedIn) -> HttpResponse:
    groups, cared_for = groups_of(request.user)
    is_co_organiser = standing_of(request).looks_after_people
    upcoming = numbers.with_pots(workspace.upcoming(groups).select_related("breakout_plan")[:MOST_UPCOMING])
    drafts = list(workspace.drafts(groups).prefetch_related("sessions")[:MOST_DRAFTS])
    of_groups, enquiries = to_do.of_groups(groups), enquiries_to_do.to_answer(groups)
    for group, waiting in enquiries.items():
        of_groups[group] += waiting
    of_events = _cards(groups, upcoming, drafts)
    access = access_to_do.for_reader(request.user, timezone.now()) if cared_for else []
    lists = [access, *of_groups.values(), *(card.todos for card in of_events)]
    context = {
        "groups": groups,
        "cared_for": cared_for,
        "co_organised": quota_parts.looked_after_by(request.user) if is_co_organiser else [],
        "told": telling.told_to(request.user),
        "upcoming": upcoming,
        "drafts": cards.drafts(drafts),
        "access": access,
        "of_groups": [(group, of_groups[group.pk]) for group in groups if of_groups[group.pk]],
        "cards": of_events,
        "number": sum(map(len, lists)),
    }
    return render(request, "organise/overview.html", context)


def _cards(groups: list[Group], upcoming: list[Any], drafts: list[Event]) -> list[cards.Card]:
    """What waits at each event of these groups: before it, and after it. A fixed number of queries."""
    promised = feedback_to_do.overdue(groups)
    learning = learning_to_do.at_events(groups)
    rows = workspace.over_lately(groups, also=[*promised, *learning]).select_related(
        "breakout_plan", "feedback_round"
    )
    over = list(rows.defer("feedback_round__tallies"))
    lately = [event for event in over if to_do.is_worth_asking(event)]
    told_us = feedback_to_do.told_us(over)
    found = (
        to_do.of_drafts(drafts),
        to_do.of_upcoming(upcoming),
        papers_to_do.of_upcoming(upcoming),
        quotas_to_do.of_upcoming(upcoming),
        rooms_to_do.of_upcoming(upcoming),
        after_rooms.of_over(lately),
        feedback_to_do.of_over(lately, told_us),
        promised,
        learning,
    )
    return cards.cards(upcoming, over, found, told_us, drafts=drafts)
