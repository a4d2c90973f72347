"""Asking for a place: the form, "check your inbox", and the link once more. No page says who is registered."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import addresses, places
from events.actions.registrations import Answers, NoLongerPossible, RegistrationClosed
from events.forms.registration import AddressForm, RegistrationForm
from events.models import Closed, Event
from events.models.registration import Places
from events.pages import closed, typed_answers
from events.pages.availability import Availability
from events.pages.registration_words import (
    deadline_rule,
    duration_words,
    next_session,
    position_words,
)
from events.pages.typed_answers import TypedAnswers
from events.pages.whats_next import access_kept_until

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@reading_or_sending
def registration_new(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = _event(slug), timezone.now()
    if request.method != "POST":
        if reason := _availability(event, now).reason:
            return _closed(request, event, reason)
        return _form(request, event, _empty_form(request, event))
    form = RegistrationForm(request.POST, event=event)
    if not form.is_valid():
        return _form(request, event, form)
    try:
        typed = _register(event, form.answers(), typed_answers.kept(request, event, now))
    except RegistrationClosed as refusal:
        form.add_error(None, closed.refusal_words(event, refusal))
        return _form(request, event, form)
    return _sent(event, typed)


@login_not_required
@reading_or_sending
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Check your inbox": the same page whatever the address was."""
    event, now = _event(slug), timezone.now()
    typed = typed_answers.kept(request, event, now)
    form = AddressForm(request.POST or None) if typed else None
    if typed and form and request.method == "POST" and form.is_valid():
        try:
            response = _sent(event, _use_other_address(event, typed, form.cleaned_data["email"]))
            messages.success(request, _("We have written to the other address."))
            return response
        except RegistrationClosed as refusal:
            form.add_error(None, closed.refusal_words(event, refusal))
    context = {"form": form, "hold": duration_words(places.confirm_by(event, now) - now)}
    return render(request, "events/registration_sent.html", _about(event, now) | context | _sender())


@login_not_required
@reading_or_sending
def link_again(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = _event(slug), timezone.now()
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        addresses.send_link_again(event, form.cleaned_data["email"])
        return redirect("events:link_sent", slug=event.slug)
    return render(request, "events/link_again.html", _about(event, now) | {"form": form})


@login_not_required
@require_safe
def link_sent(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug)
    return render(request, "events/link_sent.html", _about(event, timezone.now()) | _sender())


def _event(slug: str) -> Event:
    events = Event.objects.on_the_calendar().select_related("group", "venue")
    return get_object_or_404(
        places.with_places(events).prefetch_related("sessions__venue", "in_place"), slug=slug
    )


def _register(event: Event, answers: Answers, earlier: TypedAnswers | None) -> TypedAnswers:
    """Register, and remember what this browser may correct. `earlier` is what it sent before."""
    # Only where this browser made the registration: what somebody
    # else has made, or told since, is never theirs to move.
    made_here = earlier.registration() if earlier else None
    registration, is_own = addresses.register(event, answers, made_here=made_here)
    return TypedAnswers.of(answers, registration if is_own else None)


def _use_other_address(event: Event, typed: TypedAnswers, email: str) -> TypedAnswers:
    registration = typed.registration()
    if registration:
        try:
            addresses.use_other_address(registration, email)
        except NoLongerPossible:
            registration = None
    return typed if registration else _register(event, typed.answers_for(email), typed)


def _sent(event: Event, typed: TypedAnswers) -> HttpResponse:
    response = redirect("events:registration_sent", slug=event.slug)
    typed_answers.keep(response, event, typed)
    return response


def _empty_form(request: HttpRequest, event: Event) -> RegistrationForm:
    person = request.user
    if not person.is_authenticated:
        return RegistrationForm(event=event)
    known = {"name": person.name, "pronouns": person.pronouns, "email": person.email}
    return RegistrationForm(event=event, initial=known)


def _form(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse:
    now = timezone.now()
    availability = _availability(event, now)
    context = {
        "form": form,
        "would_wait": availability.newcomers_wait,
        "position": position_words(availability.waiting + 1),
        "deadline_rule": deadline_rule(event, now),
        "agreement": form.agreement,
        "kept_until": access_kept_until(event),
    }
    return render(request, "events/registration_new.html", _about(event, now) | context)


def _closed(request: HttpRequest, event: Event, reason: Closed) -> HttpResponse:
    context = {"reason": reason, "why": closed.registration_notice(event, reason)}
    return render(request, "events/registration_closed.html", _about(event, timezone.now()) | context)


def _about(event: Event, now: datetime) -> dict[str, object]:
    return {"event": event, "session": next_session(event, now), "availability": _availability(event, now)}


def _availability(event: Any, now: datetime) -> Availability:
    """`event` is one of _event(), so it carries its numbers."""
    return Availability.of(event, Places(event.taken, event.waiting), now)


def _sender() -> dict[str, object]:
    return {"sender": settings.DEFAULT_FROM_EMAIL}
