"""The floor: a bare Django view with three indexed queries, served by the same web server on the same database.

Also the two floors of calendars: writing a thousand events as strings, and a view with one query; the floor of what
phones ask again and again: a 304 after one query; and that of a registration: a lock, a count and a row.
"""

import gc
import os
import sys
from secrets import token_hex
from typing import Any

import django
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_protect

EVENT = "\r\n".join(
    [
        "BEGIN:VEVENT",
        "UID:{uid}",
        "DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        "LAST-MODIFIED:{changed:%Y%m%dT%H%M%SZ}",
        "DTSTART;TZID=Europe/London:{starts:%Y%m%dT%H%M%S}",
        "DTEND;TZID=Europe/London:{ends:%Y%m%dT%H%M%S}",
        "SUMMARY:{title}",
        "DESCRIPTION:{description}",
        "LOCATION:Online",
        "URL:https://bench.example/events/{slug}/",
        "SEQUENCE:{sequence}",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "",
    ]
)


def three_queries(request: HttpRequest) -> HttpResponse:
    from events.models import Event

    event = Event.objects.get(slug="bench")
    sessions = list(event.sessions.all())
    taken = event.registrations.filter(state="confirmed").count()
    return HttpResponse(f"<h1>{event.title}</h1>{len(sessions)} {taken}")


def one_query(request: HttpRequest) -> HttpResponse:
    from events.models import Event

    return HttpResponse(Event.objects.get(slug="bench").title)


def one_query_304(request: HttpRequest) -> HttpResponse:
    from events.models import Event

    version = f'"{Event.objects.get(slug="bench").changed_at.timestamp()}"'
    if request.META.get("HTTP_IF_NONE_MATCH") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    return HttpResponse("new", headers={"ETag": version})


@csrf_protect
def one_more(request: HttpRequest) -> HttpResponse:
    """Nobody is told, nothing is looked at, and nobody is turned away."""
    from events.models import Event, Registration

    with transaction.atomic():
        event = Event.objects.select_for_update().get(slug="register-bare")
        taken = event.registrations.filter(state="confirmed").count()
        if event.capacity and taken < event.capacity:
            email = f"{token_hex(8)}@example.org"
            Registration.objects.create(
                event=event, name=request.POST["name"], email=email, state="confirmed"
            )
    return HttpResponseRedirect("/three/")


def strings(request: HttpRequest) -> HttpResponse:
    from events.models import Session

    columns = (
        "uid",
        "changed_at",
        "starts_at",
        "ends_at",
        "sequence",
        "event__title",
        "event__slug",
        "event__description",
    )
    rows = Session.objects.order_by("starts_at").values_list(*columns)[:1000]
    body = "".join(_event(row) for row in rows)
    return HttpResponse(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n", content_type="text/calendar"
    )


def _event(row: tuple[Any, ...]) -> str:
    uid, changed, starts, ends, sequence, title, slug, description = row
    return EVENT.format(
        uid=uid,
        changed=changed,
        starts=starts,
        ends=ends,
        title=title.replace(",", "\\,"),
        slug=slug,
        description=description.replace(",", "\\,").replace("\n", "\\n"),
        sequence=sequence,
    )


urlpatterns = [
    path("three/", three_queries),
    path("one/", one_query),
    path("one-304/", one_query_304),
    path("strings/", strings),
    path("one-more/", one_more),
]


def serve(port: int, threads: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allyhub.settings")
    django.setup()  # with the hub's middleware, for which allauth looks; the floor itself has none
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = "bench.floor"
    import waitress
    from django.core.wsgi import get_wsgi_application

    from allyhub.web_server import TURN_SECONDS

    application = get_wsgi_application()
    gc.collect()
    gc.freeze()  # as the hub does, like the next
    sys.setswitchinterval(TURN_SECONDS)
    waitress.serve(application, host="127.0.0.1", port=port, threads=threads)


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
