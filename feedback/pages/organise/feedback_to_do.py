"""What can be read now, for the organisers' overview: composed there, beside the lines of events.pages.organise.to_do."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from events.pages.organise.to_do import ToDo
from feedback.models import ActionTaken, FeedbackRound
from feedback.pages.actions_taken_page import is_overdue
from people.models import Group

WORTH_READING = timedelta(days=30)


def for_groups(groups: Sequence[Group]) -> list[ToDo]:
    """What waits about feedback: results that are open and nobody has answered with "you said, we did" yet, and
    promises whose day is over. Two queries."""
    return [*_to_be_answered(groups), *_overdue(groups)]


def _to_be_answered(groups: Sequence[Group]) -> list[ToDo]:
    open_now = FeedbackRound.objects.filter(shown__gte=FeedbackRound.THRESHOLD, event__group__in=groups)
    unanswered = open_now.filter(event__state=Event.State.PUBLISHED).exclude(
        event__actions_taken__published_at__isnull=False
    )
    lately = unanswered.annotate(ended_at=Max("event__sessions__ends_at")).filter(
        ended_at__gte=timezone.now() - WORTH_READING
    )
    rounds = lately.select_related("event").order_by("-ended_at", "pk")
    return [_open(round.event) for round in rounds]


def _open(event: Event) -> ToDo:
    words = _("%(event)s: read what people said, and tell them what becomes of it")
    return ToDo(words % {"event": event.title}, reverse("organise:feedback", args=[event.slug]))


def _overdue(groups: Sequence[Group]) -> list[ToDo]:
    """Published promises whose day is over."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    late = ActionTaken.objects.published().filter(
        event__group__in=groups, answer=ActionTaken.Answer.WILL, by_when__lt=tomorrow
    )
    rows = late.select_related("event").order_by("by_when", "pk")
    return [_late(row) for row in rows if is_overdue(row)]


def _late(action: ActionTaken) -> ToDo:
    words = _("%(event)s: the day you promised something about “%(theme)s” is over. Say what became of it")
    given = {"event": action.event.title, "theme": action.theme}
    return ToDo(words % given, reverse("organise:actions_taken", args=[action.event.slug]))
