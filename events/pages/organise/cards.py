"""What waits for organisers, event by event: where they begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.readiness import problems_before_publishing
from events.models import Event
from events.pages.organise.numbers import places_words
from events.pages.organise.to_do import ToDo, ToDos
from kit.times import until_words

# What is left to do after an event comes after what is due in a week.
AFTER_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """An event, how far away it is, and what it asks of its organisers."""

    event: Event
    at: datetime | None
    words: str
    todos: Sequence[ToDo]


def cards(
    upcoming: Iterable[Any],
    over: Iterable[Any],
    todos: Iterable[ToDos],
    told_us: Mapping[int, int],
    *,
    drafts: Iterable[Event] = (),
) -> list[Card]:
    """Of events of events.pages.organise.workspace, those that ask for something, by their nearest date. `told_us`:
    how many people's feedback can be read. No query."""
    by_event: ToDos = {}
    for found in todos:
        for pk, lines in found.items():
            by_event.setdefault(pk, []).extend(lines)
    to_come = [(_due(event), _to_come(event, by_event.get(event.pk, []))) for event in upcoming]
    left = [
        (timezone.now() + AFTER_A_WEEK, _over(event, by_event.get(event.pk, []), told_us.get(event.pk, 0)))
        for event in over
    ]
    started = [
        (timezone.now(), Card(event, event.starts_at, _("Draft"), by_event.get(event.pk, [])))
        for event in drafts
    ]
    in_order = sorted([*started, *to_come, *left], key=lambda found: found[0])
    return [card for _due_at, card in in_order if card.todos]


def drafts(events: Iterable[Event]) -> list[tuple[Event, str]]:
    """Each with what it still lacks, in words. No query, where they were loaded with their dates."""
    return [(event, _lacks(event)) for event in events]


def _lacks(event: Event) -> str:
    lacking = problems_before_publishing(event)
    return " ".join(reason.words for reason in lacking) or _("Ready to publish.")


def _due(event: Any) -> datetime:
    """When something has to be done: at once for what has no date."""
    return event.next_starts_at or timezone.now()


def _to_come(event: Any, todos: Sequence[ToDo]) -> Card:
    at = event.next_starts_at
    when = (
        capfirst(until_words(at, event.time_zone)) if at and not event.is_postponed else _("No new date yet")
    )
    return Card(event, at, _sentences(when, places_words(event)), todos)


def _over(event: Any, todos: Sequence[ToDo], told_us: int) -> Card:
    when = capfirst(until_words(event.last_starts_at, event.time_zone))
    told = ngettext("%(number)s person told us how it was", "%(number)s people told us how it was", told_us)
    words = _sentences(when, places_words(event), told % {"number": told_us} if told_us else "")
    return Card(event, event.last_starts_at, words, todos)


def _sentences(*words: str) -> str:
    return ". ".join(filter(None, words))
