"""What the page of a room's notes shows, and what organisers see of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from breakouts.actions import notes
from breakouts.actions.note_reminders import FINISH_WITHIN, NUDGE
from breakouts.actions.notes import Writer
from breakouts.models import BreakoutPlan, RecapPart, RoomNote, TakeOut, Topic
from events.models import Event

NOTES_OF_TOPIC = RoomNote.objects.select_related("helper", "host")


@dataclass(frozen=True)
class Beside:
    """What stands beside a question of the form: who wrote it, and the text."""

    who: str
    text: str
    is_own: bool = False


@dataclass(frozen=True)
class RoomOfNotes:
    """One room on the organisers' page. `words` and `tone` say how far its notes are."""

    topic: Topic
    notes: list[RoomNote]
    part: RecapPart | None
    take_outs: int

    @property
    def is_finished(self) -> bool:
        return any(note.is_finished for note in self.notes)

    @property
    def words(self) -> str:
        if self.is_finished:
            return _("Finished")
        return _("Writing") if self.notes else _("Not begun")

    @property
    def tone(self) -> str:
        return "moss" if self.is_finished else "sea" if self.notes else "plain"

    @property
    def sentences(self) -> list[str]:
        return [note.sentence for note in self.notes if note.sentence]

    @property
    def part_words(self) -> str:
        if self.part is None:
            return _("Not written yet")
        return _("Ready") if self.part.is_checked else _("Not ready: its tick is missing")


def of_writer(writer: Writer, topic: Topic, note: RoomNote | None, now: datetime) -> dict[str, Any]:
    """What a note-taker's page shows, but for the form."""
    event = writer.event
    plan = BreakoutPlan.of(event)
    ends_at = plan.rooms_over_at if plan else event.ends_at
    return {
        "event": event,
        writer.LINK: writer,
        "topic": topic,
        "note": note,
        "ends_at": ends_at,
        "nudge_at": ends_at - NUDGE if ends_at else None,
        "is_time_for_sentence": ends_at is not None and ends_at - NUDGE <= now < ends_at,
        "is_after": ends_at is not None and ends_at <= now,
        "finish_by": ends_at + FINISH_WITHIN if ends_at else None,
        "is_open": notes.may_write(writer, now),
        "copy_key": f"room-notes/{writer.LINK}/{writer.pk}/{topic.pk}/",
        "others": others(topic, note),
    }


def others(topic: Topic, own: RoomNote | None) -> list[RoomNote]:
    """The notes that others wrote in the same room."""
    rows = NOTES_OF_TOPIC.filter(topic=topic)
    return [note for note in rows if note != own and not note.is_empty]


def questions(form: Any, theirs: Iterable[RoomNote], saved: RoomNote | None) -> list[dict[str, Any]]:
    """The fields of the form with what stands beside each: `saved` is the writer's own text when another page of
    theirs saved it."""
    return [
        {
            "field": form[part],
            "beside": [*_own(saved, form, part), *(Beside(who(n), getattr(n, part)) for n in theirs)],
        }
        for part in RoomNote.PARTS
    ]


def _own(saved: RoomNote | None, form: Any, part: str) -> list[Beside]:
    """The writer's saved text, where it differs from what was typed."""
    if saved is None or getattr(saved, part) == form[part].value():
        return []
    return [Beside(who(saved), getattr(saved, part), is_own=True)]


def who(note: RoomNote) -> str:
    return (note.writer and note.writer.name) or _("somebody who is no longer here")


def rooms_of(event: Event) -> list[RoomOfNotes]:
    topics = with_notes(event).order_by("number", "pk").select_related("recap_part")
    found = topics.prefetch_related(Prefetch("notes", NOTES_OF_TOPIC), "take_outs")
    return [_room(topic) for topic in sorted(found, key=lambda topic: topic.number is None)]


def with_notes(event: Event) -> "QuerySet[Topic]":
    """The rooms, and every former one of which there are notes."""
    return event.topics.filter(Q(state=Topic.State.ACCEPTED) | Q(notes__isnull=False)).distinct()


def waiting(event: Event) -> list[TakeOut]:
    """The requests to take something out that nobody has seen to yet."""
    return list(event.take_outs.filter(done_at=None).select_related("topic"))


def log(event: Event) -> list[TakeOut]:
    """The list of what was taken out, newest first; without the text, which is gone."""
    rows = event.take_outs.filter(done_at__isnull=False).select_related("topic")
    return list(rows.order_by("-done_at", "-pk"))


def _room(topic: Topic) -> RoomOfNotes:
    return RoomOfNotes(
        topic,
        [note for note in topic.notes.all() if not note.is_empty],
        getattr(topic, "recap_part", None),
        sum(not take_out.is_done for take_out in topic.take_outs.all()),
    )
