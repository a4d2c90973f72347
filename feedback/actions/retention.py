"""What is over is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from datetime import datetime

from django.utils import timezone

from events.actions.retention import BATCH, over
from feedback.actions import pool, quotes
from feedback.models import FeedbackRound, Thanks, ThanksGiven
from kit.privacy import period


def forget_what_is_over() -> int:
    """Forget what docs/privacy.toml says is over. Returns how many rounds were settled, and how many words of thanks
    and unapproved quotes went."""
    now = timezone.now()
    due = [round for round in _perhaps(now) if _is_due(round, now)][:BATCH]
    for round in due:
        pool.settle(round)
    gone = _thanks(now)
    if due or gone:
        pool.forget_traces()
    return len(due) + gone + quotes.forget_unapproved()


def _thanks(now: datetime) -> int:
    """Delete words to hosts, those that were never shown too, and who wrote one. Returns how many rows went."""
    events = over(now - period("notes"))
    words = Thanks.objects.filter(event__in=events).delete()[0]
    return words + ThanksGiven.objects.filter(registration__event__in=events).delete()[0]


def _perhaps(now: datetime) -> list[FeedbackRound]:
    rows = FeedbackRound.objects.filter(is_settled=False, event__in=over(now - period("feedback")))
    return list(rows.select_related("event").prefetch_related("event__sessions").order_by("pk"))


def _is_due(round: FeedbackRound, now: datetime) -> bool:
    """Whether a round can be settled. Days are counted from the last on which one could answer; an event without
    dates has none."""
    return round.closes_at is None or round.closes_at + period("feedback") <= now
