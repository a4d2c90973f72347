"""A new event, from what one page says of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import events, quotas, venues
from events.models import Event, Session, Venue
from events.models.event import EventQuerySet
from people.models import Person

# Pressed again so soon is one event, not two; a draft that was looked at is the one that is published then.
PRESSED_TWICE_WITHIN = timedelta(minutes=1)
SAME_DRAFT_WITHIN = timedelta(days=1)
# What the page does not show is as at the group's last event.
AS_LAST_TIME = ("time_zone", "takes_registrations", "asks_first", "volunteers_count")
WRITTEN = (
    *("title", "kind", "summary", "description", "format", "venue", "capacity", "has_waiting_list"),
    *("join_address", "join_help"),
)
Span = tuple[datetime | None, datetime | None]


@transaction.atomic
def make(
    typed: Event,
    *,
    span: Span,
    new_venue: str,
    in_place: Mapping[str, str],
    like: Event | None,
    copied: bool,
    by: Person,
) -> Event:
    """A draft of what was `typed`, in what it does not say like an earlier event: of one that is `copied` all settings
    come along. `new_venue` is a name, and after a comma its address. Pressed twice is one event; a draft that was looked
    at is written anew."""
    event = _made_before(typed, span, by)
    if event and not event.is_draft:
        return event
    event = event or events.create(
        typed.group, title=typed.title, by=by, copy_of=like if like and copied else None
    )
    as_last_time = AS_LAST_TIME if like else ()
    for name in WRITTEN:
        setattr(event, name, getattr(typed, name))
    for name in as_last_time:
        setattr(event, name, getattr(like, name))
    event.venue = venue_named(event, new_venue) if event.is_in_person else None
    fitting = {option.code for group in event.access_groups() for option in group.options}
    kept = {code: note for code, note in in_place.items() if code in fitting}
    events.save(event, fields=[*WRITTEN, *as_last_time], in_place=kept)
    _write_date(event, span)
    if like and copied:
        quotas.share_again(event, like)
    return event


def last_event(events_of_group: EventQuerySet) -> Event | None:
    """The one that others are made like: the last to be published, else the last draft."""
    by_date = events_of_group.with_dates().order_by("-first_starts_at", "-created_at")
    public = by_date.filter(state__in=Event.PUBLIC, first_starts_at__isnull=False).first()
    return public or events_of_group.order_by("-created_at").first()


def _made_before(typed: Event, span: Span, by: Person) -> Event | None:
    """What this very page has made already: the same title and date, from the same person."""
    now = timezone.now()
    same = Event.objects.filter(group=typed.group, title=typed.title, created_by=by)
    draft = same.filter(state=Event.State.DRAFT, created_at__gte=now - SAME_DRAFT_WITHIN)
    just_now = same.filter(state=Event.State.PUBLISHED, created_at__gte=now - PRESSED_TWICE_WITHIN)
    found = (draft.order_by("-pk").first(), just_now.first())
    return next((event for event in found if event and event.starts_at in (span[0], None)), None)


def venue_named(event: Event, typed: str) -> Venue | None:
    """The venue of its group of this name and, after a comma, address: made where there is none. Without a name the one
    that the event has."""
    if not typed:
        return event.venue
    name, _comma, address = (part.strip() for part in typed.replace("\n", ",").partition(","))
    where = {"group": event.group, "name": name[:120], "address": address or name}
    return Venue.objects.filter(**where).first() or venues.save(Venue(**where))


def _write_date(event: Event, span: Span) -> None:
    starts_at, ends_at = span
    if starts_at and ends_at:
        session = event.sessions.first() or Session(event=event)
        session.starts_at, session.ends_at = starts_at, ends_at
        events.save_sessions(event, saved=[session])
