"""The papers of an event: given or promised, told of once, forgotten after the event.

Nobody is written to at once: the clock tells whoever is coming when the last of them is there for ten minutes, so that
several are one mail, and what was taken away again is none.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from events.actions import changes, handouts, notices
from events.actions.handouts import TooMany
from events.models import Event, Paper
from kit.meanwhile import unless_changed

MOST = 10


class Upload(NamedTuple):
    """A file as it came. `ending` is one of events.uploads.allowed()."""

    content: bytes
    ending: str


def save(paper: Paper, upload: Upload | None = None, *, seen: str = "") -> Paper:
    """Write a new paper, or what was changed of one that was `seen` in an edition; a new file takes the place of the old.
    Raises TooMany, ChangedMeanwhile, uploads.Unreadable, uploads.TooManyPixels."""
    keeping = handouts.kept(paper, upload.content, ending=upload.ending) if upload else nullcontext()
    with keeping, transaction.atomic():
        paper.event.locked()
        _write(paper, seen, replaces_file=upload is not None)
    return paper


@transaction.atomic
def take_away(paper: Paper) -> None:
    """Take a paper away with its promise; whoever was to be told of it is not."""
    paper.event.locked()
    handouts.forget(paper)


@transaction.atomic
def promise_again(event: Event, earlier: Event) -> None:
    """Promise for a copy of an event what was promised there: what kinds, and how long before; not what they say."""
    promised = earlier.papers.filter(promised_days__isnull=False)
    Paper.objects.bulk_create(
        Paper(event=event, kind=paper.kind, promised_days=paper.promised_days) for paper in promised
    )


def tell_due(now: datetime | None = None) -> int:
    """Owe everyone who is coming one mail that papers are there. Returns how many are new."""
    now = now or timezone.now()
    untold = Paper.objects.there().filter(told_at=None, event__state=Event.State.PUBLISHED)
    events = Event.objects.filter(pk__in=untold.values("event"))
    return sum(_tell(event, now) for event in events)


def told_from(event: Event, papers: Iterable[Paper], now: datetime) -> datetime | None:
    """From when on those of them that nobody was told of are told; None where there are none."""
    newest = max((paper.given_at for paper in papers if paper.given_at and not paper.told_at), default=None)
    if newest is None:
        return None
    return newest if changes.is_near(event, now) else newest + changes.HELD_FOR


@transaction.atomic
def _tell(event: Event, now: datetime) -> int:
    event = event.locked()
    papers = list(event.papers.there().filter(told_at=None))
    due = told_from(event, papers, now)
    if due is None or due > now or not event.is_published or event.is_past(now):
        return 0
    newest = max(paper.given_at for paper in papers if paper.given_at)
    # Whoever came later has found them on their page from the first.
    coming = event.registrations.coming().filter(created_at__lt=newest).select_related("person")
    number = notices.papers(event, coming, papers, now)
    event.papers.filter(pk__in=[paper.pk for paper in papers]).update(told_at=now, changed_at=now)
    return number


def _write(paper: Paper, seen: str, *, replaces_file: bool) -> None:
    now = timezone.now()
    current = Paper.objects.filter(pk=paper.pk).first() if paper.pk else None
    if paper.pk:
        unless_changed(seen, current and current.edition, now=current)
    elif paper.event.papers.count() >= MOST:
        raise TooMany
    paper.given_at = (paper.given_at or now) if paper.is_there else None
    paper.changed_at = now
    paper.save()
    if current and replaces_file:
        handouts.forget_file(current.file.name)


def forget(paper: Paper) -> None:
    """Forget what a paper says; that it was promised stays, for a copy of its event."""
    if paper.promised_days is None:
        handouts.forget(paper)
        return
    handouts.forget_file(paper.file.name)
    for name in ("title", "file", "address", "description"):
        setattr(paper, name, "")
    paper.warnings = []
    paper.save()
