""" "Please take that out." Who asked is written nowhere: not in the row, not in the mail, not in the recap."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from breakouts.actions import notices, recaps
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, RecapPart, RoomNote, TakeOut, Topic
from breakouts.models.lines import bare, digest, without
from events.actions import calendar_texts
from events.models import Event, Registration
from people.models import Person


@transaction.atomic
def ask(registration: Registration, words: str, topic: Topic | None) -> TakeOut:
    """Keep what somebody asks to leave out, in own words: an organiser reads them, does it, and then the words go.
    Raises NoLongerPossible."""
    event = _begun(registration)
    row = TakeOut.objects.create(event=event, topic=topic, words=words, was_published=_is_published(event))
    notices.tell_organisers(event, "take-out", about=row.pk, occasion="first")
    return row


@transaction.atomic
def take_lines(registration: Registration, lines: Mapping[int, Collection[str]]) -> int:
    """Lines of the published recap (their names, by the key of the topic) go at once; from the notes too, where they
    stand as they are. Organisers are told that something went, not what. Returns from how many rooms. Raises
    NoLongerPossible, also when none of them stands there any more."""
    event = _begun(registration)
    if not _is_published(event):
        raise NoLongerPossible
    parts = recaps.shown_parts(event).select_related("topic")
    if not (number := sum(_take_from(part, event, lines.get(part.topic_id, ())) for part in parts)):
        raise NoLongerPossible
    return number


@transaction.atomic
def done(row: TakeOut, *, by: Person) -> None:
    """Note that an organiser has seen to it: the words go, the line of the log stays. Raises NoLongerPossible when it
    was done before."""
    row.event.locked()
    row = TakeOut.objects.select_for_update().get(pk=row.pk)
    if row.is_done:
        raise NoLongerPossible
    row.words, row.done_at, row.done_by = "", timezone.now(), by
    row.save()


def may_ask(registration: Registration) -> bool:
    """Whether somebody may ask: whoever had a place, once the event has begun."""
    starts_at = registration.event.starts_at
    return registration.has_place and starts_at is not None and starts_at <= timezone.now()


def _take_from(part: RecapPart, event: Event, digests: Collection[str]) -> int:
    text = without(part.text, digests)
    sentence = "" if bare(part.sentence) and digest(part.sentence) in digests else part.sentence
    if (text, sentence) == (part.text, part.sentence):
        return 0
    now = timezone.now()
    part.text, part.sentence, part.changed_at, part.changed_by = text, sentence, now, None
    part.save()
    calendar_texts.rewrite_search_text(event)
    for note in part.topic.notes.all():
        _take_from_note(note, digests)
    row = TakeOut.objects.create(event=event, topic=part.topic, was_published=True, done_at=now)
    notices.tell_organisers(event, "take-out", about=row.pk, occasion="first")
    return 1


def _take_from_note(note: RoomNote, digests: Collection[str]) -> None:
    texts = {part: without(getattr(note, part), digests) for part in RoomNote.PARTS}
    if any(getattr(note, part) != text for part, text in texts.items()):
        for part, text in texts.items():
            setattr(note, part, text)
        # A page that is open somewhere does not bring it back unseen.
        note.version += 1
        note.save()


def _begun(registration: Registration) -> Event:
    event = registration.event.locked()
    fresh = Registration.objects.get(pk=registration.pk)
    fresh.event = event
    if not may_ask(fresh) or BreakoutPlan.of(event) is None:
        raise NoLongerPossible
    return event


def _is_published(event: Event) -> bool:
    plan = BreakoutPlan.of(event)
    return plan is not None and plan.has_recap
