"""Notes of rooms, as they are taken. Besides this module only breakouts.actions.take_outs writes RoomNote."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Helper, HelperRole, Host, RoomNote, Topic
from events.models import Event
from kit.meanwhile import unless_changed

Writer = Helper | Host
TAKEN_OFF = {Helper.Ended.REMOVED, Host.Ended.REMOVED}

# After the last date; then they are read only, until they are forgotten.
OPEN_FOR = timedelta(days=30)
# Digits: with one more a number may be beyond the 64 bits of a database.
LONGEST_NUMBER = 18


class NothingWritten(Exception):
    """Refused: nobody can be done with notes that hold not a word."""


@transaction.atomic
def save(
    writer: Writer, topic: Topic, texts: Mapping[str, str], *, version: int, finish: bool = False
) -> RoomNote:
    """Keep what was typed; `version` is that of the text it was typed over. The same words again change nothing, so a
    page that never heard our answer can send them once more. Raises ChangedMeanwhile, NothingWritten,
    NoLongerPossible."""
    writer.event.locked()
    now = timezone.now()
    if not may_write(writer, now):
        raise NoLongerPossible
    note = note_of(writer, topic) or RoomNote(topic=topic, **_owner(writer))
    is_new = any(getattr(note, part) != texts[part] for part in RoomNote.PARTS)
    if is_new and note.pk:
        unless_changed(version, note.version, now=note)
    if finish and not any(texts.values()):
        raise NothingWritten
    if is_new:
        _write(note, texts, now)
    if finish and not note.is_finished:
        note.finished_at = now
        note.save()
    return note


def note_of(writer: Writer, topic: Topic) -> RoomNote | None:
    return topic.notes.filter(**_owner(writer)).first()


def room_of(writer: Writer, asked: str = "", *, is_writing: bool = False) -> Topic | None:
    """The room whose notes this writer opens: `asked` (its number in our tables) if they have notes there, else the one
    that is theirs now. A page that was opened before they were given another room still saves what was typed on it.
    None when they have no room."""
    written = Q(notes__in=RoomNote.objects.filter(**_owner(writer)))
    theirs = Q(state=Topic.State.ACCEPTED) if writes(writer) else Q(pk=None)
    now_theirs = theirs & Q(pk=writer.topic_id)
    rooms = writer.event.topics.order_by("-notes__changed_at")
    if asked.isdecimal() and len(asked) < LONGEST_NUMBER:
        found = rooms.filter(written | (theirs if is_writing else now_theirs), pk=int(asked)).first()
        if found:
            return found
    return rooms.filter(now_theirs).first() or rooms.filter(written).first()


def writes(writer: Writer) -> bool:
    """Whether somebody writes notes at all: hosts of a room, and note-takers."""
    if isinstance(writer, Host):
        return writer.is_hosting
    return writer.is_helping and writer.role.kind == HelperRole.Kind.NOTES


def may_write(writer: Writer, now: datetime) -> bool:
    """Whether somebody writes in this room. Whoever stepped down, or was given another room, may finish what they
    began; whoever was taken off writes no more."""
    return writer.ended_because not in TAKEN_OFF and are_open(writer.event, now)


def are_open(event: Event, now: datetime) -> bool:
    return event.is_published and (event.ends_at is None or now < event.ends_at + OPEN_FOR)


def _write(note: RoomNote, texts: Mapping[str, str], now: datetime) -> None:
    for part in RoomNote.PARTS:
        setattr(note, part, texts[part])
    note.version += 1
    note.changed_at = now
    note.save()


def _owner(writer: Writer) -> dict[str, Writer]:
    return {"host" if isinstance(writer, Host) else "helper": writer}
