"""What organisers decide about topics. Each step reaches whoever proposed it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from breakouts.actions import closed_rooms, helpers, host_departures, hosts, note_takers, notices, rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.topics import part_from, write
from breakouts.models import Host, Placement, Proposer, RoomChoice, Topic, TopicStep
from events.models import Event
from events.models.registration import held_by
from kit.joins import joins
from people.models import Person

State = Topic.State
Step = TopicStep.Kind

PRESSED_TWICE_WITHIN = timedelta(minutes=1)


@transaction.atomic
def accept(topic: Topic, *, by: Person, words: str = "") -> Topic:
    """Make a topic the last room. Whoever proposed it and would host is asked for the host agreement; a co-host they
    named is asked too. Raises NoLongerPossible."""
    event, topic = hosts.lock(topic)
    _require_undecided(topic)
    _require_to_come(event)
    _require_nobody_kept_out(event, topic)
    topic.answer = words
    step = _make_room(event, topic, by=by, note=words)
    _ask_who_would_host(event, topic)
    notices.news_for_proposers(topic, step)
    rooms.rewrite_summary(event)
    return topic


@transaction.atomic
def add(event: Event, *, title: str, why: str = "", content_note: str = "", by: Person) -> Topic:
    """Make a room of an organiser's own topic; a host is wanted. Pressed twice is one room."""
    event = event.locked()
    since = timezone.now() - PRESSED_TWICE_WITHIN
    same = event.topics.accepted().filter(title=title, why=why, created_by=by, created_at__gte=since).first()
    if same:
        return same
    topic = Topic(event=event, title=title, why=why, content_note=content_note, created_by=by)
    _make_room(event, topic, by=by)
    rooms.rewrite_summary(event)
    return topic


@transaction.atomic
def edit(topic: Topic, *, by: Person, **fields: Any) -> Topic:
    """Set a room's words, seats or meeting address right, for an organiser; the words before are kept. Raises
    SeatsTooFew."""
    event, topic = hosts.lock(topic)
    before = (topic.title, topic.why, topic.content_note)
    _refuse_too_few_seats(topic, fields)
    for name, value in fields.items():
        setattr(topic, name, value)
    if before != (topic.title, topic.why, topic.content_note):
        topic.versions.create(title=before[0], why=before[1], content_note=before[2])
    topic.changed_at = timezone.now()
    topic.save()
    rooms.rewrite_summary(event)
    return topic


class ANamedContactDecides(NoLongerPossible):
    """Refused: whoever proposed it is kept out of the event for now."""


