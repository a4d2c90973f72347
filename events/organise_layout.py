"""What all pages about one event share: the way back, the heading, the tabs."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.models import Event
from events.permissions import (
    event_run_by,
    event_with_people_of,
    is_part_only,
    may_read_access_needs,
    people_run_by,
)
from kit.joins import joins
from kit.meanwhile import say_nothing_was_done
from people.models import Group, Person
from people.requests import SignedIn

Crumb = tuple[str, str]
# Key, name of its address, words, how many, and how many of what as it is read aloud.
Tab = tuple[str, str, str, int | None, str]

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


def until_it_is_over(
    view: Callable[..., HttpResponse], found_by: Callable[[Person, str], Event] = event_run_by
) -> Callable[..., HttpResponse]:
    """A page about an event to come: for one that is over there is none, whatever an old tab sends. Its organisers are
    told why, and find what is left to do."""

    @wraps(view)
    def check(request: SignedIn, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        event = found_by(request.user, slug)
        if not event.is_past():
            return view(request, slug, *args, **kwargs)
        is_over = _("This event is over.")
        if request.method == "POST":
            say_nothing_was_done(request, is_over)
        else:
            messages.info(request, is_over)
        return redirect("organise:event", event.slug)

    return check


# The same of a page about people, which co-organisers have too.
while_people_come = partial(until_it_is_over, found_by=event_with_people_of)


def group_crumbs(group: Group) -> list[Crumb]:
    return [
        (reverse("organise:overview"), _("Organise")),
        (reverse("organise:group", args=[group.slug]), group.name),
    ]


def event_crumbs(event: Event) -> list[Crumb]:
    return [*_crumbs_above(event), (reverse("organise:event", args=[event.slug]), event.title)]


def people_crumbs(event: Event) -> list[Crumb]:
    return [*event_crumbs(event), (reverse("organise:registrations", args=[event.slug]), _("People"))]


def _crumbs_above(event: Event) -> list[Crumb]:
    """The group's page is not for co-organisers."""
    above = group_crumbs(event.group)
    return above[:1] if is_part_only(event) else above


def show_tab(
    request: SignedIn,
    event: Event,
    template: str,
    context: dict[str, Any],
    *,
    tab: str,
    live: int | None = None,
    **answer: Any,
) -> HttpResponse:
    """Answer with one of the pages that stand side by side under an event's heading. `live`: how many are
    registered, where the page knows it."""
    prefetch_related_objects([event], "sessions")
    frame = {
        "event": event,
        "crumbs": _crumbs_above(event),
        "tabs": tabs(request, event, tab, live),
        "session": next_session(event),
    }
    return render(request, template, frame | context, **answer)


def show_page(
    request: SignedIn, event: Event, template: str, context: dict[str, Any], **answer: Any
) -> HttpResponse:
    """Answer with a page one level below the event, with the way back to it."""
    return render(request, template, {"event": event, "crumbs": event_crumbs(event)} | context, **answer)


def tabs(request: SignedIn, event: Event, current: str, live: int | None = None) -> list[dict[str, Any]]:
    """The tabs of an event for somebody. The access board stands there for access leads alone."""
    if live is None:
        people = (
            people_run_by(request.user, event) if is_part_only(event) else event.registrations.not_erased()
        )
        live = people.live().count()
    named: list[Tab] = [
        ("overview", "organise:event", _("Overview"), None, ""),
        (
            "people",
            "organise:registrations",
            _("People"),
            live,
            ngettext("person registered", "people registered", live),
        ),
    ]
    messages_tab: Tab = ("messages", "organise:messages", _("Messages"), None, "")
    if is_part_only(event):
        named.append(messages_tab)
    else:
        named += [
            *(found for tab in joins.EVENT_TABS if (found := tab(event))),
            messages_tab,
            ("preview", "organise:preview", _("Preview"), None, ""),
        ]
    if not is_part_only(event) and may_read_access_needs(request.user, event):
        named.insert(2, ("access", "organise:access", _("Access needs"), None, ""))
    return [
        {
            "url": reverse(name, args=[event.slug]),
            "words": words,
            "count": count,
            "counted": counted,
            "is_current": key == current,
        }
        for key, name, words, count, counted in named
    ]


def next_session(event: Event) -> Any:
    """The next date, or the last one when all are over; None without any."""
    sessions, now = [*event.sessions.all()], timezone.now()
    session = next((one for one in sessions if one.ends_at > now), sessions[-1] if sessions else None)
    if session:
        session.event = event
    return session
