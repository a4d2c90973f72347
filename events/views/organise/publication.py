"""Showing an event to everyone, now or later; taking it back, throwing a draft away."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.actions import news, publishing, readiness
from events.forms.organise.publication import PublishLaterForm, WhoFindsItForm, published_words
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.pages import embedding
from events.permissions import event_run_by
from kit.joins import joins
from kit.meanwhile import NothingChanged, say_nothing_was_done
from kit.times import moment_words
from mail.compose import absolute
from people.actions.hub_status import mail_works
from people.requests import SignedIn


@reading_or_sending
def publication(request: SignedIn, slug: str) -> HttpResponse:
    """Publishing. Before: what is missing, and the button. Afterwards: the addresses to pass on."""
    event = event_run_by(request.user, slug)
    if not event.is_draft:
        say_nothing_was_done(request, _("The event has been published before."))
        return show_page(request, event, "organise/published.html", {"addresses": _addresses(event)})
    form = WhoFindsItForm(_sent(request), event=event, mail_works=mail_works())
    if form.is_valid():
        try:
            event = publishing.publish(event, is_unlisted=form.cleaned_data["is_unlisted"])
        except readiness.NotReady:
            pass  # the page shows what is missing
        else:
            messages.success(request, published_words(event))
            return redirect("organise:publication", event.slug)
    context = {
        "form": form,
        "missing": _missing(event),
        "asked": get_text_list(joins.names_asked_at_publishing(event), _("and")),
        "news": news.wanting(event.group).values("person").distinct().count(),
    }
    return show_page(request, event, "organise/publication.html", context)


@reading_or_sending
def publication_later(request: SignedIn, slug: str) -> HttpResponse:
    """The moment at which the clock publishes a draft. What is missing can still be done until then."""
    event = event_run_by(request.user, slug)
    if not event.is_draft:
        say_nothing_was_done(request, _("The event has been published before."))
        return redirect("organise:event", event.slug)
    if request.method == "POST" and "never" in request.POST:
        return _set_moment(request, event, None, is_unlisted=event.is_unlisted)
    form = PublishLaterForm(_sent(request), event=event, mail_works=mail_works())
    if form.is_valid():
        typed = form.cleaned_data
        return _set_moment(request, event, typed["moment"], is_unlisted=typed["is_unlisted"])
    context = {"form": form, "missing": _missing(event)}
    return show_page(request, event, "organise/publication_later.html", context)


@require_POST
def listing(request: SignedIn, slug: str) -> HttpResponse:
    """Let everyone find an event that only those found who had its link."""
    event = event_run_by(request.user, slug)
    try:
        publishing.put_on_the_calendar(event)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("The event is on the calendar. Everyone can find it now."))
    return redirect("organise:publication" if event.is_public else "organise:event", event.slug)


@reading_or_sending
def taking_back(request: SignedIn, slug: str) -> HttpResponse:
    """Make a draft of an event again while nobody counts on it."""
    event = event_run_by(request.user, slug)
    if request.method != "POST":
        is_possible = event.is_published and not event.is_past() and not publishing.people_count_on(event)
        return show_page(request, event, "organise/taking_back.html", {"is_possible": is_possible})
    try:
        publishing.take_back(event)
    except publishing.NoLongerTheirs:
        say_nothing_was_done(request, _("Somebody counts on the event by now. You can cancel it instead."))
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("A draft again. Nobody sees it but the organisers of your group."))
    return redirect("organise:event", event.slug)


@reading_or_sending
def removal(request: SignedIn, slug: str) -> HttpResponse:
    """Throw a draft away that nobody has seen."""
    event = event_run_by(request.user, slug)
    if request.method != "POST":
        return show_page(request, event, "organise/removal.html", {})
    group, title = event.group, event.title
    if publishing.delete_draft(event):
        messages.success(request, _("The draft “%(title)s” is gone.") % {"title": title})
        return redirect("organise:group", group.slug)
    messages.warning(request, _("This event has been published. Cancel it instead: its page then says why."))
    return redirect("organise:event", event.slug)


def _sent(request: SignedIn) -> Any:
    return request.POST if request.method == "POST" else None


def _set_moment(
    request: SignedIn, event: Event, moment: datetime | None, *, is_unlisted: bool
) -> HttpResponse:
    try:
        publishing.publish_later(event, moment, is_unlisted=is_unlisted)
    except NothingChanged:
        say_nothing_was_done(request, _("The event has been published before."))
        return redirect("organise:event", event.slug)
    if moment:
        when = moment_words(moment, event.group.time_zone)
        messages.success(request, _("It will be published on %(when)s.") % {"when": when})
    else:
        messages.success(request, _("It stays a draft until somebody publishes it."))
    return redirect("organise:event", event.slug)


def _missing(event: Event) -> list[dict[str, str]]:
    return [
        {"words": reason.words, "url": reverse(f"organise:event_{reason.where}", args=[event.slug])}
        for reason in readiness.problems_before_publishing(event)
    ]


def _addresses(event: Event) -> list[dict[str, str]]:
    named = (
        ("page", _("The event's page"), absolute(event.get_absolute_url())),
        ("file", _("The event as a calendar file"), absolute(reverse("events:event_ics", args=[event.slug]))),
        (
            "feed",
            _("Calendar of all events of %(group)s, to subscribe to") % {"group": event.group},
            absolute(reverse("events:group_feed", args=[event.group.slug])),
        ),
        ("website", _("Code that shows the event on another website"), embedding.code_for_event(event)),
        (
            "website-of-group",
            _("Code that shows all events of %(group)s there") % {"group": event.group},
            embedding.code_for_group(event.group),
        ),
    )
    return [{"id": f"address-{key}", "label": label, "value": value} for key, label, value in named]
