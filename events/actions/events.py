"""Everything that changes an event as a whole: copying, moving dates, changing capacity. How it is published stands in
events.actions.publishing, how it is called off, and back, in events.actions.calling_off."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.actions import (
    calendar_texts,
    calling_off,
    changes,
    date_questions,
    dropped_dates,
    leaving,
    papers,
    quotas,
    readiness,
    timetable,
    ways,
)
from events.actions.readiness import NotReady
from events.actions.timetable import Dates, Time
from events.models import AccessInPlace, Event, Session, Tag
from events.models.places import pots_of
from kit import slugs
from people.models import Group, Person

TYPED_OF_SESSION = ["starts_at", "ends_at", "title", "agenda", "venue"]
# A change of one of these is a change of time or place for whoever is coming (RFC 5545 §3.8.7.4).
MOVING = {"venue", "format", "time_zone"}
PAGES = ("events:event", "events:event_ics", "organise:event")


class CapacityTooLow(Exception):
    """Refused: fewer places than are held, or than are kept for groups of people. `held` is how many."""

    def __init__(self, held: int, *, are_kept: bool = False) -> None:
        super().__init__(str(held))
        self.held, self.are_kept = held, are_kept


@transaction.atomic
def create(group: Group, *, title: str, by: Person, copy_of: Event | None = None) -> Event:
    """Make a draft. From an earlier event it takes the settings, never people, dates or the meeting address."""
    event = _copied(copy_of) if copy_of else Event(time_zone=group.time_zone)
    event.group, event.title, event.created_by = group, title, by
    slugs.insert(event, title, default="event", pages=PAGES)
    if copy_of:
        event.tags.set(copy_of.tags.all())
        AccessInPlace.objects.bulk_create(
            AccessInPlace(event=event, code=line.code, note=line.note) for line in copy_of.in_place.all()
        )
        papers.promise_again(event, copy_of)
        quotas.keep_again(event, copy_of)
    return event


@transaction.atomic
def save(
    event: Event,
    *,
    fields: Iterable[str],
    tags: Iterable[Tag] | None = None,
    in_place: Mapping[str, str] | None = None,
) -> Event:
    """Save what one of the organiser's pages changed. `in_place` holds codes of events.access_list and words.
    Raises CapacityTooLow when fewer places would be left than are held, and NotReady when everyone can see the event
    and it would lack what they need to know."""
    fields = set(fields)
    current = event.locked()
    changed = readiness.with_fields(current, event, fields)
    refuse_too_few(current, changed)
    readiness.refuse_taking_away(changed, readiness.missing(current))
    was = changes.Told.of(event)
    event.changed_at = timezone.now()
    # Only this page's fields: somebody else may be saving another page of the same event.
    event.save(update_fields=[*fields, "changed_at"])
    if current.has_two_ways and not event.has_two_ways:
        ways.end_two_ways(event)
    if tags is not None:
        event.tags.set(tags)
    if in_place is not None:
        _put_in_place(event, in_place)
    moved = any(getattr(event, name) != getattr(current, name) for name in MOVING & fields)
    calendar_texts.rewrite(event, all_moved=moved)
    changes.tell(event, was)
    # More places, or none counted any more: whoever waits is asked at once.
    leaving.offer_free_places(event)
    return event


def refuse_too_few(event: Event, changed: Event) -> None:
    """Raises CapacityTooLow when an event would have fewer places than are held. One that is more than full already
    (somebody was let in beyond, or hosts in a full room) may stay so: else nothing of it could be saved."""
    if changed.capacity is None or changed.capacity == event.capacity:
        return
    taken = changed.places().taken
    held = pots_of(changed).least if changed.has_quotas else taken
    if changed.capacity < held and (event.capacity is None or changed.capacity < event.capacity):
        raise CapacityTooLow(held, are_kept=held > taken)


@transaction.atomic
def touch(event: Event) -> None:
    """Write anew what calendars show, after something beside the event's own row changed (tags, access in place)."""
    Event.objects.filter(pk=event.pk).update(changed_at=timezone.now())
    calendar_texts.rewrite(event)


