"""Keeps Session.vevent, the text that feeds join, in step with what it tells."""

from django.db.models import Prefetch
from django.utils import timezone

from events.calendars.vevent import session_vevent
from events.models import AccessInPlace, Event, Session
from people.languages import speaking_the_hubs


def rewrite(event: Event, *, moved: set[int] | frozenset[int] = frozenset(), all_moved: bool = False) -> None:
    """Write the kept text of every session of an event again, in the hub's language, in the transaction of the change.

    SEQUENCE rises for sessions whose date, place or status changed (`moved`: their pks; RFC 5545 §3.8.7.4);
    LAST-MODIFIED rises for all.
    """
    now = timezone.now()
    event = _with_all_it_tells(event.pk)
    with speaking_the_hubs():
        for session in event.sessions.all():
            session.event = event
            if all_moved or session.pk in moved:
                session.sequence += 1
            session.changed_at = now
            session.vevent = session_vevent(session)
    Session.objects.bulk_update(event.sessions.all(), ["sequence", "changed_at", "vevent"])


def _with_all_it_tells(event_id: int) -> Event:
    in_place = Prefetch("in_place", AccessInPlace.objects.all())
    events = Event.objects.select_related("group", "venue", "series")
    return events.prefetch_related("sessions__venue", "tags", in_place).get(pk=event_id)
