"""Helping on the day: offering it, the guides, and the page of whoever helps."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import ask_again, note_takers, parts
from breakouts.actions import helpers as actions
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.helper_forms import HelperAgreementForm, HelpForm
from breakouts.forms.volunteer import known
from breakouts.links import by_first_helper_link, by_helper_link
from breakouts.models import BreakoutPlan, Helper, HelperRole
from breakouts.pages import guides
from breakouts.pages import helper_pages as words
from breakouts.pages.volunteer_cards import helper_card
from events.models import Event
from events.pages.registration_words import next_session
from kit.http import public_page
from kit.meanwhile import say_nothing_was_done
from people.actions import values

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@reading_or_sending
def help_wanted(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to offer help. `?role=notes` has that role chosen already."""
    event, now = _event(slug), timezone.now()
    lines = words.role_lines(event)
    if reason := words.closed_because(event, lines, now):
        return render(request, "breakouts/help_closed.html", _about(event, now) | {"reason": reason})
    wanted = words.wanted(lines)
    initial = {"role": request.GET.get("role", "")} | known(request.user)
    rooms = note_takers.rooms_without_notes(event)
    event.withhold(*rooms)
    form = HelpForm(
        request.POST if request.method == "POST" else None,
        lines=wanted,
        rooms=rooms,
        initial=initial,
    )
    if form.is_valid() and _offer(form):
        return redirect("breakouts:help_sent", event.slug)
    return render(request, "breakouts/help.html", _about(event, now) | {"form": form, "lines": wanted})


@public_page
@require_safe
def help_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Check your inbox": the same page whatever the address was."""
    context = _about(_event(slug), timezone.now()) | {"sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "breakouts/help_sent.html", context)


@public_page
@require_safe
def help_guide(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One role explained, on a page to read and to print."""
    if kind not in guides.TEMPLATES:
        raise Http404
    event = _event(slug)
    context = {"label": HelperRole.Kind(kind).label, "kind": kind, "others": guides.others(event, kind)}
    return render(request, guides.TEMPLATES[kind], _about(event, timezone.now()) | context)


@reading_or_sending
@by_first_helper_link
def helper_confirmation(request: HttpRequest, helper: Helper) -> HttpResponse:
    """The page behind the first mail. Opening it changes nothing; the button makes the offer count."""
    if helper.is_email_confirmed:
        return _as_it_stands(request, helper)
    in_force = values.current(helper.event.group)
    form = HelperAgreementForm(request.POST if request.method == "POST" else None, values=in_force)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            helper = actions.confirm(helper, values=in_force)
        except NoLongerPossible:
            refusal = _("This help is no longer wanted, or the event is over.")
        else:
            messages.success(request, _what_came_of_it(helper, was_free=request.POST.get("seen") == "free"))
            return redirect(helper)
    return _confirmation(request, helper, {"form": form, "agreement": in_force, "refusal": refusal})


@reading_or_sending
@by_first_helper_link
def helper_mistake(request: HttpRequest, helper: Helper) -> HttpResponse:
    """Say "this was not me". Once the address was confirmed there is stepping down instead."""
    if request.method == "POST":
        event = helper.event
        try:
            actions.not_me(helper)
        except NoLongerPossible:
            _as_it_stands(request, helper)
            return redirect("breakouts:helper_departure", helper.token)
        messages.success(request, _("We have forgotten your address. Nothing of it is kept."))
        return redirect(event)
    if helper.is_email_confirmed:
        return redirect("breakouts:helper_departure", helper.token)
    return render(request, "breakouts/helper_mistake.html", {"helper": helper, "event": helper.event})


@require_safe
@by_helper_link
def helper(request: HttpRequest, helper: Helper) -> HttpResponse:
    event, now = helper.event, timezone.now()
    if helper.registration:
        helper.registration.event = event
    context = _about(event, now) | {
        "helper": helper,
        "now": helper_card(helper, now),
        "plan": BreakoutPlan.of(event),
        "heading": words.heading(helper, now),
        "why_it_ended": words.why_it_ended(helper),
        "means": words.MEANS[helper.role.kind],
        "room": words.own_room(helper),
        "hosts": words.host_names(helper.topic),
        "takes_notes": helper.role.kind == HelperRole.Kind.NOTES,
        "is_over": event.is_past(now),
        "asks_again": ask_again.wants(helper.email),
    }
    return render(request, "breakouts/helper.html", context)


@reading_or_sending
@by_helper_link
def helper_departure(request: HttpRequest, helper: Helper) -> HttpResponse:
    event = helper.event
    if not helper.is_live or event.is_past() or event.is_cancelled:
        return _as_it_stands(request, helper)
    if request.method == "POST":
        try:
            actions.step_down(helper)
        except NoLongerPossible:
            return _as_it_stands(request, helper)
        messages.success(request, _("Thank you for telling us. Somebody else can help instead."))
        return redirect(helper)
    context = {"helper": helper, "event": event, "place_goes": parts.place_goes_with(helper)}
    return render(request, "breakouts/helper_departure.html", context)


def _event(slug: str) -> Event:
    events = Event.objects.public().select_related("group")
    event = get_object_or_404(events.prefetch_related("sessions"), slug=slug)
    event.withhold()
    return event


def _offer(form: HelpForm) -> bool:
    given = form.cleaned_data
    try:
        actions.offer(form.wanted_role(), name=given["name"], email=given["email"], topic=form.wanted_room())
    except NoLongerPossible:
        form.add_error("role", _("Choose one of these: the one you chose is no longer wanted"))
        return False
    return True


def _as_it_stands(request: HttpRequest, helper: Helper) -> HttpResponse:
    """Lead on to their own page. Whoever came by a press is told that it changed nothing, and what is true now."""
    with suppress(ObjectDoesNotExist):  # erased a moment ago: their link opens nothing any more
        say_nothing_was_done(request, words.how_it_stands(helper, timezone.now()))
    return redirect(helper)


def _confirmation(request: HttpRequest, helper: Helper, context: dict[str, Any]) -> HttpResponse:
    event, now = helper.event, timezone.now()
    line = next(line for line in words.role_lines(event) if line.kind == helper.role.kind)
    about = _about(event, now) | {
        "helper": helper,
        "line": line,
        "is_open": event.is_published and not event.is_past(now) and line.wanted,
        "position": words.position_words(line.in_reserve + 1),
    }
    return render(request, "breakouts/helper_confirmation.html", about | context)


def _what_came_of_it(helper: Helper, *, was_free: bool) -> str:
    if not helper.is_email_confirmed:
        return _("Thank you. The organisers decide first.")
    if helper.is_helping:
        room = words.own_room(helper)
        return (
            _("The slot is yours. %(room)s") % {"room": room} if room else _("The slot is yours. Thank you.")
        )
    faster = _("Somebody was faster by a moment.") if was_free else _("All slots are taken at the moment.")
    place = words.position_words(words.position(helper))
    reserve = _("You are %(position)s in reserve: we write to you as soon as a slot is free.")
    return f"{faster} {reserve % {'position': place}}"


def _about(event: Event, now: datetime) -> dict[str, Any]:
    return {"event": event, "session": next_session(event, now)}
