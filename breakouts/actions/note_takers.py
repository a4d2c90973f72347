"""Which room a note-taker has. Called under the lock of the event, but for `give_rooms`, which takes it."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from breakouts.actions import notices, rooms
from breakouts.models import Helper, HelperRole, Topic
from breakouts.models.helper import HelperQuerySet
from events.models import Event

State = Helper.State


@transaction.atomic
def give_rooms(event: Event) -> int:
    """Give rooms nobody takes notes in to note-takers who have none, in the order of both. Returns how many got one."""
    event = event.locked()
    free = rooms_without_notes(event)
    waiting = Helper.objects.helping().filter(role__event=event, role__kind=HelperRole.Kind.NOTES, topic=None)
    pairs = list(zip(_with_event(event, waiting), free, strict=False))
    for helper, room in pairs:
        put(helper, room)
    return len(pairs)


def rooms_without_notes(event: Event) -> list[Topic]:
    """The rooms nobody takes notes in, in the order of their numbers."""
    taken = Helper.objects.filter(topic=OuterRef("pk"), state=State.HELPING)
    return list(event.topics.accepted().filter(~Exists(taken)))


def room_for(event: Event, helper: Helper) -> Topic | None:
    """The room they would like if nobody takes notes there, else the first that has nobody."""
    free = rooms_without_notes(event)
    wished = [topic for topic in free if topic.pk == helper.topic_id]
    return next(iter([*wished, *free]), None)


def put(helper: Helper, room: Topic | None) -> None:
    """Give a note-taker this room, or none of their own. They are told of a room."""
    _write(helper, room)
    if room:
        notices.tell(helper, "helper-room", f"{room.pk}/{int(timezone.now().timestamp())}")


def leave_closed_room(event: Event, closed: Topic) -> None:
    """Give the note-takers of a closed room another that has nobody, if there is one. breakouts.actions.closed_rooms
    tells them."""
    for helper in _with_event(event, closed.note_takers.helping()):
        _write(helper, room_for(event, helper))
    closed.note_takers.update(topic=None)


def _write(helper: Helper, room: Topic | None) -> None:
    helper.topic = room
    helper.save(update_fields=["topic"])
    if room and helper.registration:
        rooms.give_up_seat(helper.registration)


def _with_event(event: Event, helpers: HelperQuerySet) -> list[Helper]:
    rows = list(helpers.select_related("role", "registration", "person"))
    for row in rows:
        row.role.event = event
    return rows
