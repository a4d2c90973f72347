"""From when on everyone sees an event. Nothing else makes one public; how it is called off stands in
events.actions.calling_off."""

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_texts, news, readiness
from events.actions.readiness import NotReady
from events.models import Event
from kit.joins import joins


@transaction.atomic
def publish(event: Event) -> Event:
    """Show the event to everyone. Raises NotReady."""
    event = event.locked()
    if event.is_public:
        return event
    if reasons := readiness.problems_before_publishing(event):
        raise NotReady(reasons)
    was_published_before = event.published_at is not None
    event.state, event.published_at = Event.State.PUBLISHED, timezone.now()
    _save_state(event)
    # Calendars that had it before must see something newer.
    calendar_texts.rewrite(event, all_moved=was_published_before)
    if not was_published_before:
        news.tell(event)
    for also in joins.PUBLISHED:
        also(event)
    return event


@transaction.atomic
def delete_draft(event: Event) -> bool:
    """Delete a draft that nobody has seen; a published event is cancelled instead. Returns whether it was deleted."""
    event = event.locked()
    if not event.is_draft or event.published_at or event.registrations.exists():
        return False
    event.sessions.all().delete()
    event.delete()
    return True


def _save_state(event: Event) -> None:
    event.changed_at = timezone.now()
    event.save(update_fields=["state", "published_at", "changed_at"])