class SeatsTooFew(Exception):
    """Refused: more people have chosen the room than it would have seats. `taken` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


@transaction.atomic
def ask_for_change(topic: Topic, *, by: Person, words: str) -> Topic:
    """Send a proposal back, with words on what to change. Raises NoLongerPossible."""
    _event, topic = hosts.lock(topic)
    _require_undecided(topic)
    topic.answer = words
    step = write(topic, State.CHANGE_WANTED, Step.CHANGE_WANTED, note=words, by=by)
    notices.news_for_proposers(topic, step)
    return topic


@transaction.atomic
def decline(topic: Topic, *, by: Person, words: str) -> Topic:
    """Say no to a proposal, in words. Raises NoLongerPossible."""
    _event, topic = hosts.lock(topic)
    return _decline(topic, by=by, words=words)


@transaction.atomic
def set_aside(topic: Topic, *, by: Person, words: str) -> Topic:
    """Decline a proposal that attacks people: from now on only the named contacts can read its text. Raises
    NoLongerPossible."""
    event, topic = hosts.lock(topic)
    _require_undecided(topic)
    versions = [*topic.versions.values_list("title", "why", "content_note")]
    said = topic.steps.exclude(note="").values_list("note", flat=True)
    now = (topic.title, topic.why, topic.content_note)
    texts = [now, *versions, (topic.support,), *((note,) for note in said)]
    who = ", ".join(f"{proposer.name} <{proposer.email}>" for proposer in topic.proposers.all())
    joins.keep_in_confidence(
        event=event, text="\n\n".join("\n".join(filter(None, text)) for text in texts), who=who
    )
    topic.versions.all().delete()
    topic.steps.update(note="")  # our own words may have quoted it
    topic.title = topic.why = topic.content_note = topic.support = ""
    part_from(event, topic, by=by)
    return _decline(topic, by=by, words=words)


@transaction.atomic
def merge(topic: Topic, *, into: Topic, by: Person, words: str = "") -> Topic:
    """Make one room of two proposals that ask the same: all who proposed it and would host may co-host. Raises
    NoLongerPossible."""
    event, topic = hosts.lock(topic)
    _require_undecided(topic)
    _require_to_come(event)
    fresh = event.topics.exclude(pk=topic.pk).filter(pk=into.pk).first()
    if fresh is None or not (fresh.is_undecided or fresh.is_accepted):
        raise NoLongerPossible
    into, fresh.event = fresh, event
    topic.hosts.all().delete()
    topic.answer, topic.merged_into = words, into
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    step = write(topic, State.MERGED, Step.MERGED, note=words, by=by)
    notices.news_for_proposers(topic, step)
    if into.is_accepted:
        _ask_who_would_host(event, into)
        rooms.rewrite_summary(event)
    return into


@transaction.atomic
def fold(topic: Topic, *, by: Person, words: str = "") -> Topic:
    """Call a room off: everyone who has to do with it is told, and its people can choose again. Raises NoLongerPossible
    when it is no room."""
    event, topic = hosts.lock(topic)
    if not topic.is_accepted:
        raise NoLongerPossible
    heard = closed_rooms.hearers(topic)
    Placement.objects.filter(topic=topic).delete()
    RoomChoice.objects.filter(topic=topic).delete()
    host_departures.end_all(topic)
    before, topic.number = event.topics.accepted().count(), None
    _end(topic, State.FOLDED, Step.FOLDED, words=words, by=by)
    helpers.want_note_takers(event, before=before)
    note_takers.leave_closed_room(event, topic)
    closed_rooms.tell(event, topic, heard)
    rooms.rewrite_summary(event)
    return topic


@transaction.atomic
def move(topic: Topic, *, up: bool) -> Topic:
    """Let a room change places with the one before or after. Raises NoLongerPossible when there is none."""
    event, topic = hosts.lock(topic)
    in_order = list(event.topics.accepted())
    place = in_order.index(topic) if topic in in_order else -1
    other_place = place - 1 if up else place + 1
    if place < 0 or not 0 <= other_place < len(in_order):
        raise NoLongerPossible
    _swap(topic, in_order[other_place])
    rooms.rewrite_summary(event)
    topic.refresh_from_db(fields=["number"])
    return topic


@transaction.atomic
def put_in_order(event: Event, in_order: Sequence[Topic]) -> None:
    """Give rooms their own numbers in another order: a room that was closed leaves its gap. Under the lock of the
    event."""
    numbers = [topic.number for topic in event.topics.accepted()]
    free = _next_number(event)
    for first in (free, 0):  # by way of numbers that nobody has: no two rooms may have one at any moment
        for place, topic in enumerate(in_order):
            number = first + place if first else numbers[place]
            Topic.objects.filter(pk=topic.pk).update(number=number)
    rooms.rewrite_summary(event)


def _swap(room: Topic, other: Topic) -> None:
    """Exchange the numbers of two rooms."""
    # All others keep theirs, which people may have been told. By way of a number
    # that nobody has, because no two rooms may have one number at any moment.
    for moved, number in ((room, _next_number(room.event)), (other, room.number), (room, other.number)):
        Topic.objects.filter(pk=moved.pk).update(number=number)


def _decline(topic: Topic, *, by: Person, words: str) -> Topic:
    _require_undecided(topic)
    topic.hosts.all().delete()  # a co-host who was named and never asked
    for ended, step in _end(topic, State.DECLINED, Step.DECLINED, words=words, by=by):
        notices.news_for_proposers(ended, step)
    return topic


def _end(topic: Topic, state: str, kind: str, *, words: str, by: Person) -> list[tuple[Topic, TopicStep]]:
    """End a proposal, with whatever was joined with it: each with its step, for whoever tells those who proposed it."""
    joined = list(topic.merged.filter(state=State.MERGED).order_by("pk"))
    for ended in (topic, *joined):
        ended.event, ended.answer = topic.event, words
    return [(ended, write(ended, state, kind, note=words, by=by)) for ended in (topic, *joined)]


def _require_nobody_kept_out(event: Event, topic: Topic) -> None:
    if any(held_by(event, proposer.email) for proposer in topic.proposers.all()):
        raise ANamedContactDecides


def _ask_who_would_host(event: Event, topic: Topic) -> None:
    """Ask whoever would host: the first leads; the others, and whoever was named as co-host, are asked as co-hosts.
    Whoever was asked before is not asked again, whatever they said then."""
    proposers = [*topic.proposers.with_confirmed_address().order_by("pk")]
    proposers += Proposer.objects.with_confirmed_address().filter(topic__merged_into=topic).order_by("pk")
    for proposer in proposers:
        known = topic.hosts.filter(email=proposer.email).exists()
        if proposer.would_host and not known and not held_by(event, proposer.email):
            host = Host(
                topic=topic,
                name=proposer.name,
                email=proposer.email,
                language=proposer.language,
                person=proposer.person,
            )
            host.email_confirmed_at = proposer.email_confirmed_at
            host.is_co_host = topic.hosts.holding_the_room().exists()
            hosts.ask(event, host)
    for named in topic.hosts.filter(state=Host.State.OFFERED, is_co_host=True):
        named.topic = topic
        hosts.ask(event, named)


def _make_room(event: Event, topic: Topic, *, by: Person, note: str = "") -> TopicStep:
    """Give a topic the next number; one more note-taker is wanted."""
    before = event.topics.accepted().count()
    topic.number = _next_number(event)
    step = write(topic, State.ACCEPTED, Step.ACCEPTED, note=note, by=by)
    helpers.want_note_takers(event, before=before)
    return step


def _refuse_too_few_seats(topic: Topic, fields: dict[str, Any]) -> None:
    taken = Placement.objects.that_count().filter(topic=topic).count()
    seats = fields.get("seats")
    if seats is not None and seats < taken:
        raise SeatsTooFew(taken)


def _next_number(event: Event) -> int:
    return (event.topics.aggregate(last=Max("number"))["last"] or 0) + 1


def _require_undecided(topic: Topic) -> None:
    if not topic.is_undecided:
        raise NoLongerPossible


def _require_to_come(event: Event) -> None:
    """Refuse what is over or called off: nobody is asked to host that."""
    if event.is_called_off or event.is_past():
        raise NoLongerPossible
