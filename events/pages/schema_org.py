"""An event as search engines read it (schema.org Event, JSON-LD). Public words only: the place of an online event is
its page, never its meeting."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from events.models import Event, Session
from kit.times import are_whole_days, machine_time, whole_days
from mail.compose import absolute, page_url

SCHEMA = "https://schema.org"
MODES = {
    Event.Format.ONLINE: f"{SCHEMA}/OnlineEventAttendanceMode",
    Event.Format.IN_PERSON: f"{SCHEMA}/OfflineEventAttendanceMode",
    Event.Format.BOTH: f"{SCHEMA}/MixedEventAttendanceMode",
}
STATUS = {
    Event.State.CANCELLED: f"{SCHEMA}/EventCancelled",
    Event.State.POSTPONED: f"{SCHEMA}/EventPostponed",
}
# As in Django's json_script: nothing in the text can end the script element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def event_json(event: Event, *, picture_url: str = "") -> SafeString:
    """An event for the inside of a <script type="application/ld+json">. Its sessions are loaded, with their places."""
    text = json.dumps({"@context": SCHEMA, **_event(event, picture_url)}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped on this line)


def _event(event: Event, picture_url: str) -> dict[str, Any]:
    sessions, address = list(event.sessions.all()), absolute(event.get_absolute_url())
    group_address = page_url("events:group", event.group.slug)
    told = {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": event.title,
        "description": event.summary,
        "image": picture_url and absolute(picture_url),
        "eventStatus": STATUS.get(Event.State(event.state), f"{SCHEMA}/EventScheduled"),
        "eventAttendanceMode": MODES[Event.Format(event.format)],
        "location": _locations(event, sessions[:1]),
        "organizer": {"@type": "Organization", "name": event.group.name, "url": group_address},
        "maximumAttendeeCapacity": event.capacity,
        **_times(event, sessions),
    }
    if len(sessions) > 1:
        told["subEvent"] = [_session(event, session) for session in sessions]
    return {name: value for name, value in told.items() if value}


def _session(event: Event, session: Session) -> dict[str, Any]:
    name = session.title or event.title
    return {
        "@type": "Event",
        "name": name,
        "location": _locations(event, [session]),
        **_times(event, [session]),
    }


def _times(event: Event, sessions: list[Session]) -> dict[str, str]:
    if not sessions:
        return {}
    last = max(sessions, key=lambda session: session.ends_at)
    if are_whole_days(sessions[0].starts_at, last.ends_at, event.time_zone):
        first_day, last_day = whole_days(sessions[0].starts_at, last.ends_at, event.time_zone)
        return {"startDate": first_day.isoformat(), "endDate": last_day.isoformat()}
    return {
        "startDate": machine_time(sessions[0].starts_at, event.time_zone),
        "endDate": machine_time(last.ends_at, event.time_zone),
    }


def _locations(event: Event, sessions: list[Session]) -> list[dict[str, str]]:
    places = [session.place for session in sessions if session.place and event.is_in_person]
    there = [{"@type": "Place", "name": p.name, "address": p.address.replace("\n", ", ")} for p in places]
    online = (
        [{"@type": "VirtualLocation", "url": absolute(event.get_absolute_url())}] if event.is_online else []
    )
    return [*online, *there]
