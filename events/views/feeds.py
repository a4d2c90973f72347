"""Calendar files: to be fetched once, or again and again by programs that have no cookies and no patience.

Nothing here looks at who is asking. What has not changed is answered 304 after one look into the database.
"""

from collections.abc import Callable, Mapping
from functools import wraps
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

from events.actions import personal_feeds
from events.calendars.published import (
    Stamp,
    dropped_in_feeds,
    file_of,
    personal_text,
    registrations_of,
    sessions_in_feeds,
    stamp_of,
    stamp_of_registrations,
    text_of,
)
from events.links import by_link
from events.models import PersonalFeed, Registration, Session, Tag
from events.models.session import DateQuerySet, SessionQuerySet
from events.pages import series
from events.pages.filters import AgendaFilter
from kit import languages
from kit.http import FOR_ANY_CACHE, FOR_ONE_BROWSER, same_for_everyone
from mail.compose import absolute
from people.languages import hub_language
from people.models import Group, Hub

View = Callable[..., HttpResponse]
OF_EVERYONE = {"Cache-Control": FOR_ANY_CACHE}
OF_ONE_PERSON = {
    "Cache-Control": FOR_ONE_BROWSER,
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


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
def feed(request: HttpRequest) -> HttpResponse:
    """The calendar, or the part of it that the agenda's filter leaves, under a name of its own."""
    hub = Hub.current()
    if not request.GET:  # nearly always, and every few minutes: not even a form is made
        return _feed(request, _all, name=hub.name, zone=hub.time_zone)
    wanted = AgendaFilter.asked(request.GET)

    def chosen(dates: DateQuerySet) -> DateQuerySet:
        # Nobody may search in what was taken off the calendar.
        return wanted.narrow(dates.on_the_calendar() if "q" in wanted.chosen else dates)

    name = _named(hub, ", ".join(wanted.words()))
    return _feed(request, chosen, name=name, query=wanted.query, zone=hub.time_zone)


@same_for_everyone
@calendar_file
def group_feed(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.approved(), slug=slug)
    return _feed(
        request, lambda dates: dates.filter(event__group=group), name=group.name, zone=group.time_zone
    )


@same_for_everyone
@calendar_file
def series_feed(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(series.FOLLOWED.select_related("group"), slug=slug)
    found.events.withhold(found)
    return _feed(
        request,
        lambda dates: dates.filter(event__series=found),
        name=found.title,
        zone=found.group.time_zone,
    )


@same_for_everyone
@calendar_file
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    tag, hub = get_object_or_404(Tag, slug=slug), Hub.current()
    name = _named(hub, tag.name)
    return _feed(request, lambda dates: dates.filter(event__tags=tag), name=name, zone=hub.time_zone)


@same_for_everyone
@calendar_file
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every date of an event, to be imported."""
    return _download(request, Session.objects.filter(event__slug=slug), slug)


@same_for_everyone
@calendar_file
def session_ics(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _download(request, Session.objects.filter(event__slug=slug, number=number), f"{slug}-{number}")


@calendar_file
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything one person is registered for. Whoever has the address can read it, so it leads to no page of theirs
    but the door, and a wrong or taken back one looks like any other missing page."""
    own = get_object_or_404(PersonalFeed.objects.with_token(token).select_related("person"))
    # A GET changes nothing, and this does not either: it is the access log that the person is shown ("last used
    # on"), written at most once a day, and nothing is ever decided by it.
    personal_feeds.note_use(own)
    with languages.speaking(own.person.language):
        return _personal(request, own)


@require_safe
@by_link
def registration_ics(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The dates of the event that one is registered for, to be imported once, with the way to the door."""
    own = Registration.objects.filter(pk=registration.pk)
    stamp = stamp_of_registrations(own, timezone.now())
    slug = registration.event.slug
    with languages.speaking(registration.language):
        return _answer(
            request,
            stamp,
            lambda: file_of(registration),
            filename=slug,
            as_attachment=True,
            headers=OF_ONE_PERSON,
        )


def _personal(request: HttpRequest, own: PersonalFeed) -> HttpResponse:
    hub, now = Hub.current(), timezone.now()
    name, registrations = _("My events: %(hub)s") % {"hub": hub.name}, registrations_of(own)
    stamp = stamp_of_registrations(registrations, now, name, hub.time_zone, own.reminds_minutes_before)

    def write() -> bytes:
        return personal_text(
            registrations, now, remind_minutes=own.reminds_minutes_before, name=name, zone=hub.time_zone
        )

    return _answer(request, stamp, write, filename="my-events", headers=OF_ONE_PERSON)


def _named(hub: Hub, part: str) -> str:
    return f"{hub.name}: {part}" if part else hub.name


def _all(dates: DateQuerySet) -> DateQuerySet:
    return dates


def _feed(
    request: HttpRequest,
    narrow: Callable[[DateQuerySet], DateQuerySet],
    *,
    name: str,
    zone: str,
    query: str = "",
) -> HttpResponse:
    """The dates that `narrow` leaves, and those among them that were taken out of their events."""
    now = timezone.now()
    address = absolute(f"{request.path}?{query}" if query else request.path)
    description = _("Events on %(site)s") % {"site": absolute(reverse("events:home"))}
    head = {"name": name, "description": description, "source_url": address, "zone": zone}
    sessions = narrow(sessions_in_feeds(now))
    stamp = stamp_of(sessions, now, head)
    return _answer(
        request, stamp, lambda: text_of(sessions, narrow(dropped_in_feeds(now)), **head), filename=name
    )


def _download(request: HttpRequest, sessions: SessionQuerySet, filename: str) -> HttpResponse:
    public = sessions.public()
    if not public.exists():
        raise Http404
    stamp = stamp_of(public, timezone.now())
    return _answer(request, stamp, lambda: text_of(public), filename=filename, as_attachment=True)


def _answer(
    request: HttpRequest,
    stamp: Stamp,
    write: Callable[[], bytes],
    *,
    filename: str,
    as_attachment: bool = False,
    headers: Mapping[str, str] = OF_EVERYONE,
) -> HttpResponse:
    """The file, or 304 when the program has it already (RFC 9110 §13)."""
    changed_at = int(stamp.changed_at.timestamp())
    response = get_conditional_response(request, etag=stamp.etag, last_modified=changed_at)
    if response is None:
        response = HttpResponse(write(), content_type="text/calendar; charset=utf-8")
        disposition = content_disposition_header(as_attachment, f"{slugify(filename) or 'calendar'}.ics")
        response["Content-Disposition"] = disposition or "inline"
    for name, value in {"ETag": stamp.etag, "Last-Modified": http_date(changed_at), **headers}.items():
        response[name] = value
    return response
