"""From when on everyone sees an event, and until when. Nothing else makes one public; how it is called off stands in
events.actions.calling_off."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_texts, news, organiser_notices, readiness
from events.actions.hearers import parts
from events.actions.readiness import NotReady
from events.models import Event
from kit.joins import joins
from kit.meanwhile import NothingChanged


class NoLongerTheirs(NothingChanged):
    """Refused: people count on the event already. It can be cancelled, so that they hear of it."""


@transaction.atomic
def publish(event: Event, *, is_unlisted: bool | None = None) -> Event:
    """Show the event to everyone, or to who has its link; None: as it was said before. Raises NotReady."""
    event = event.locked()
    if event.is_public:
        return event
    event.is_unlisted = event.is_unlisted if is_unlisted is None else is_unlisted
    if reasons := readiness.problems_before_publishing(event):
        raise NotReady(reasons)
    _show(event)
    return event


@transaction.atomic
def publish_later(event: Event, at: datetime | None, *, is_unlisted: bool) -> Event:
    """Let the clock publish a draft at that moment; None: only a press does. Raises NothingChanged when it is public."""
    event = event.locked()
    if not event.is_draft:
        raise NothingChanged
    event.publish_at, event.not_published_at, event.is_unlisted = at, None, is_unlisted
    _save(event, "publish_at", "not_published_at", "is_unlisted")
    return event


def publish_due() -> int:
    """Publish the drafts whose moment has come. For the clock. Returns how many."""
    due = Event.objects.filter(publish_at__lte=timezone.now()).order_by("publish_at", "pk")
    return sum(_publish_due(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def put_on_the_calendar(event: Event) -> Event:
    """Let everyone find what only those found who had the link. Raises NothingChanged when everyone does."""
    event = event.locked()
    if not (event.is_public and event.is_unlisted):
        raise NothingChanged
    event.is_unlisted = False
    _save(event, "is_unlisted")
    calendar_texts.rewrite(event)
    if event.is_published:
        news.tell(event)
    return event


@transaction.atomic
def take_back(event: Event) -> Event:
    """Make a draft of an event again, while nobody but its organisers has to do with it. Calendars that have its dates
    are told that they are off. Raises NoLongerTheirs, and NothingChanged when it is no event to come."""
    event = event.locked()
    if not event.is_published or event.is_past():
        raise NothingChanged
    if people_count_on(event):
        raise NoLongerTheirs
    event.state = Event.State.DRAFT
    _save(event, "state")
    calendar_texts.rewrite(event, all_moved=True)
    return event


def people_count_on(event: Event) -> bool:
    """Whether anybody ever registered, even if they left again, or hosts, helps, is asked or proposed something."""
    return event.registrations.exists() or bool(parts(event))


@transaction.atomic
def delete_draft(event: Event) -> bool:
    """Delete a draft that nobody has seen; a published event is cancelled instead. Returns whether it was deleted."""
    event = event.locked()
    if not event.is_draft or event.published_at or event.registrations.exists():
        return False
    event.sessions.all().delete()
    event.delete()
    return True


@transaction.atomic
def _publish_due(pk: int) -> bool:
    """Under the lock: whoever was faster, an organiser or another worker, has left nothing to do."""
    now = timezone.now()
    event = Event.objects.select_for_update().filter(pk=pk, publish_at__lte=now).first()
    if event is None:
        return False
    if readiness.problems_before_publishing(event):
        organiser_notices.not_published(event)
        event.publish_at, event.not_published_at = None, now
        _save(event, "publish_at", "not_published_at")
        return False
    _show(event)
    return True


def _show(event: Event) -> None:
    was_published_before = event.published_at is not None
    event.state, event.published_at = Event.State.PUBLISHED, timezone.now()
    event.publish_at = event.not_published_at = None
    _save(event, "state", "published_at", "publish_at", "not_published_at", "is_unlisted")
    # Calendars that had it before must see something newer.
    calendar_texts.rewrite(event, all_moved=was_published_before)
    if not event.is_unlisted:
        news.tell(event)
    for also in joins.PUBLISHED:
        also(event)


def _save(event: Event, *fields: str) -> None:
    event.changed_at = timezone.now()
    event.save(update_fields=[*fields, "changed_at"])
