"""Offering to host a room, saying yes to it, and answering when one is asked."""

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

from breakouts.actions import host_departures
from breakouts.actions import hosts as actions
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.host_forms import AdoptionForm, HostAgreementForm, HostAnswerForm
from breakouts.forms.volunteer import known
from breakouts.links import as_it_stands, by_first_host_link
from breakouts.models import BreakoutPlan, Host, Topic
from breakouts.pages import host_page
from breakouts.pages import host_words as words
from events.models import Event
from events.pages.registration_words import next_session
from kit.http import public_page
from people.actions import values
from people.models import GuidingValues

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@reading_or_sending
def adoption(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form to offer to host: "Could you hold this conversation?" Also when somebody does: they may be glad of
    whoever comes next."""
    topic, now = _topic(slug, pk), timezone.now()
    if reason := words.closed_because(topic.event, now):
        return render(request, "breakouts/adoption_closed.html", _about(topic, now) | {"reason": reason})
    form = AdoptionForm(request.POST if request.method == "POST" else None, initial=known(request.user))
    if form.is_valid():
        try:
            actions.offer(topic, **form.cleaned_data)
        except NoLongerPossible:
            form.add_error(None, _("This room no longer takes place. Thank you for wanting to host it."))
        else:
            return redirect("breakouts:adoption_sent", topic.event.slug, topic.pk)
    held_by = [topic.event.for_everyone(host.name) for host in topic.hosts.hosting()]
    context = _about(topic, now) | {
        "form": form,
        "means": words.MEANS,
        "held_by": held_by,
        "is_asked": not held_by and topic.hosts.holding_the_room().exists(),
    }
    return render(request, "breakouts/adoption.html", context)


@public_page
@require_safe
def adoption_sent(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """ "Check your inbox": the same page whatever the address was."""
    context = _about(_topic(slug, pk), timezone.now()) | {"sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "breakouts/adoption_sent.html", context)


@reading_or_sending
@by_first_host_link
def host_confirmation(request: HttpRequest, host: Host) -> HttpResponse:
    """The page behind the first mail. Opening it changes nothing; the button makes the offer count."""
    if host.state != Host.State.OFFERED:
        return as_it_stands(request, host)
    in_force = values.current(host.event.group)
    form = HostAgreementForm(request.POST if request.method == "POST" else None, values=in_force)
    if form.is_valid():
        try:
            host = actions.confirm(host, values=in_force)
        except NoLongerPossible:
            return _agreement(request, host, in_force, None)
        _say_what_came_of_it(request, host)
        return redirect(host)
    return _agreement(request, host, in_force, form)


@reading_or_sending
@by_first_host_link
def host_answer(request: HttpRequest, host: Host) -> HttpResponse:
    """The page of whoever was asked: to hold the room, or to be co-host."""
    if not host.is_asked:
        return as_it_stands(request, host)
    if request.method == "POST" and request.POST.get("answer") == "no":
        return _say_no(request, host)
    in_force = values.current(host.event.group)
    typed = request.POST if request.method == "POST" else None
    form = HostAnswerForm(typed, values=in_force, name=host.name)
    if form.is_valid():
        try:
            host = actions.agree(host, values=in_force, name=form.cleaned_data["name"])
        except NoLongerPossible:
            return as_it_stands(request, host)
        _say_what_came_of_it(request, host)
        return redirect(host)
    return _agreement(request, host, in_force, form)


@reading_or_sending
@by_first_host_link
def host_mistake(request: HttpRequest, host: Host) -> HttpResponse:
    """Say "this was not me". Once the address was confirmed there is stepping down instead."""
    event = host.event
    if request.method == "POST":
        try:
            host_departures.not_me(host)
        except NoLongerPossible:
            as_it_stands(request, host)
            return redirect("breakouts:host_departure", host.token)
        messages.success(request, _("We have forgotten your address. Nothing of it is kept."))
        return redirect(event)
    if host.is_email_confirmed:
        return redirect("breakouts:host_departure", host.token)
    return render(request, "breakouts/host_mistake.html", {"host": host, "event": event, "topic": host.topic})


def _topic(slug: str, pk: int) -> Topic:
    events = Event.objects.public().select_related("group").prefetch_related("sessions")
    event = get_object_or_404(events, slug=slug)
    topic = get_object_or_404(event.topics.accepted(), pk=pk)
    topic.event = event
    event.withhold(topic)
    return topic


def _agreement(
    request: HttpRequest, host: Host, in_force: GuidingValues | None, form: HostAgreementForm | None
) -> HttpResponse:
    """The page of the host agreement, with the button that fits. Without `form`: it is too late, and the page says
    so."""
    event, topic, now = host.event, host.topic, timezone.now()
    is_open = form is not None and topic.is_accepted and event.is_published and not event.is_past(now)
    context = _about(topic, now) | {
        "host": host,
        "form": form,
        "agreement": in_force,
        "is_open": is_open,
        "means": words.MEANS,
        "if_someone_is_hurt": words.IF_SOMEONE_IS_HURT,
        # Whom to call is for people who have said who they are: anybody can type an address.
        "plan": BreakoutPlan.of(event) if host.is_email_confirmed else None,
        "tell_url": host_page.tell_url(event),
        "is_held": topic.hosts.holding_the_room().exclude(pk=host.pk).exists(),
    }
    return render(request, "breakouts/host_agreement.html", context)


def _say_no(request: HttpRequest, host: Host) -> HttpResponse:
    try:
        host_departures.step_down(host)
    except NoLongerPossible:
        return as_it_stands(request, host)
    messages.success(request, _("Thank you for answering."))
    return redirect(host)


def _say_what_came_of_it(request: HttpRequest, host: Host) -> None:
    if host.is_hosting:
        messages.success(request, _("The room is yours. Thank you!"))
    elif words.was_overtaken(host):
        messages.info(request, _("Somebody was faster by a moment."))
    else:
        messages.success(request, _("Thank you. Your address is confirmed."))


def _about(topic: Topic, now: datetime) -> dict[str, Any]:
    event = topic.event
    return {
        "topic": topic,
        "event": event,
        "room": words.room(topic),
        "session": next_session(event, now),
    }
