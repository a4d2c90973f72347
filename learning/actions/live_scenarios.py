"""A situation in a room: opened, begun, extended, closed, and what people answer meanwhile. Nothing else writes
LiveScenario and LiveCount, and nothing else opens a count.

There is one count for all, sealed and of one length, written anew with each answer; at the end it is told, or not, and is
gone. docs/decisions/0057.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2s

from django.db import transaction
from django.utils import timezone

from events.models import Session
from kit.anonymity import THRESHOLD, forget_traces, write_anew
from kit.meanwhile import NothingChanged
from kit.privacy import period
from learning.actions.together import Part, parts_of
from learning.models import LearningPage, LiveCount, LiveScenario

BLOCK = 8192
A_MINUTE = timedelta(minutes=1)
MOST_MINUTES = 15
# More browsers than that are in no room.
MOST_ANSWERS = 500


class AnsweredBefore(NothingChanged):
    """One answer counts for each browser."""


class IsClosed(NothingChanged):
    """It is over, or has not begun."""


class ShownBefore(NothingChanged):
    """How a room answered stays: asked again, the difference would say who left or came in between."""


@dataclass
class Collected:
    """What a room has answered so far. `browsers`: a mark of each that did, so that nobody counts twice; in the order
    of the marks."""

    counts: list[int]
    browsers: list[str] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(self.counts)


@transaction.atomic
def open_at(session: Session, page: LearningPage, *, minutes: int) -> LiveScenario:
    """Begin to show a situation at a date. Raises ShownBefore; NothingChanged without answers to choose from."""
    session.event.locked()
    if not page.options:
        raise NothingChanged
    rows = LiveScenario.objects.filter(page=page, session=session)
    if rows.filter(is_shown=True).exists():
        raise ShownBefore
    found = rows.filter(is_closed=False).first()
    if found is None:
        session.event.withhold(page)
        length = min(max(minutes, 1), MOST_MINUTES)
        found = LiveScenario.objects.create(page=page, session=session, minutes=length, options=page.options)
    return found


@transaction.atomic
def begin(live: LiveScenario) -> None:
    """Let people answer. Raises NothingChanged once they can, or it is closed."""
    row = _locked(live)
    if row.ends_at or row.is_closed:
        raise NothingChanged
    row.ends_at = timezone.now() + row.minutes * A_MINUTE
    row.save(update_fields=["ends_at"])
    _keep(row, Collected([0] * len(row.options)))


@transaction.atomic
def extend(live: LiveScenario) -> None:
    """One minute more, from now on where time was over. Raises IsClosed."""
    row = _locked(live)
    if not row.is_collecting or row.ends_at is None:
        raise IsClosed
    row.ends_at = max(row.ends_at, timezone.now()) + A_MINUTE
    row.save(update_fields=["ends_at"])


@transaction.atomic
def answer(live: LiveScenario, option: int, browser: str) -> None:
    """Count an answer, also when time is over. `browser` is what its cookie holds. Raises IsClosed, AnsweredBefore;
    NothingChanged for an answer that is none."""
    row = _locked(live)
    if not row.is_collecting:
        raise IsClosed
    collected, mark = _read(row), _mark(row, browser)
    if mark in collected.browsers or collected.people >= MOST_ANSWERS:
        raise AnsweredBefore
    if not 0 <= option < len(row.options):
        raise NothingChanged
    collected.counts[option] += 1
    collected.browsers = sorted([*collected.browsers, mark])
    _keep(row, collected)


def close(live: LiveScenario) -> None:
    """End it: what five or more answered is told, of fewer nothing is kept. Raises NothingChanged when it was."""
    with transaction.atomic():
        row = _locked(live)
        if row.is_closed:
            raise NothingChanged
        collected = _read(row) if row.is_collecting else Collected([])
        row.is_closed, row.is_shown = True, collected.people >= THRESHOLD
        row.shown = parts_of(collected.counts) if row.is_shown else []
        row.save(update_fields=["is_closed", "is_shown", "shown"])
        LiveCount.objects.filter(live=row).delete()
    forget_traces(LiveCount)


def has_answered(live: LiveScenario, browser: str) -> bool:
    """Whether a browser has answered, while it is open. One query."""
    return live.is_collecting and bool(browser) and _mark(live, browser) in _read(live).browsers


def at_least(live: LiveScenario) -> int:
    """How many have answered, in steps of five; 0 for fewer than five. One query."""
    people = _read(live).people if live.is_collecting else 0
    return people - people % THRESHOLD


def parts(live: LiveScenario) -> list[Part]:
    """How the room answered; [] while it is open, and where too few did."""
    return [Part(tuple(places), number) for places, number in live.shown] if live.is_shown else []


def tidy(now: datetime | None = None) -> int:
    """Close what nobody closed on its day, without telling anything, and forget what is long over. Returns how many."""
    today = timezone.localdate(now or timezone.now())
    left = list(LiveScenario.objects.filter(is_closed=False, opened_on__lt=today))
    for live in left:
        LiveCount.objects.filter(live=live).delete()
        LiveScenario.objects.filter(pk=live.pk).update(is_closed=True)
    if left:
        forget_traces(LiveCount)
    old = LiveScenario.objects.filter(opened_on__lt=today - period("live_scenario"))
    return len(left) + old.delete()[0]


def _locked(live: LiveScenario) -> LiveScenario:
    row = LiveScenario.objects.select_for_update().filter(pk=live.pk).first()
    if row is None:
        raise NothingChanged
    return row


def _mark(live: LiveScenario, browser: str) -> str:
    """Of a browser in this room: elsewhere it has another one."""
    return blake2s(browser.encode(), key=live.key.encode()[:32], digest_size=6).hexdigest()


def _read(live: LiveScenario) -> Collected:
    row = LiveCount.objects.filter(live=live).first()
    return Collected(**json.loads(row.tally)) if row else Collected([0] * len(live.options))


def _keep(live: LiveScenario, collected: Collected) -> None:
    row = LiveCount(live=live, tally=json.dumps(asdict(collected)))
    write_anew(LiveCount.objects.filter(live=live), [row], {"tally": BLOCK})
