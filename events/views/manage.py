"""Somebody's own registration: how it stands, what happens next, and everything they can change about it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breakouts.actions.seats import seat_with_host
from breakouts.pages.rooms import your_room
from events.actions import access_needs, places, registrations
from events.actions import answers as own_answers
from events.actions.registrations import EventFull, NoLongerPossible, RegistrationClosed
from events.forms.registration import AnswersForm
from events.links import by_link, by_news_link
from events.models import AccessRequest, Registration
from events.pages import closed
from events.pages.agreement import standing_of
from events.pages.registration_words import (
    deadline_rule,
    heading,
    may_ask_again,
    next_session,
    position_words,
    reason_given,
    why_it_ended,
)
from events.pages.whats_next import history, next_moments
from feedback.pages.thanks import may_thank

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@by_link
def manage(request: HttpRequest, registration: Registration) -> HttpResponse:
    event, now = registration.event, timezone.now()
    access = AccessRequest.objects.filter(registration=registration, withdrawn_at=None).first()
    if access:
        access.registration = registration
    context = _about(registration) | {
        "heading": heading(registration, now),
        "why_it_ended": why_it_ended(registration),
        "reason_given": reason_given(registration),
        "is_over": event.is_past(now),
        **_coming_back(registration, now),
        "deadline_rule": deadline_rule(event, now),
        "moments": next_moments(registration, now, asked_for_access=access is not None),
        "history": history(registration),
        "own_room": your_room(registration, now),
        "access": access,
        "asked_how_access_worked": access is not None and bool(access_needs.asked_about(access)),
        "may_thank": may_thank(registration) and seat_with_host(registration) is not None,
        "values": standing_of(registration),
    }
    return render(request, "events/manage.html", context)


@reading_or_sending
@by_link
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not registration.is_live:
        return redirect(registration)
    form = AnswersForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            own_answers.change(registration, **form.cleaned_data)
        except NoLongerPossible:
            return redirect(registration)
        messages.success(request, _("Your answers are saved."))
        return redirect(registration)
    return render(request, "events/manage_answers.html", _about(registration) | {"form": form})


@reading_or_sending
@by_link
def departure(request: HttpRequest, registration: Registration) -> HttpResponse:
    event = registration.event
    if not registration.is_live or event.is_past():
        return redirect(registration)
    if request.method == "POST":
        registrations.leave(registration)
        messages.success(request, _("Thank you for telling us. Someone else can come now."))
        return redirect(registration)
    return render(request, "events/manage_departure.html", _about(registration))


@reading_or_sending
@by_link
def offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        return _answer_offer(request, registration)
    if not registration.is_offered:
        return redirect(registration)
    return render(request, "events/manage_offer.html", _about(registration))


@require_POST
@by_link
def rejoining(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Someone who left, or let an offer go, asks for a place again."""
    try:
        registration = registrations.rejoin(registration)
    except NoLongerPossible:
        messages.warning(request, _("That is no longer possible. This page shows how it stands now."))
    except (RegistrationClosed, EventFull) as refusal:
        messages.warning(request, closed.refusal_words(registration.event, refusal))
    else:
        messages.success(request, _("You are registered again."))
    return redirect(registration)


@require_POST
@by_link
def values_agreement(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The guiding values changed, or somebody else registered this person: now they have read them."""
    try:
        own_answers.agree_to_values(registration, version_id=request.POST.get("values_version", ""))
        messages.success(request, _("Thank you. We have noted that you agree."))
    except own_answers.ValuesChanged:
        messages.warning(request, _("Our guiding values have just changed. Please read the new ones."))
    except NoLongerPossible:
        messages.warning(request, _("That is no longer possible. This page shows how it stands now."))
    return redirect(registration)


@reading_or_sending
@by_news_link
def no_news(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        own_answers.stop_news(registration)
        return redirect("events:no_news", registration.news_token)
    return render(request, "events/no_news.html", _about(registration))


def _coming_back(registration: Registration, now: datetime) -> dict[str, object]:
    """Whether someone whose registration ended can ask again, and what they would get."""
    if not may_ask_again(registration, now):
        return {"may_ask_again": False}
    event = registration.event
    return {
        "may_ask_again": True,
        "would_wait": places.state_for_newcomer(event) == Registration.State.WAITING,
        "next_position": position_words(event.registrations.in_the_queue().count() + 1),
    }


def _answer_offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    answer = request.POST.get("answer")
    try:
        if answer == "yes":
            registrations.accept_offer(registration)
            messages.success(request, _("The place is yours."))
        elif answer == "no":
            registrations.decline_offer(registration)
            messages.success(request, _("Thank you for answering. The place goes to the next person."))
        else:
            return redirect("events:offer", registration.token)
    except NoLongerPossible:
        # The clock may not have come round yet: settle it now, so that the page can say how it stands.
        registrations.expire(registration.event)
        messages.warning(request, _("We are sorry: the offer had ended before your answer came."))
    return redirect(registration)


def _about(registration: Registration) -> dict[str, object]:
    event, now = registration.event, timezone.now()
    return {
        "registration": registration,
        "event": event,
        "session": next_session(event, now),
        "position": position_words(registration.position()),
    }