@transaction.atomic
def save_sessions(
    event: Event,
    *,
    saved: Iterable[Session],
    removed: Iterable[Session] = (),
    time_zone: str = "",
    times: Mapping[str, Time | None] | None = None,
) -> None:
    """Write new, changed and removed dates at once, and the zone they are told in. What has a time and hangs on them
    moves along, or becomes what `times` say (by Following.key). Limits become shorter. Everyone who has to do with the
    event is told of what moved, and whoever has a place is asked whether they can come. An event that was postponed
    takes place then. Raises NotReady when a date that everyone can see would be nowhere, or a postponed event keeps one
    that has passed."""
    current = event.locked()
    was, dates_before = changes.Told.of(current), Dates.of(current)
    lacked = readiness.missing(current)
    time_zone = time_zone or current.time_zone
    before = {session.pk: _when_and_where(session) for session in event.sessions.all()}
    for session in removed:
        session.event = current
        dropped_dates.drop(session)
    kept, new = _write(event, saved)
    moved = [session for session in kept if before[session.pk] != _when_and_where(session)]
    readiness.refuse_taking_away(current, lacked)
    _move_along(current, dates_before, time_zone, times)
    # In another zone every date is told in other words, so whoever is coming is told of all of them.
    if time_zone != dates_before.zone:
        moved = list(event.sessions.all())
    if current.is_postponed and (moved or new):
        moved += _take_place_then(current)
    calendar_texts.rewrite(event, moved={session.pk for session in moved})
    date_questions.ask(current, dates_before)
    is_told = changes.tell(current, was)
    if is_told:
        date_questions.tell_access_leads(current, timezone.now())
    if current.is_published:
        timetable.shorten_limits(current, timezone.now(), is_told=is_told)
    # It may have begun before, and be to come now.
    leaving.offer_free_places(current)


def _write(event: Event, saved: Iterable[Session]) -> tuple[list[Session], int]:
    """Write these dates. Returns those that were there before, and how many are new."""
    # Numbers stand in addresses: one that was given is never given again while a later one is there.
    number = max(event.sessions.values_list("number", flat=True), default=0)
    kept, new = [], 0
    for session in saved:
        if session.pk is None:
            new += 1
            session.event, session.number = event, number + new
            session.save()
        else:
            session.save(update_fields=TYPED_OF_SESSION)
            kept.append(session)
    return kept, new


def _when_and_where(session: Session) -> tuple[datetime, datetime, int | None]:
    return session.starts_at, session.ends_at, session.venue_id


def free_slug(title: str) -> str:
    """An address for an event's page that is not taken yet: "being-better-allies-2"."""
    return slugs.free_slug(Event, title, default="event", pages=PAGES)


COPIED = (
    "is_unlisted",
    "series",
    "venue",
    "summary",
    "description",
    "kind",
    "format",
    "time_zone",
    "facilitators",
    "content_note",
    "for_whom",
    "takes_registrations",
    "capacity",
    "has_waiting_list",
    "asks_first",
    "volunteers_count",
    "needs_every_date",
    "missed_date",
    "catch_up_task",
    "dates_to_complete",
    "catching_up_counts",
    "reminds_week_before",
    "reminds_day_before",
    "reminds_hours_before",
    "access_note",
)


def _copied(earlier: Event) -> Event:
    return Event(**{name: getattr(earlier, name) for name in COPIED})


def _take_place_then(event: Event) -> list[Session]:
    """Bring a postponed event back on the dates that were just written, and return those that had been off. Raises
    NotReady when one of them has passed."""
    if reasons := calling_off.what_is_in_the_way(event):
        raise NotReady(reasons)
    off = calling_off.dates_off(event)
    calling_off.bring_back(event, by=None)
    return off


def _put_in_place(event: Event, words: Mapping[str, str]) -> None:
    event.in_place.all().delete()
    AccessInPlace.objects.bulk_create(
        AccessInPlace(event=event, code=code, note=note) for code, note in words.items()
    )


def _move_along(event: Event, before: Dates, time_zone: str, typed: Mapping[str, Time | None] | None) -> None:
    now = timezone.now()
    after = Dates.of(event, zone=time_zone)
    followers = timetable.following(event, before, after, now)
    event.time_zone, event.changed_at = time_zone, now
    event.save(update_fields=["time_zone", "changed_at"])
    timetable.move(event, followers, typed)
