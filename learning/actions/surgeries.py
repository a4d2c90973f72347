"""A surgery at a date: opened and changed by its organisers, looked after by the clock, forgotten when it is over."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.actions.retention import each, over
from events.models import Event, Session
from kit.meanwhile import NothingChanged
from kit.privacy import period
from learning.actions import me_toos, surgery_box
from learning.actions.surgery_moments import last_moment
from learning.models import LearningPlan, Surgery


@transaction.atomic
def open_at(event: Event, session: Session) -> Surgery:
    """Let people ask without a name, for one date. Raises NothingChanged where there is one."""
    event = event.locked()
    if Surgery.objects.filter(session=session).exists():
        raise NothingChanged
    plan = LearningPlan.known_to(event)
    if not plan.has_surgery:
        plan.has_surgery = True
        plan.save(update_fields=["has_surgery"])
    surgery = Surgery.objects.create(event=event, session=session)
    # What waits is read from the next moment on.
    Surgery.objects.filter(pk=surgery.pk).update(read_at=last_moment(surgery, timezone.now()))
    return surgery


@transaction.atomic
def change(surgery: Surgery, *, answered_by: str, asks_until: str, room_is_open: bool, is_open: bool) -> None:
    fresh = Surgery.objects.select_for_update().get(pk=surgery.pk)
    fresh.answered_by, fresh.asks_until = answered_by, asks_until
    fresh.room_is_open, fresh.is_open = room_is_open, is_open
    fresh.save(update_fields=["answered_by", "asks_until", "room_is_open", "is_open"])


def look_after_due() -> int:
    """Give those who read what may be given, and move numbers, at every surgery. Run by the clock."""
    waiting = list(Surgery.objects.filter(questions__isnull=False).distinct().with_event())
    for surgery in waiting:
        surgery_box.let_in(surgery)
        me_toos.show_due(surgery)
    if waiting:
        surgery_box.forget_traces()
    # How many it were, and when, is for no log.
    return 0


def forget(now: datetime) -> int:
    """Delete surgeries with all that was asked and answered, once their event is long over. What was published stays."""
    events = over(now - period("surgery"))
    gone = each(Surgery.objects.filter(event__in=events), lambda surgery: surgery.delete())
    if gone:
        surgery_box.forget_traces()
    return gone
