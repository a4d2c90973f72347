"""What became of what people said: for everyone, for a group's page, and for organisers who write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Event
from feedback.actions import actions_taken, tallies, themes
from feedback.actions.refusals import TooFew
from feedback.models import ActionTaken, AnswerText
from feedback.pages.results_page import round_of
from kit.times import local
from people.models import Group

LATEST = 3

# For the query of an event's page, which asks nothing more for it.
IS_SOMETHING_DONE = Exists(ActionTaken.objects.published().filter(event=OuterRef("pk")))
# And for that of a group's page.
HAS_DONE_SOMETHING = Exists(ActionTaken.objects.published().filter(event__group=OuterRef("pk")))


@dataclass(frozen=True)
class Line:
    """One line of the organisers' list."""

    action: ActionTaken
    number: int
    is_first: bool
    is_last: bool
    is_overdue: bool


def done_for(event: Event) -> list[ActionTaken]:
    """What was done about an event, as everyone reads it. One query."""
    actions = list(event.actions_taken.published())
    event.withhold(*actions)
    return actions


def latest_of(group: Group) -> list[ActionTaken]:
    """What was done last about a group's events. One query, however many events."""
    listed = Event.objects.on_the_calendar().filter(group=group)
    public = ActionTaken.objects.published().filter(event__in=listed)
    latest = list(public.select_related("event").order_by("-published_at", "place", "-pk")[:LATEST])
    for action in latest:
        action.event.withhold(action)
    return latest


def of_list(event: Event) -> dict[str, Any]:
    rows = list(event.actions_taken.select_related("event"))
    return {
        "actions": rows,
        "lines": lines_of(rows),
        "unpublished": sum(row.published_at is None for row in rows),
        "is_shown": any(row.published_at for row in rows),
        "unanswered": _unanswered(event, rows),
    }


def of_mail(event: Event) -> dict[str, Any]:
    return {
        "reason": actions_taken.mail_closed_because(event, timezone.now()),
        "number": actions_taken.to_be_mailed(event).count(),
        "days": actions_taken.mail_within().days,
    }


def lines_of(rows: Sequence[ActionTaken]) -> list[Line]:
    return [
        Line(row, number, number == 1, number == len(rows), is_overdue(row))
        for number, row in enumerate(rows, start=1)
    ]


def is_overdue(action: ActionTaken) -> bool:
    """Whether a promise still says "we will" though its day is over."""
    if action.answer != ActionTaken.Answer.WILL or action.by_when is None:
        return False
    return action.by_when < local(timezone.now(), action.event.time_zone).date()


def texts_of(event: Event) -> list[AnswerText]:
    """The texts of people that organisers may read: nothing while too few have answered."""
    round = round_of(event)
    try:
        return tallies.texts_shown(round) if round else []
    except TooFew:
        return []


def _unanswered(event: Event, rows: Sequence[ActionTaken]) -> list[tuple[str, int]]:
    """The themes that texts were tagged with and that have no answer yet."""
    answered = {row.theme.casefold() for row in rows}
    found = themes.counted(texts_of(event))
    return [(theme, number) for theme, number in found if theme.casefold() not in answered]
