"""The papers of an event: for those who are coming, and for the organisers who promised them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from events.actions.papers import told_from
from events.models import Event, Paper, Registration
from events.pages.handouts import Sheet, sheets
from kit.times import day_words, moment_words


@dataclass(frozen=True)
class PaperLine:
    """One of them. `sheet` is its file, None without one; `state` says whether it is there, or for when it is
    promised."""

    paper: Paper
    sheet: Sheet | None
    state: str
    tone: str

    @property
    def kind(self) -> str:
        """What it is, where its title does not say so."""
        return str(self.paper.get_kind_display()) if self.paper.title else ""

    @property
    def address(self) -> str:
        """Its link; "" also where that was the way into the meeting, which stands behind its door."""
        return self.paper.address if self.paper.address.startswith("http") else ""

    @property
    def host(self) -> str:
        """Where the link leads to."""
        return urlsplit(self.address).hostname or ""


def lines(event: Event) -> list[PaperLine]:
    """Two queries at most."""
    prefetch_related_objects([event], "sessions")
    found = list(event.papers.all())
    for paper in found:
        paper.event = event
    event.withhold(*found)
    return [_line(paper) for paper in found]


def lines_for(registration: Registration) -> list[PaperLine]:
    """Those that somebody may read: with a place, at an event that takes place. What is promised is told before it is
    over."""
    event = registration.event
    if not registration.has_place or event.is_cancelled:
        return []
    return [line for line in lines(event) if line.paper.is_there or not event.is_past()]


def summary(found: Iterable[PaperLine]) -> list[str]:
    """Each in a few words: "Slides: promised for Friday 1 May 2026"."""
    return [f"{line.paper}: {line.state}" for line in found]


def told_words(event: Event, now: datetime) -> str:
    """When those who are coming hear of what is there; "" where they have heard of all."""
    moment = told_from(event, event.papers.there(), now)
    if moment is None or not event.is_published or event.is_past(now):
        return ""
    words = _("Everyone who is coming gets one email about what is new, on %(moment)s.")
    return words % {"moment": moment_words(max(moment, now), event.time_zone)}


def _line(paper: Paper) -> PaperLine:
    sheet = next(iter(sheets([paper])), None) if paper.file else None
    if paper.is_there:
        return PaperLine(paper, sheet, _("there"), "moss")
    return PaperLine(paper, sheet, promise_words(paper), "clay" if paper.is_due() else "gold")


def promise_words(paper: Paper) -> str:
    """For when it is promised: "promised for Friday 1 May 2026"; "" when it is not."""
    if paper.promised_days is None:
        return ""
    day = paper.promised_on()
    if day is None:
        return str(Paper.Promised(paper.promised_days).label)
    words = _("promised for %(day)s, not there yet") if paper.is_due() else _("promised for %(day)s")
    return words % {"day": day_words(day)}
