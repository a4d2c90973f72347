"""Asking for notes: at the end of the rooms for one sentence, afterwards at most twice, and then the host, once.

Computed from what is, like events.actions.reminders: a room of which somebody is done is not asked for any more. What is
so late that nobody would understand it is not sent at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Prefetch, Q
from django.utils import timezone

from breakouts.actions import notices
from breakouts.models import BreakoutPlan, Helper, HelperRole, Host, RoomNote, Topic
from events.models import Event
from mail.models import KindName, OutgoingMail

# Before the rooms end. The page of the notes says so at the same moment.
NUDGE = timedelta(minutes=5)
FINISH_WITHIN = timedelta(hours=24)
# After the rooms ended: from when, and until when it still makes sense.
CHASES = {
    "first": (timedelta(hours=2), timedelta(hours=12)),
    "second": (FINISH_WITHIN, timedelta(hours=48)),
}
ASK_HOST = (timedelta(hours=48), timedelta(days=7))
# Where nobody took notes there is nobody to wait for.
ASK_HOST_ALONE = (timedelta(hours=2), timedelta(days=7))


@dataclass(frozen=True)
class Asked:
    volunteer: Helper | Host
    kind: KindName
    occasion: str

    @property
    def key(self) -> str:
        """As notices.tell writes it."""
        return f"{self.kind}/{self.volunteer.pk}/{self.occasion}"


def send_due(now: datetime | None = None) -> int:
    """Owe what is due. Returns how many mails are new."""
    now = now or timezone.now()
    due = [asked for plan in _plans(now) for asked in _due(plan, now)]
    known = set(OutgoingMail.objects.filter(key__in=[a.key for a in due]).values_list("key", flat=True))
    new = [asked for asked in due if asked.key not in known]
    for asked in new:
        notices.tell(asked.volunteer, asked.kind, asked.occasion)
    return len(new)


def _plans(now: datetime) -> list[BreakoutPlan]:
    plans = BreakoutPlan.objects.filter(event__state=Event.State.PUBLISHED)
    span = (now - ASK_HOST[1], now + NUDGE)
    # Rooms that lie outside the event end with it: which it is is seen below.
    ended = Q(rooms_end_at__range=span) | Q(last_ends_at__range=span)
    recent = plans.annotate(last_ends_at=Max("event__sessions__ends_at")).filter(ended)
    return list(recent.select_related("event__group").prefetch_related("event__sessions"))


def _due(plan: BreakoutPlan, now: datetime) -> Iterator[Asked]:
    ended = plan.rooms_over_at
    if ended is None or ended > now + NUDGE:
        return
    since = now - ended
    for topic in _rooms(plan.event):
        day = f"{topic.pk}/{ended:%Y-%m-%d}"
        if since < timedelta(0):
            yield from _nudged(topic, day)
        elif not any(note.is_finished for note in topic.notes.all()):
            yield from _chased(topic, since, day)


def _rooms(event: Event) -> list[Topic]:
    takers = Helper.objects.helping().filter(role__kind=HelperRole.Kind.NOTES)
    hosting = Host.objects.hosting().select_related("person")
    rooms = event.topics.accepted().prefetch_related(
        "notes", Prefetch("note_takers", takers.select_related("role", "person")), Prefetch("hosts", hosting)
    )
    return [_with_event(topic, event) for topic in rooms]


def _with_event(topic: Topic, event: Event) -> Topic:
    topic.event = event
    for helper in topic.note_takers.all():
        helper.role.event = event
    for host in topic.hosts.all():
        host.topic = topic
    return topic


def _nudged(topic: Topic, day: str) -> Iterator[Asked]:
    """Those who have not written the one sentence yet."""
    have_it = {note.helper_id for note in topic.notes.all() if note.sentence}
    for helper in topic.note_takers.all():
        if helper.pk not in have_it:
            yield Asked(helper, "notes-nudge", day)


def _chased(topic: Topic, since: timedelta, day: str) -> Iterator[Asked]:
    takers = list(topic.note_takers.all())
    for which, window in CHASES.items():
        if _is_in(since, window):
            yield from (Asked(helper, "notes-chase", f"{day}/{which}") for helper in takers)
    window = ASK_HOST if takers else ASK_HOST_ALONE
    if _is_in(since, window) and is_blank(topic):
        yield from (Asked(host, "notes-ask-host", day) for host in topic.hosts.all())


def is_blank(topic: Topic) -> bool:
    """Whether nobody has written a word: what is written but not finished is enough for the organisers to go on."""
    notes: list[RoomNote] = list(topic.notes.all())
    return all(note.is_empty for note in notes)


def _is_in(since: timedelta, window: tuple[timedelta, timedelta]) -> bool:
    return window[0] <= since < window[1]
