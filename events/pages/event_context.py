"""All that the page of one event shows, for its public address and for the organisers' preview of a draft."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.actions import places
from events.actions.pictures import size
from events.calendars.links import EventLinks, event_links, subscribe_links
from events.models import Closed, Event, Session
from events.models.registration import Places
from events.pages import closed, event_page
from events.pages.availability import Availability
from events.pages.schema_org import event_json
from kit.markdown import render as markdown
from kit.times import local
from mail.compose import absolute
from people.models import Hub


def context_of(event: Event, hub: Hub, now: datetime, *, viewer_zone: str = "") -> dict[str, Any]:
    """What templates/events/event.html shows. `event` is one of event_page.with_all_it_shows()."""
    event_page.load_parts(event)
    nobody_asks = event.registration_closed_because(now) in {Closed.OVER, Closed.CANCELLED}
    numbers = Places() if nobody_asks else places.of_events([event.pk])[event.pk]
    room = Availability.of(event, numbers, now)
    dates = event_page.dates_of(event, now)
    is_over = room.reason in {Closed.OVER, Closed.CANCELLED}
    context = {
        "event": event,
        "room": room,
        "why_closed": closed.registration_notice(event, room.reason).words if room.reason else "",
        "dates": dates,
        "all_dates": event_page.all_dates_words(event) if len(dates) > 1 else "",
        "month": local(event.starts_at or now, event.time_zone),
        "where": event_page.where(event),
        "places": event_page.places_of(event),
        "in_place": event_page.in_place_words(event, hub),
        "next_date": event_page.next_date(event) if is_over else None,
        "is_over": is_over,
        "viewer_zone": viewer_zone,
        **_texts(event, hub),
        **_picture(event),
        **({} if is_over else _to_come(event, room, now)),
    }
    context["version"] = _version(event)
    context["json_ld"] = _json_ld(event, context.get("picture_url", ""), context["version"])
    return context


def _version(event: Event) -> tuple:
    """A mark that is another one whenever the page tells something else of the event and its dates."""
    changes = (session.changed_at for session in event.sessions.all())
    # Whatever changes them moves `changed_at` of each date (events.actions.calendar_texts).
    return get_language(), event.seal_id, event.changed_at, *changes


@lru_cache(maxsize=500)
def _json_ld(event: Event, picture_url: str, version: tuple) -> SafeString:
    return event_json(event, picture_url=picture_url)


@lru_cache(maxsize=500)
def _copies(session: Session, version: tuple) -> EventLinks:
    return event_links(session)


def _texts(event: Event, hub: Hub) -> dict[str, Any]:
    values = event.group.guiding_values or hub.guiding_values
    return {
        "description": markdown(event.description),
        "access_note": markdown(event.access_note),
        "values_lines": event_page.first_lines(values),
        "values_anchor": event.group.slug if values != hub.guiding_values else "",
    }


def _picture(event: Event) -> dict[str, Any]:
    if not event.picture:
        return {}
    name = (event.picture.name or "").rpartition("/")[2]
    return {"picture_url": reverse("events:picture", args=[name]), "picture_size": size(name)}


def _to_come(event: Event, room: Availability, now: datetime) -> dict[str, Any]:
    """What is of use only while there is still something to come."""
    file_url = absolute(reverse("events:event_ics", args=[event.slug]))
    sessions = list(event.sessions.all())
    today = local(now, event.time_zone).date()
    may_ask = room.is_open or room.reason is Closed.NOT_YET
    return {
        "follow": subscribe_links(file_url, event.title),
        "copies": _copies(sessions[0], _version(event)) if len(sessions) == 1 else None,
        "deadlines": event_page.deadlines(event, today) if may_ask else [],
    }
