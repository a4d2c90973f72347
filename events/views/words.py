"""Pages that explain: how to follow the calendar, what we do for access, what we stand for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.calendars.links import subscribe_links
from events.models import AccessOffer, Event
from events.pages import embedding, series, values_in_force
from events.pages.filters import AgendaFilter
from kit.http import public_page
from mail.compose import absolute
from people.models import Group
from people.requests import hub_of


@public_page
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """How to follow all events, or those that a filter in the address leaves. To what nobody knows there is nothing to
    subscribe: the page says so, and offers the whole calendar."""
    hub, asked = hub_of(request), AgendaFilter.asked(request.GET)
    wanted = AgendaFilter.asked({}) if asked.not_found else asked
    name = ", ".join([hub.name, *wanted.words()])
    all_series = list(series.LISTED.all())
    Event.objects.withhold(*all_series)
    context: dict[str, Any] = {
        "filter": wanted,
        "not_found": asked.not_found,
        "name": name,
        "feeds": _feeds(wanted),
        "code": embedding.code_for(embedding.address_of_list(wanted.chosen), name),
        "links": subscribe_links(absolute(_feed(wanted)), name),
        "groups": wanted.to_choose("group"),
        "tags": wanted.to_choose("tag"),
        "series": all_series,
    }
    return render(request, "events/subscribe.html", context)


@public_page
@require_safe
def access_promise(request: HttpRequest) -> HttpResponse:
    context = {"offers": AccessOffer.objects.all()}
    return render(request, "events/access_promise.html", context)


@public_page
@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """The guiding values of the hub, and of groups that have others; each with what was in force before."""
    hub = hub_of(request)
    others = Group.objects.approved().exclude(guiding_values__in=["", hub.guiding_values])
    in_force, groups = values_in_force.of_hub_and_groups(hub, others)
    return render(request, "events/values.html", {"in_force": in_force, "groups": groups})


def _feeds(wanted: AgendaFilter) -> dict[str, str]:
    """The addresses of a feed in each of its forms."""
    return {"calendar": _feed(wanted), "rss": _feed(wanted, "rss"), "json": _feed(wanted, "json")}


def _feed(wanted: AgendaFilter, *form: str) -> str:
    """The address of a feed. A group and a tag have one of their own, which stays short and says what it is."""
    chosen, which = wanted.chosen, "feed_as" if form else "feed"
    if chosen.keys() == {"group"}:
        return reverse(f"events:group_{which}", args=[chosen["group"], *form])
    if chosen.keys() == {"tag"}:
        return reverse(f"events:tag_{which}", args=[chosen["tag"], *form])
    return reverse(f"events:{which}", args=form, query=chosen or None)
