"""Proposing a topic without an account, and the page of a topic that was accepted."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import topics
from breakouts.actions.topics import TooManyUnconfirmed
from breakouts.forms.topic_forms import ProposalForm
from breakouts.forms.volunteer import known
from breakouts.models import BreakoutPlan
from breakouts.pages import public_topic, topics_closed
from events.models import Closed, Event
from events.pages.registration_words import next_session
from kit.http import public_page
from kit.meanwhile import NotOpen
from kit.ways_in import NO_WAYS

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@reading_or_sending
def topic_new(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = _event(slug), timezone.now()
    if request.method != "POST":
        reason = _closed_because(event, now)
        if reason:
            return _closed(request, event, reason)
        return _form(request, event, ProposalForm(own=NO_WAYS, initial=known(request.user)))
    form = ProposalForm(request.POST, own=event.own_ways.to_ask_strangers)
    if form.is_valid() and _propose(event, form):
        return redirect("breakouts:topic_sent", event.slug)
    return _form(request, event, form)


@public_page
@require_safe
def topic_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Check your inbox": the same page whatever the address was."""
    context = _about(_event(slug), timezone.now()) | {"sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "breakouts/topic_sent.html", context)


@public_page
@require_safe
def topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event, now = _event(slug), timezone.now()
    shown = public_topic.shown_topic(event, pk)
    if shown is None:
        raise Http404
    context = _about(event, now) | {
        "topic": shown,
        "is_to_come": topics.is_to_come(event, now),
        "may_register": not (event.registration_closed_because(now) or event.is_by_invitation),
        "has_recap": public_topic.has_recap(event, pk),
    }
    return render(request, "breakouts/topic.html", context)


def _event(slug: str) -> Event:
    events = Event.objects.public().select_related("group", "venue", "breakout_plan")
    event = get_object_or_404(events.prefetch_related("sessions__venue"), slug=slug)
    event.withhold()
    return event


def _propose(event: Event, form: ProposalForm) -> bool:
    """Keep a proposal. Returns whether it was kept; else the form says why, and everything typed stays."""
    try:
        topics.propose(event, form.proposal())
    except NotOpen as refusal:
        form.add_error(None, topics_closed.why_no_topics(event, refusal.reason).as_refusal())
    except TooManyUnconfirmed:
        form.add_error(
            "email",
            _(
                "Several topics from this address wait to be confirmed. Press the button in one of the emails first"
            ),
        )
    else:
        return True
    return False


def _form(request: HttpRequest, event: Event, form: ProposalForm) -> HttpResponse:
    context = _about(event, timezone.now()) | {"form": form, "others": public_topic.shown_topics(event)}
    return render(request, "breakouts/topic_new.html", context)


def _closed(request: HttpRequest, event: Event, reason: Closed) -> HttpResponse:
    now = timezone.now()
    context = _about(event, now) | {
        "why": topics_closed.why_no_topics(event, reason),
        "is_to_come": topics.is_to_come(event, now),
        "without_host": public_topic.without_host(event),
    }
    return render(request, "breakouts/topic_closed.html", context)


def _closed_because(event: Event, now: datetime) -> Closed | None:
    plan = BreakoutPlan.of(event)
    return plan.topics_closed_because(now) if plan else Closed.NOT_OFFERED


def _about(event: Event, now: datetime) -> dict[str, object]:
    return {"event": event, "session": next_session(event, now)}
