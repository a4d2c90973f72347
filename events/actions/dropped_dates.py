"""Taking a date out of an event. Of a date that people could see something must be left for their calendars."""

from django.db.models import Max
from django.utils import timezone

from events.calendars.vevent import dropped_vevent
from events.models import DroppedDate, Session
from kit import languages
from kit.joins import joins
from people.languages import hub_language


def drop(session: Session) -> None:
    """Delete a session. Were calendars ever told of it, they are told that it is cancelled. Called inside the
    transaction of events.actions.events.save_sessions, which tells people."""
    if session.vevent:
        # It is newer than what anybody's own calendar has of it.
        alone = session.attendances.aggregate(most=Max("calendar_changes"))["most"]
        session.sequence += alone or 0
        DroppedDate.objects.create(
            event=session.event,
            title=session.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            uid=session.uid,
            vevent=_last_words(session),  # raises the sequence
            sequence=session.sequence,
        )
    for follow in joins.DATE_DROPPED:
        follow(session)
    session.delete()


def _last_words(session: Session) -> str:
    if not session.event.is_public:
        return session.vevent  # said when it was taken back
    # Programs take a cancellation only when it is newer than what they have (RFC 5545 §3.8.7.4).
    session.sequence += 1
    session.changed_at = timezone.now()
    with languages.speaking(hub_language):
        return dropped_vevent(session)
