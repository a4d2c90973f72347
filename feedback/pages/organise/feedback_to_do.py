"""What is left to do about feedback, for the organisers' pages: composed there, beside the lines of
events.pages.organise.to_do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos
from feedback.actions import tallies
from feedback.models import ActionTaken
from feedback.pages.actions_taken_page import is_overdue
from people.models import Group


def told_us(over: Iterable[Event]) -> dict[int, int]:
    """How many people's answers can be read, of events of which any can. A query each, unless they were loaded with
    their rounds."""
    rounds = [event.feedback_round for event in over if hasattr(event, "feedback_round")]
    return {round.event_id: round.shown for round in rounds if round.is_shown}


def of_over(over: Sequence[Event], told_us: Mapping[int, int]) -> ToDos:
    """Of events that are over, with `told_us` of them: results that nobody has answered with "you said, we did" yet.
    Two queries."""
    open_now = [event.pk for event in over if event.pk in told_us]
    themes, answered, published = tallies.themes_shown(open_now), defaultdict(set), set()
    for pk, theme, published_at in ActionTaken.objects.filter(event__in=open_now).values_list(
        "event", "theme", "published_at"
    ):
        answered[pk].add(theme.casefold())
        published |= {pk} if published_at else set()
    return {
        event.pk: _unanswered(
            event,
            themes=len(themes.get(event.pk, set()) - answered.get(event.pk, set())),
            is_answered=event.pk in answered,
            is_published=event.pk in published,
        )
        for event in over
        if event.pk in open_now
    }


def overdue(groups: Sequence[Group]) -> ToDos:
    """Of events with a published promise whose day is over, however long ago they were. One query."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    late = ActionTaken.objects.published().filter(
        event__group__in=groups, answer=ActionTaken.Answer.WILL, by_when__lt=tomorrow
    )
    rows = late.select_related("event").order_by("by_when", "pk")
    found: ToDos = {}
    for row in rows:
        if is_overdue(row):
            found[row.event_id] = [_promised(row.event)]
    return found


def _unanswered(event: Event, *, themes: int, is_answered: bool, is_published: bool) -> list[ToDo]:
    """The next step: to read, to answer each theme, to let people know."""
    url = reverse("organise:actions_taken", args=[event.slug])
    if themes:
        words = ngettext("%(number)s theme without an answer", "%(number)s themes without an answer", themes)
        return [ToDo(words % {"number": themes}, url)]
    if not is_answered:
        feedback = reverse("organise:feedback", args=[event.slug])
        return [ToDo(_("Read what people said, and answer it"), feedback)]
    return [] if is_published else [ToDo(_("Publish what you did"), url)]


def _promised(event: Event) -> ToDo:
    url = reverse("organise:actions_taken", args=[event.slug])
    return ToDo(_("Say what became of a promise"), url, _("Its day is over"), "clay")
