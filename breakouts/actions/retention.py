"""What is over is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from allyhub.privacy import period
from breakouts.actions import questions, topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Concern, Proposer, Question, Topic
from breakouts.models.volunteer import VolunteerQuerySet
from events.actions.retention import BATCH, each, over


def forget_what_is_over() -> int:
    """Returns how many rows were deleted or overwritten."""
    now = timezone.now()
    jobs = (_concerns, _unconfirmed_proposals, _proposers, _addresses_of_questions, _questions)
    return sum(job(now) for job in jobs)


def _concerns(now: datetime) -> int:
    """Closed long ago. What nobody has closed stays: somebody may still wait for an answer."""
    day = timezone.localdate(now) - period("concern")
    return each(
        Concern.objects.filter(state=Concern.State.CLOSED, closed_on__lte=day),
        lambda concern: concern.delete(),
    )


def _unconfirmed_proposals(now: datetime) -> int:
    """Somebody may have typed a stranger's address."""
    since = now - period("unconfirmed")
    return _of_proposers(
        Proposer.objects.filter(topic__state=Topic.State.NEW, created_at__lte=since), topics.not_me
    )


def _proposers(now: datetime) -> int:
    """Who proposed what. The words of rooms stay with the event; proposals that became none go."""
    since = now - period("breakouts")
    return _of_proposers(Proposer.objects.filter(topic__event__in=over(since)), topics.forget)


def _of_proposers(rows: VolunteerQuerySet, forget: Callable[[Proposer], None]) -> int:
    """The event is locked before the row, as everywhere in this app, so that nobody waits crosswise."""
    found = list(rows.select_related("topic__event").order_by("pk")[:BATCH])
    for proposer in found:
        with suppress(NoLongerPossible):  # confirmed, or gone, a moment ago
            forget(proposer)
    return len(found)


def _addresses_of_questions(now: datetime) -> int:
    answered = Question.objects.answered().filter(answered_at__lte=now - period("question"))
    return each(answered.exclude(email=""), questions.forget_address)


def _questions(now: datetime) -> int:
    """What stands on no page, and nobody needs any more."""
    since = now - period("question")
    declined = Q(state=Question.State.DECLINED, answered_at__lte=since)
    left_open = Q(state=Question.State.ASKED, event__in=over(since))
    return each(Question.objects.filter(declined | left_open), lambda question: question.delete())
