"""Somebody's own calendar files: all they are registered for, to be followed, and one event, to be imported."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.actions import personal_feeds
from events.calendars.published import file_of, personal_text, registrations_of, stamp_of_feed, stamp_of_file
from events.links import by_link
from events.models import PersonalFeed, Registration
from events.views.feeds import answer, calendar_file
from kit import languages
from kit.http import FOR_ONE_BROWSER
from people.models import Hub

FEED_OF = PersonalFeed.objects.select_related("person").by_token()
OF_ONE_PERSON = {
    "Cache-Control": FOR_ONE_BROWSER,
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@calendar_file
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything one person is registered for. Whoever has the address can read it, so it leads to no page of theirs
    but the door, and a wrong or taken back one looks like any other missing page."""
    own = FEED_OF(token)
    if own is None:
        raise Http404
    # A GET changes nothing, and this does not either: it is the access log that the person is shown ("last used
    # on"), written at most once a day, and nothing is ever decided by it.
    personal_feeds.note_use(own)
    with languages.speaking(own.person.language):
        return _personal(request, own)


@require_safe
@by_link
def registration_ics(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The dates of the event that one is registered for, to be imported once, with the way to the door."""
    stamp = stamp_of_file(registration, timezone.now())
    slug = registration.event.slug
    with languages.speaking(registration.language):
        return answer(
            request,
            stamp,
            lambda: file_of(registration),
            filename=slug,
            as_attachment=True,
            headers=OF_ONE_PERSON,
        )


def _personal(request: HttpRequest, own: PersonalFeed) -> HttpResponse:
    hub, now = Hub.current(), timezone.now()
    name = _("My events: %(hub)s") % {"hub": hub.name}
    stamp = stamp_of_feed(own, now, name, hub.time_zone, own.reminds_minutes_before)

    def write() -> bytes:
        return personal_text(
            registrations_of(own),
            now,
            remind_minutes=own.reminds_minutes_before,
            name=name,
            zone=hub.time_zone,
            is_followed=True,
        )

    return answer(request, stamp, write, filename="my-events", headers=OF_ONE_PERSON)
