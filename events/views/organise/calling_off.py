"""Calling an event off, for good or until there is a new date, and calling it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import calling_off, changes
from events.actions.readiness import NotReady
from events.forms.organise.people import CallingOffForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import NotOpen, say_nothing_was_done
from people.requests import SignedIn

# What is true of an event when a press on an old page has lost its sense.
STANDS = {
    Event.State.DRAFT: gettext_lazy("The event is not published."),
    Event.State.PUBLISHED: gettext_lazy("The event takes place."),
    Event.State.CANCELLED: gettext_lazy("The event is cancelled."),
    Event.State.POSTPONED: gettext_lazy("The event is postponed."),
}
CANCELLED = gettext_lazy("The event is cancelled, and everyone who has to do with it is told.")
POSTPONED = gettext_lazy("The event is postponed, and everyone who has to do with it is told.")


@reading_or_sending
def cancellation(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    is_possible = event.is_published or event.is_postponed
    return _call_off(
        request, event, calling_off.cancel, CANCELLED, "organise/cancellation.html", is_possible=is_possible
    )


@reading_or_sending
def postponement(request: SignedIn, slug: str) -> HttpResponse:
    """Taking an event off its dates while nobody knows the new ones."""
    event = event_run_by(request.user, slug)
    template, is_possible = "organise/postponement.html", event.is_published
    return _call_off(request, event, calling_off.postpone, POSTPONED, template, is_possible=is_possible)


@reading_or_sending
def calling_back(request: SignedIn, slug: str) -> HttpResponse:
    """Letting an event take place after all: on the dates it has, or, once postponed, on new ones."""
    event = event_run_by(request.user, slug)
    if not event.is_called_off:
        return _nothing_to_do(request, event)
    if request.method == "POST":
        try:
            calling_off.call_back(event, by=request.user)
        except NotReady:
            pass  # the page shows what is in the way
        else:
            messages.success(
                request, _("The event takes place, and those who were told otherwise are told so.")
            )
            return redirect("organise:event", event.slug)
    since = event.called_off_at if event.is_cancelled else None
    waiting = changes.waiting(event)
    told = {*changes.hearers_of(event, told_since=since)} - {*waiting}
    context = {
        "in_the_way": _in_the_way(event),
        "told": len(told),
        "waiting": len(waiting),
        "off": calling_off.dates_off(event),
    }
    return show_page(request, event, "organise/calling_back.html", context)


def _call_off(
    request: SignedIn,
    event: Event,
    action: Callable[..., Event],
    words: Promise,
    template: str,
    *,
    is_possible: bool,
) -> HttpResponse:
    if not is_possible or event.is_past():
        return _nothing_to_do(request, event)
    form = CallingOffForm(
        request.POST if request.method == "POST" else None, is_for_good=action is calling_off.cancel
    )
    if form.is_valid():
        try:
            action(event, reason=form.cleaned_data["reason"], by=request.user)
        except NotOpen:
            return _nothing_to_do(request, event)
        messages.success(request, str(words))
        return redirect("organise:event", event.slug)
    return show_page(request, event, template, {"form": form, **_concerned(event)})


def _nothing_to_do(request: SignedIn, event: Event) -> HttpResponse:
    is_over = _("This event is over. Nobody was written to.") if event.is_past() else ""
    say_nothing_was_done(request, is_over or str(STANDS[Event.State(event.state)]))
    return redirect("organise:event", event.slug)


def _concerned(event: Event) -> dict[str, Any]:
    """How many are told, and how many are not, because nobody knows whether the address is theirs; and whether there is
    time for second thoughts."""
    return {
        "told": len(changes.hearers_of(event)),
        "not_told": event.registrations.live().with_unconfirmed_address().count(),
        "is_held": not changes.is_near(event, timezone.now()),
    }


def _in_the_way(event: Event) -> list[dict[str, str]]:
    return [
        {"words": reason.words, "url": reverse(f"organise:event_{reason.where}", args=[event.slug])}
        for reason in calling_off.what_is_in_the_way(event)
    ]
