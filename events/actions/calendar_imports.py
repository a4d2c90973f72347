"""Bringing in a partner's calendar: kept to be looked at, compared with what came of it before, taken as far as an
organiser chooses. New events become drafts; what is known by its UID is changed, never made twice.

Nothing of it publishes, calls off or deletes an event. Docs: decisions/0060-bringing-in-calendars.md.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from events.actions import events, new_event
from events.actions.behind_the_door import put_behind_the_door
from events.actions.calendar_standings import (
    MOST_DATES,
    Found,
    Standing,
    dates_to_come,
    span_written,
    standings,
    told,
)
from events.actions.partner_entries import Entry
from events.actions.readiness import NotReady
from events.models import CalendarImport, Event, ImportedEvent, Session
from kit.zones import offered_zone
from people.models import Group, Person

# So many are taken at a time: it is a second's work or two.
MOST_AT_ONCE = 50


@dataclass
class Taken:
    """What came of taking some: `refused` are those that would lack what everyone has to be able to read."""

    made: list[Event] = field(default_factory=list)
    changed: list[Event] = field(default_factory=list)
    refused: list[Found] = field(default_factory=list)


@transaction.atomic
def keep(group: Group, contents: Mapping[str, Any], *, key: UUID, by: Person) -> CalendarImport:
    """Keep what events.calendar_files read, to be looked at. Another one of theirs is forgotten."""
    _lock(group)
    if known := group.calendar_imports.filter(key=key).first():
        return known
    group.calendar_imports.filter(by=by).delete()
    entries = [Entry.cleaned(found).as_values for found in contents["events"]]
    kept = {"entries": entries, "home": offered_zone(contents["zone"]) or group.time_zone}
    kept |= {name: contents[name] for name in ("vevents", "others", "has_method")}
    return CalendarImport.objects.create(key=key, group=group, by=by, found=json.dumps(kept))


def forget(kept: CalendarImport) -> None:
    kept.delete()


@transaction.atomic
def take(kept: CalendarImport, numbers: Collection[int], *, zones: Mapping[str, str], by: Person) -> Taken:
    """Make drafts of the new ones among these, and change those that are known. `zones` answers what was asked. What
    cannot be chosen, or was taken a moment ago, is passed over."""
    _lock(kept.group)
    kept.zones = {**kept.zones, **zones}
    kept.save(update_fields=["zones"])
    taken = Taken()
    chosen = [found for found in standings(kept) if found.number in numbers and found.can_be_chosen]
    for found in chosen[:MOST_AT_ONCE]:
        if found.standing is Standing.NEW:
            taken.made.append(_make(kept, found, by))
        elif found.imported:
            try:
                with transaction.atomic():
                    taken.changed.append(_change(found.imported, found, kept))
            except NotReady:
                taken.refused.append(found)
    return taken


def _lock(group: Group) -> None:
    """Two who bring in the same calendar take turns."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _make(kept: CalendarImport, found: Found, by: Person) -> Event:
    entry = found.entry
    event = events.create(kept.group, title=entry.title, by=by)
    event.time_zone = found.zone
    event.summary, event.description = entry.summary, entry.description
    for way in entry.ways:
        put_behind_the_door(event, way)
    _put_place(event, entry)
    written = ["time_zone", "summary", "description", "format", "venue", "join_address", "join_help"]
    events.save(event, fields=written)
    sessions = {key: Session(starts_at=s, ends_at=e) for key, (s, e) in dates_to_come(found.spans).items()}
    events.save_sessions(event, saved=sessions.values())
    ImportedEvent.objects.create(
        group=kept.group,
        uid=entry.uid,
        event=event,
        sequence=entry.sequence,
        stamp=entry.stamp,
        told=told(entry, found.spans),
        dates={key: session.pk for key, session in sessions.items()},
    )
    return event


def _put_place(event: Event, entry: Entry) -> None:
    event.format = entry.format
    event.venue = new_event.venue_named(event, entry.where) if entry.where else None


def _change(imported: ImportedEvent, found: Found, kept: CalendarImport) -> Event:
    """Write what is otherwise in the calendar than it was there before; what organisers wrote besides stays."""
    event, entry = imported.event, found.entry
    before, said = imported.told, told(entry, found.spans)
    fields = [name for name in ("title", "description") if said[name] != before.get(name)]
    for name in fields:
        setattr(event, name, said[name])
    if said["where"] != before.get("where"):
        _put_place(event, entry)
        fields += ["format", "venue"]
    for way in entry.ways:
        put_behind_the_door(event, way)
    events.save(event, fields=[*fields, "join_address", "join_help"])
    dates = _change_dates(imported, found)
    imported.told, imported.dates = said, dates
    imported.sequence, imported.stamp, imported.changed_at = entry.sequence, entry.stamp, timezone.now()
    imported.save()
    return event


def _change_dates(imported: ImportedEvent, found: Found) -> dict[str, int]:
    """Move, add and take out dates; those that are over stay. Returns the new `ImportedEvent.dates`."""
    event, now = imported.event, timezone.now()
    before = imported.told.get("dates", {})
    pairs = _paired(imported, found)
    ours = {session.pk: session for session in event.sessions.all()}
    kept = {key: ours[pk] for key, pk in pairs.items() if pk in ours}
    written: dict[str, Session] = {}
    for key, span in dates_to_come(found.spans).items():
        if key not in kept and len(ours) + len(written) < MOST_DATES:
            written[key] = Session(starts_at=span[0], ends_at=span[1])
        elif key in kept and before.get(_key_of(imported, kept[key])) != span_written(span):
            kept[key].starts_at, kept[key].ends_at = span
            written[key] = kept[key]
    known = {pk for pk in imported.dates.values() if pk in ours}
    removed = [ours[pk] for pk in known - {one.pk for one in kept.values()} if ours[pk].ends_at > now]
    if written or removed:
        events.save_sessions(event, saved=written.values(), removed=removed)
    return {key: session.pk for key, session in {**kept, **written}.items()}


def _paired(imported: ImportedEvent, found: Found) -> dict[str, int]:
    """Which date of ours each date of the calendar is. Where all have new names, and are as many as before, all
    of them moved."""
    same = {key: pk for key, pk in imported.dates.items() if key in found.spans}
    new = sorted(dates_to_come(found.spans))
    if same or len(new) != len(imported.dates):
        return same
    return dict(zip(new, (imported.dates[key] for key in sorted(imported.dates)), strict=True))


def _key_of(imported: ImportedEvent, session: Session) -> str:
    return next((key for key, pk in imported.dates.items() if pk == session.pk), "")
