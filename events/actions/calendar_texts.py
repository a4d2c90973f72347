"""Keeps what is made of an event and its dates in step with them: the texts that feeds join, the words of the search."""

from functools import cache

from django.utils import timezone

from events.calendars.vevent import session_vevent
from events.models import Event, Session, with_new_rules
from events.models.zone_rules import are_new_since
from kit import languages
from kit.joins import joins
from kit.markdown import plain
from kit.text import searchable
from kit.written_once import Asked, WrittenOnce
from people.languages import hub_language


def rewrite(event: Event, *, moved: set[int] | frozenset[int] = frozenset(), all_moved: bool = False) -> None:
    """Write the kept text of every session of an event again, in the hub's language, in the transaction of the change.

    SEQUENCE rises for sessions whose date, place or status changed (`moved`: their pks; RFC 5545 §3.8.7.4);
    LAST-MODIFIED rises for all. Of a draft calendars are told nothing: one that was taken back (`all_moved`) leaves its
    last words there, whatever becomes of its dates.
    """
    event = _with_all_it_tells(event.pk)
    if event.is_public or all_moved:
        _write_sessions(event, moved, all_moved=all_moved)
    _write_search_text(event)


def _write_sessions(event: Event, moved: set[int] | frozenset[int], *, all_moved: bool) -> None:
    now = timezone.now()
    with languages.speaking(hub_language):
        for session in event.sessions.all():
            session.event = event
            if all_moved or session.pk in moved:
                session.sequence += 1
            # LAST-MODIFIED, and what tells a feed that it is another one, though only its venue's name changed.
            session.changed_at = now
            session.vevent = session_vevent(session)
    Session.objects.bulk_update(event.sessions.all(), ["sequence", "changed_at", "vevent"])


def rewrite_search_text(event: Event) -> None:
    """Write what the search finds once more, when something changed that no calendar tells: a recap was published, or
    taken back."""
    _write_search_text(_with_all_it_tells(event.pk))


def _write_search_text(event: Event) -> None:
    words = [event.title, event.summary, plain(event.description), event.facilitators, event.group.name]
    words += [session.title for session in event.sessions.all()] + [tag.name for tag in event.tags.all()]
    words += [
        place.name for place in {event.venue, *(session.venue for session in event.sessions.all())} if place
    ]
    words += [text for found in joins.SEARCHED for text in found(event)]
    # Else whoever guesses a passcode could ask the search whether it is one.
    public = event.for_everyone(" ".join(words))
    Event.objects.filter(pk=event.pk).update(search_text=searchable(public))


def _with_all_it_tells(event_id: int) -> Event:
    found: Event | None = _all_it_tells().first(event=event_id, since=are_new_since())
    return found or Event.objects.get(pk=event_id)  # which says that it is gone


@cache
def _all_it_tells() -> WrittenOnce:
    events = with_new_rules(Event.objects.select_related("group", "venue", "series"), since=Asked("since"))
    return WrittenOnce(
        events.prefetch_related("sessions__venue", "tags", "in_place").filter(pk=Asked("event"))
    )
