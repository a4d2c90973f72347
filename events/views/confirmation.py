"""The two pages the first mail leads to: "yes, keep my place" and "this was not me". Opening them changes nothing."""

from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions import leaving, places, registrations
from events.actions.registrations import NoLongerPossible, RegistrationClosed
from events.line_words import Line
from events.links import by_first_link
from events.models import Closed, Event, Registration
from events.models.places import Pair
from events.pages import closed
from events.pages.registration_words import (
    deadline_rule,
    heading,
    how_it_stands,
    next_session,
    position_words,
)
from kit.meanwhile import say_nothing_was_done

Stage = Literal["due", "late", "newer", "closed"]  # newer: they asked again since

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_first_link
def confirmation(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        return _confirm(request, registration)
    if registration.is_email_confirmed:
        return redirect(registration)
    return _page(request, registration)


@reading_or_sending
@by_first_link
def mistake(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say "this was not me": whoever owns the address never asked for a place. Once they have said yes they leave or
    erase instead."""
    if request.method == "POST":
        return _forget(request, registration)
    if registration.is_email_confirmed:
        return redirect("events:erasure", registration.token)
    return render(request, "events/registration_mistake.html", _about(registration))


def _forget(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        leaving.not_me(registration)
    except NoLongerPossible:
        confirmed = _("This address has been confirmed since. You can have all of it erased on this page.")
        say_nothing_was_done(request, confirmed)
        return redirect("events:erasure", registration.token)
    messages.success(request, _("We have forgotten your address. Nothing of it is kept."))
    return redirect(registration.event)


def _confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    now = timezone.now()
    try:
        registration = registrations.confirm(registration)
    except NoLongerPossible:
        standing = how_it_stands(registration, now)
        if not registration.is_email_confirmed:
            return _page(request, registration)
        say_nothing_was_done(request, standing)
    except RegistrationClosed as refusal:
        return _page(request, registration, refusal=closed.refusal_words(registration.event, refusal))
    else:
        thanks = _("Thank you. Your address is confirmed.")
        messages.success(request, f"{thanks} {heading(registration, now)}.")
    return redirect(registration)


def _page(request: HttpRequest, registration: Registration, refusal: str = "") -> HttpResponse:
    """The page as it stands with the registration."""
    event = registration.event
    reason = _closed_because(event, registration.pair)
    context = {
        "stage": _stage(registration),
        "refusal": refusal,
        "why_closed": closed.registration_notice(event, reason).in_one() if reason else "",
    }
    return render(request, "events/registration_confirmation.html", _about(registration) | context)


def _stage(registration: Registration) -> Stage:
    event, now = registration.event, timezone.now()
    if registration.can_be_confirmed(now) and not event.is_past(now) and not event.is_cancelled:
        return "due"
    if event.registrations.live().filter(email=registration.email).exclude(pk=registration.pk).exists():
        return "newer"
    was_late = registration.ended_because == Registration.Ended.NOT_CONFIRMED
    return "late" if was_late and not _closed_because(event, registration.pair) else "closed"


def _closed_because(event: Event, pair: Pair) -> Closed | None:
    """Why whoever comes late can neither have a place nor wait for one; None while they can."""
    may_wait = event.takes_people_who_wait() or event.has_place_for_newcomer(pair)
    return event.registration_closed_because() or (None if may_wait else Closed.FULL)


def _about(registration: Registration) -> dict[str, object]:
    event, now = registration.event, timezone.now()
    left = places.left_for(registration)
    would_wait = left == 0 or (
        not registration.is_live and not event.has_place_for_newcomer(registration.pair)
    )
    return {
        "registration": registration,
        "event": event,
        "session": next_session(event, now),
        "would_wait": would_wait,
        "left": left,
        "position": position_words(Line.of(registration).position),
        "deadline_rule": deadline_rule(event, now),
    }
