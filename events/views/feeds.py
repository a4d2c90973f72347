"""Feeds: to be fetched once, or again and again by programs that have no cookies and no patience.

Nothing here looks at who is asking. What has not changed is answered 304 after one look into the database. Beside each
public calendar stand the same dates as RSS and as JSON, which pages of other sites may read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.calendars.choosing import Entry, entries_of
from events.calendars.feed import calendar_text
from events.calendars.published import (
    Counting,
    Stamp,
    dates_of_event,
    dropped_in_feeds,
    midnight,
    sessions_in_feeds,
    stamp_of,
    text_of,
)
from events.calendars.rss_and_json import About, json_of, rss_of
from events.models import Event, Session, Tag
from events.models.session import DateQuerySet, SessionQuerySet
from events.pages import series
from events.pages.filters import AgendaFilter, narrowed
from kit import languages
from kit.http import FOR_ANY_CACHE, FOR_OTHER_SITES, same_for_everyone
from mail.compose import absolute
from people.languages import hub_language
from people.models import Group, Hub

View = Callable[..., HttpResponse]
Narrow = Callable[[DateQuerySet], DateQuerySet]
# What a feed holds, and what was taken out of it.
Dates = tuple[DateQuerySet, DateQuerySet]
CALENDAR, RSS, JSON = "ics", "rss", "json"
TYPES = {
    CALENDAR: "text/calendar; charset=utf-8",
    RSS: "application/rss+xml; charset=utf-8",
    JSON: "application/feed+json; charset=utf-8",
}
OF_EVERYONE = {"Cache-Control": FOR_ANY_CACHE}


@dataclass(frozen=True)
class Feed:
    """What a public feed is called and where people read the same: `page`, with `query` for a part of the list."""

    name: str
    zone: str
    page: str
    query: str = ""


def calendar_file(view: View) -> View:
    """Mark a view as a file for programs: no sign-in, and 405 rather than a lesson about CSRF for whatever is not
    reading.

    In the hub's language, as the kept texts are: what a program asks for says nothing about its reader.
    """

    @wraps(view)
    def speak(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with languages.speaking(hub_language):
            return view(request, *args, **kwargs)

    return csrf_exempt(login_not_required(require_safe(speak)))


@same_for_everyone
@calendar_file
def feed(request: HttpRequest, form: str = CALENDAR) -> HttpResponse:
    """The calendar, or the part of it that the agenda's filter leaves, under a name of its own."""
    hub, page = Hub.current(), reverse("events:agenda")
    if not request.GET:  # nearly always, and every few minutes: not even a form is made
        return _feed(request, form, Feed(hub.name, hub.time_zone, page), _all)
    wanted = AgendaFilter.asked(request.GET)
    about = Feed(_named(hub, ", ".join(wanted.words())), hub.time_zone, page, wanted.query)
    if wanted.not_found:
        return _feed(request, form, about, lambda dates: dates.none())
    counting = _counting_a_part(midnight(timezone.now()), tuple(wanted.chosen.items()))
    return _feed(request, form, about, partial(_part, wanted.chosen), counting)


def _part(chosen: Mapping[str, str], dates: DateQuerySet) -> DateQuerySet:
    # Nobody may search in what was taken off the calendar.
    return narrowed(dates.on_the_calendar() if "q" in chosen else dates, chosen)


@lru_cache(maxsize=200)
def _counting_a_part(today: datetime, chosen: tuple[tuple[str, str], ...]) -> Counting:
    """Written once a day for what programs follow: to write it takes longer than all that is asked."""
    return Counting.of(_part(dict(chosen), sessions_in_feeds(today)))


@same_for_everyone
@calendar_file
def group_feed(request: HttpRequest, slug: str, form: str = CALENDAR) -> HttpResponse:
    group = get_object_or_404(Group.objects.approved(), slug=slug)
    about = Feed(group.name, group.time_zone, group.get_absolute_url())
    return _feed(request, form, about, lambda dates: dates.filter(event__group=group))


@same_for_everyone
@calendar_file
def series_feed(request: HttpRequest, slug: str, form: str = CALENDAR) -> HttpResponse:
    found = get_object_or_404(series.FOLLOWED.select_related("group"), slug=slug)
    found.events.withhold(found)
    about = Feed(found.title, found.group.time_zone, found.get_absolute_url())
    return _feed(request, form, about, lambda dates: dates.filter(event__series=found))


@same_for_everyone
@calendar_file
def tag_feed(request: HttpRequest, slug: str, form: str = CALENDAR) -> HttpResponse:
    tag, hub = get_object_or_404(Tag, slug=slug), Hub.current()
    page = reverse("events:agenda", query={"tag": tag.slug})
    about = Feed(_named(hub, tag.name), hub.time_zone, page)
    return _feed(request, form, about, lambda dates: dates.filter(event__tags=tag))


