"""What waits for an organiser about papers: those whose promised day has come and that are not there."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from events.models import Event, Paper
from events.pages.organise.to_do import ToDo, ToDos
from events.pages.papers import promise_words


def for_event(event: Event) -> list[ToDo]:
    return [ToDo(_promise(paper), _page(event)) for paper in _due([event])]


def of_upcoming(upcoming: Iterable[Any]) -> ToDos:
    """Over all events that are to come (events.pages.organise.workspace). One query, where one is due."""
    earliest = (Paper(event=event, promised_days=event.papers_promised) for event in upcoming)
    due = _due([paper.event for paper in earliest if paper.is_due()])
    found: ToDos = {}
    for paper in due:
        found.setdefault(paper.event_id, []).append(ToDo(_promise(paper), _page(paper.event)))
    return found


def _due(events: Iterable[Event]) -> list[Paper]:
    by_key = {event.pk: event for event in events if event.is_published and not event.is_past()}
    papers = list(Paper.objects.missing().filter(event__in=by_key).order_by("event", "pk")) if by_key else []
    for paper in papers:
        paper.event = by_key[paper.event_id]
    return [paper for paper in papers if paper.is_due()]


def _promise(paper: Paper) -> str:
    return f"{paper}: {promise_words(paper)}"


def _page(event: Event) -> str:
    return reverse("organise:event_papers", args=[event.slug])
