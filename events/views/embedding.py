"""Lists and events for a frame on another website: no cookie, no script, no form. Links open in the whole window."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Session, Tag
from events.models.session import SessionQuerySet
from events.pages.agenda import ON_THE_CALENDAR, lines_of, page_of
from events.pages.filters import AgendaFilter
from events.pages.lines import Tells
from kit.http import framed_page
from people.models import Group
from people.requests import hub_of

ON_A_LIST = 12
OF_AN_EVENT = Session.objects.public().for_lists()


@framed_page
@require_safe
def embedded(request: HttpRequest) -> HttpResponse:
    """What is to come, or what a filter leaves of it."""
    wanted = AgendaFilter.asked(request.GET)
    words = ", ".join(wanted.words())
    more = reverse("events:agenda") + (f"?{wanted.query}" if wanted.query else "")
    return _list(request, wanted.narrow(ON_THE_CALENDAR), heading=words or hub_of(request).name, more=more)


@framed_page
@require_safe
def embedded_group(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.approved(), slug=slug)
    sessions = ON_THE_CALENDAR.filter(event__group=group)
    return _list(request, sessions, heading=group.name, more=group.get_absolute_url())


@framed_page
@require_safe
def embedded_tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    more = reverse("events:agenda", query={"tag": slug})
    return _list(request, ON_THE_CALENDAR.filter(event__tags=tag), heading=tag.name, more=more)


@framed_page
@require_safe
def embedded_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event by its next date; once it is over, by all of them."""
    sessions = OF_AN_EVENT.filter(event__slug=slug)
    to_come = sessions.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")[:1]
    rows, tells = list(to_come), Tells.NEXT_DATE
    if not rows:
        rows, tells = list(sessions.order_by("-starts_at", "-pk")[:1]), Tells.WHOLE
    if not rows:
        raise Http404
    lines = lines_of(rows, hub_of(request).time_zone, tells)
    context = {
        "heading": lines[0].title,
        "more": lines[0].url,
        "more_words": _("More about it, and registering"),
    }
    return _answer(request, {"lines": lines, "is_one": True} | context)


def _list(request: HttpRequest, sessions: SessionQuerySet, *, heading: str, more: str) -> HttpResponse:
    page = page_of(sessions.next_of_each_event(), None, hub_of(request).time_zone, size=ON_A_LIST)
    context = {"lines": page.lines, "heading": heading, "more": more, "more_words": _("All events")}
    return _answer(request, context)


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "events/embedded.html", context)
    # A page that lets nothing else of other hosts in may still show this one.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
