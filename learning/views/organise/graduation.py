"""Who graduates from a programme, what its certificate says, and the prompts after its dates."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.actions.attendance import can_be_noted
from events.models import Event
from events.organise_layout import people_crumbs, reading_or_sending, show_page
from events.pages.completion import rule_words
from events.permissions import event_run_by, event_with_people_of, is_part_only, people_run_by
from kit.csv import csv_response
from kit.meanwhile import ChangedMeanwhile
from kit.times import day_words
from learning.actions.progress import settled_at
from learning.forms.organise.plan import PlanForm
from learning.forms.organise.spacing import SpacingForm
from learning.models import LearningPlan
from learning.pages.organise.graduation_list import lines_of, table
from learning.pages.organise.learning_crumbs import learning_crumbs
from people.requests import SignedIn


@never_cache
@require_safe
def graduation(request: SignedIn, slug: str) -> HttpResponse:
    """Co-organisers see the people of their own part."""
    event = _event(request, slug)
    now, lines = timezone.now(), lines_of(event, people_run_by(request.user, event), timezone.now())
    at = settled_at(event)
    context: dict[str, Any] = {
        "lines": lines,
        "number": sum(line.has_graduated for line in lines),
        "rule": rule_words(event),
        "asks_pledge": LearningPlan.of(event).asks_pledge,
        "settled": day_words(at, event.time_zone) if at and at > now else "",
        "may_note": any(can_be_noted(date, now) for date in event.sessions.all()),
        "is_part": is_part_only(event),
        "crumbs": people_crumbs(event) if is_part_only(event) else learning_crumbs(event),
    }
    return show_page(request, event, "organise/graduation.html", context)


@require_safe
def graduation_csv(request: SignedIn, slug: str) -> HttpResponse:
    event = _event(request, slug)
    lines = lines_of(event, people_run_by(request.user, event), timezone.now())
    return csv_response(f"{event.slug}-graduation.csv", *table(event, lines))


@reading_or_sending
def plan(request: SignedIn, slug: str) -> HttpResponse:
    """Whether a pledge completes it, and what its certificate says."""
    event = event_run_by(request.user, slug)
    form = PlanForm(request.POST if request.method == "POST" else None, event=event)
    return _saved_or_shown(request, event, form, "organise/learning_plan.html")


@reading_or_sending
def prompts(request: SignedIn, slug: str) -> HttpResponse:
    """One or two prompts for each date."""
    event = event_run_by(request.user, slug)
    form = SpacingForm(request.POST if request.method == "POST" else None, event=event)
    return _saved_or_shown(request, event, form, "organise/learning_prompts.html")


def _saved_or_shown(
    request: SignedIn, event: Event, form: PlanForm | SpacingForm, template: str
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "crumbs": learning_crumbs(event)}
    if form.is_valid():
        try:
            form.save()
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        else:
            messages.success(request, _("Saved."))
            return redirect("organise:learning", event.slug)
    return show_page(request, event, template, context)


def _event(request: SignedIn, slug: str) -> Event:
    event = event_with_people_of(request.user, slug)
    prefetch_related_objects([event], "sessions")
    for date in event.sessions.all():
        date.event = event
    return event
