"""All that the page of one event shows, for its public address and for the organisers' preview of a draft."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from allyhub.markdown import render as markdown
from allyhub.times import local
from events import closed, event_page
from events.actions.pictures import size
from events.availability import Availability
from events.calendars.links import event_links, subscribe_links
from events.models import Event
from events.schema_org import event_json
from mail.compose import absolute
from people.models import Hub


def context_of(event: Event, hub: Hub, now: datetime, *, viewer_zone: str = "") -> dict[str, Any]:
    """For templates/events/event.html. `event` is one of event_page.events_for_their_page(), with at least a date."""
    room = Availability.of(event, taken=event.taken, waiting=event.waiting, now=now)
    is_over = room.state in {"past", "cancelled"}
    context = {
        "event": event,
        "room": room,
        "why_closed": closed.words(event, room.state),
        "tags": event.tags.all(),
        "dates": event_page.dates_of(event, now),
        "all_dates": event_page.all_dates_words(event),
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
    context["json_ld"] = event_json(event, picture_url=context.get("picture_url", ""))
    return context


def _texts(event: Event, hub: Hub) -> dict[str, Any]:
    own = event.group.guiding_values
    return {
        "description": markdown(event.description),
        "access_note": markdown(event.access_note),
        "values_words": event_page.values_words(own or hub.guiding_values),
        "values_anchor": event.group.slug if own else "",
    }


def _picture(event: Event) -> dict[str, Any]:
    if not event.picture:
        return {}
    name = event.picture.name.rpartition("/")[2]
    return {"picture_url": reverse("events:picture", args=[name]), "picture_size": size(name)}


def _to_come(event: Event, room: Availability, now: datetime) -> dict[str, Any]:
    """What is of use while there is still something to come."""
    file_url = absolute(reverse("events:event_ics", args=[event.slug]))
    sessions = list(event.sessions.all())
    today = local(now, event.time_zone).date()
    may_ask = room.is_open or room.state == "not_yet"
    return {
        "follow": subscribe_links(file_url, event.title),
        "copies": event_links(sessions[0]) if len(sessions) == 1 else None,
        "deadlines": event_page.deadlines(event, today) if may_ask else [],
    }
