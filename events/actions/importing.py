"""Bringing in a list of people: each line as somebody who phoned, by the same rules and with the same emails.

It is worked off in portions, by the page and by the clock, whoever comes first. A portion is one transaction under the
event's lock: what was interrupted is done from its first line on, and no line twice.
"""

import time
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from events.actions import adding
from events.actions.adding import Standing
from events.actions.belonging import RegistrationClosed
from events.actions.entering import Answers, EventFull
from events.actions.leaving import NoLongerPossible
from events.actions.registrations import TIMES
from events.models import Event, ImportLine, PeopleImport, Registration
from events.models.event import take_a_newcomer
from events.models.places import Pair, pots_of
from kit.meanwhile import NothingChanged
from people.models import Person

State = ImportLine.State
Why = ImportLine.Why

# Less than a second's work.
PORTION = 50
# So long one round of the clock works on lists: then others have their turn.
A_ROUND = timedelta(seconds=20)


@transaction.atomic
def keep(event: Event, lines: Iterable[ImportLine], *, key: UUID, by: Person) -> PeopleImport:
    """Keep a list to be looked at. Another one of theirs that was not begun is forgotten."""
    event.locked()
    if known := event.imports.filter(key=key).first():
        return known
    event.imports.filter(by=by, begun_at=None).delete()
    kept = PeopleImport.objects.create(key=key, event=event, by=by)
    for line in (lines := list(lines)):
        line.of = kept
    ImportLine.objects.bulk_create(lines)
    return kept


def registered(event: Event) -> set[str]:
    """The addresses of everyone who is registered. One query."""
    return set(event.registrations.live().values_list("email", flat=True))


def foreseen(event: Event, pairs: Iterable[Pair]) -> int:
    """How many of those who would be added, in this order, would get a place as things stand. The others would wait."""
    pots, number = pots_of(event), 0
    for pair in pairs:
        if take_a_newcomer(*pots.of(pair)):
            pots.take(pair)
            number += 1
    return number


@transaction.atomic
def begin(kept: PeopleImport) -> None:
    """Let it be carried out. Raises NothingChanged where it was begun before."""
    _event, kept = _locked(kept)
    if not kept.can_begin():
        raise NothingChanged
    kept.begun_at = timezone.now()
    kept.save(update_fields=["begun_at"])


@transaction.atomic
def stop(kept: PeopleImport) -> None:
    """Add no more of them; who was added stays. One that was not begun is forgotten. Raises NothingChanged when it is
    done."""
    _event, kept = _locked(kept)
    if kept.done_at:
        raise NothingChanged
    if kept.begun_at is None:
        kept.delete()
        return
    kept.done_at = timezone.now()
    kept.save(update_fields=["done_at"])


@transaction.atomic
def work_on(kept: PeopleImport) -> int:
    """Add the next people of a list that was begun. Returns how many lines were worked off."""
    event, kept = _locked(kept)
    if not kept.is_running:
        return 0
    prefetch_related_objects([event], TIMES)
    lines = list(kept.lines.filter(state=State.READY)[:PORTION])
    standing = Standing.before(event, (line.email for line in lines))
    for line in lines:
        _add(event, line, by=kept.by, standing=standing)
    ImportLine.objects.bulk_update(lines, ["state", "why", "registration"])
    if len(lines) < PORTION:
        kept.done_at = timezone.now()
        kept.save(update_fields=["done_at"])
    return len(lines)


def carry_on() -> int:
    """Work on every list that was begun, for a while. Returns how many lines were worked off."""
    ends_at, number = time.monotonic() + A_ROUND.total_seconds(), 0
    for kept in PeopleImport.objects.filter(done_at=None).exclude(begun_at=None).order_by("begun_at"):
        while time.monotonic() < ends_at and (done := work_on(kept)):
            number += done
    return number


def _locked(kept: PeopleImport) -> tuple[Event, PeopleImport]:
    """Both read again, the event first. Raises NothingChanged where the list is gone."""
    event = kept.event.locked()
    fresh = PeopleImport.objects.select_for_update().select_related("by").filter(pk=kept.pk).first()
    if fresh is None:
        raise NothingChanged
    fresh.event = event
    return event, fresh


def _add(event: Event, line: ImportLine, *, by: Person, standing: Standing) -> None:
    """What came of it is for the caller to save."""
    try:
        line.registration = adding.add_next(event, _answers(line), by=by, note=line.note, standing=standing)
    except NoLongerPossible:
        line.state, line.why = State.WRONG, Why.REGISTERED
    except EventFull:
        line.state, line.why = State.WRONG, Why.FULL
    except RegistrationClosed:
        line.state, line.why = State.WRONG, Why.CLOSED
    else:
        line.state = State.DONE


def _answers(line: ImportLine) -> Answers:
    belongs_by = Registration.BelongsBy.ORGANISER if line.quota_id else ""
    return Answers(
        name=line.name,
        email=line.email,
        pronouns=line.pronouns,
        pair=line.pair,
        belongs_by=belongs_by,
    )