@same_for_everyone
@calendar_file
def event_feed(request: HttpRequest, slug: str, form: str = CALENDAR) -> HttpResponse:
    """One event to be followed, whatever becomes of it: a date that is taken out, or the whole event, is told as
    cancelled. Whoever has the address of an unlisted one can follow it too."""
    event = get_object_or_404(Event.objects.filter(published_at__isnull=False), slug=slug)
    event.withhold()
    name = event.title if event.is_public else Hub.current().name
    about = Feed(name, event.time_zone, event.get_absolute_url())
    dates = dates_of_event(event)
    return _answer_with(request, form, about, dates[0], lambda: dates)


@same_for_everyone
@calendar_file
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every date of an event, to be imported."""
    return _download(request, Session.objects.filter(event__slug=slug), slug)


@same_for_everyone
@calendar_file
def session_ics(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _download(request, Session.objects.filter(event__slug=slug, number=number), f"{slug}-{number}")


def _named(hub: Hub, part: str) -> str:
    return f"{hub.name}: {part}" if part else hub.name


def _all(dates: DateQuerySet) -> DateQuerySet:
    return dates


def _feed(
    request: HttpRequest, form: str, about: Feed, narrow: Narrow, counting: Counting | None = None
) -> HttpResponse:
    """The dates that `narrow` leaves, and those among them that were taken out of their events. `counting`: where the
    statement that counts them is written already."""
    now = timezone.now()

    def dates() -> Dates:
        return narrow(sessions_in_feeds(now)), narrow(dropped_in_feeds(now))

    return _answer_with(request, form, about, counting or narrow(sessions_in_feeds(now)), dates)


def _answer_with(
    request: HttpRequest, form: str, about: Feed, counted: DateQuerySet | Counting, dates: Callable[[], Dates]
) -> HttpResponse:
    """`dates` are asked when the feed is written."""
    now = timezone.now()
    query = f"?{about.query}" if about.query else ""
    address = absolute(f"{request.path}{query}")
    stamp = stamp_of(counted, now, form, about, address)

    def write() -> bytes:
        entries = entries_of(*dates(), now, stamp.number, name=address)
        return WRITERS[form](about, entries, address)

    headers = OF_EVERYONE if form == CALENDAR else OF_EVERYONE | FOR_OTHER_SITES
    return answer(request, stamp, write, filename=about.name, form=form, headers=headers)


def _calendar(about: Feed, entries: list[Entry], address: str) -> bytes:
    return calendar_text(
        vevents=[entry.vevent for entry in entries],
        zones={entry.zone for entry in entries},
        zone=about.zone,
        name=about.name,
        description=_description(),
        source_url=address,
    )


def _rss(about: Feed, entries: list[Entry], address: str) -> bytes:
    return rss_of(_about(about, address), entries)


def _json(about: Feed, entries: list[Entry], address: str) -> bytes:
    return json_of(_about(about, address), entries)


WRITERS: Mapping[str, Callable[[Feed, list[Entry], str], bytes]] = {
    CALENDAR: _calendar,
    RSS: _rss,
    JSON: _json,
}


def _about(about: Feed, address: str) -> About:
    page = absolute(f"{about.page}?{about.query}" if about.query else about.page)
    path, _dot, rest = address.rpartition(".")
    query = rest.partition("?")[2]
    calendar = f"{path}.{CALENDAR}" + (f"?{query}" if query else "")
    return About(about.name, _description(), page, address, calendar)


def _description() -> str:
    return _("Events on %(site)s") % {"site": absolute(reverse("events:home"))}


def _download(request: HttpRequest, sessions: SessionQuerySet, filename: str) -> HttpResponse:
    public = sessions.public()
    if not public.exists():
        raise Http404
    stamp = stamp_of(public, timezone.now())
    return answer(request, stamp, lambda: text_of(public), filename=filename, as_attachment=True)


def answer(
    request: HttpRequest,
    stamp: Stamp,
    write: Callable[[], bytes],
    *,
    filename: str,
    form: str = CALENDAR,
    as_attachment: bool = False,
    headers: Mapping[str, str] = OF_EVERYONE,
) -> HttpResponse:
    """The file, or 304 when the program has it already (RFC 9110 §13)."""
    changed_at = int(stamp.changed_at.timestamp())
    response = get_conditional_response(request, etag=stamp.etag, last_modified=changed_at)
    if response is None:
        response = HttpResponse(write(), content_type=TYPES[form])
        disposition = content_disposition_header(as_attachment, f"{slugify(filename) or 'calendar'}.{form}")
        response["Content-Disposition"] = disposition or "inline"
    for name, value in {"ETag": stamp.etag, "Last-Modified": http_date(changed_at), **headers}.items():
        response[name] = value
    return response
