"""A list of people that is brought in: what would be done, how far it is, what became of it."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import importing
from events.models import Event, ImportLine, PeopleImport, Registration
from kit.times import moment_words

State = ImportLine.State

# So many lines that are left out are shown; more are counted.
MOST_SHOWN = 200


def page(event: Event, kept: PeopleImport) -> dict[str, Any]:
    counted = dict(kept.lines.order_by().values_list("state").annotate(Count("pk")))
    ready, wrong, done = (counted.get(state, 0) for state in (State.READY, State.WRONG, State.DONE))
    number = ready + wrong + done
    left_out = kept.lines.filter(state=State.WRONG).select_related("quota")
    return {
        "kept": kept,
        "can_begin": kept.can_begin() and bool(ready),
        "ready": ready,
        "wrong": wrong,
        "done": done,
        "number": number,
        "percent": 100 * (number - ready) // number if number else 100,
        "heading": _heading(kept, ready, done),
        "foreseen": _foreseen(event, kept) if kept.begun_at is None else "",
        "became": _became(kept) if kept.begun_at else "",
        "left_out": left_out[:MOST_SHOWN],
        "more_left_out": max(0, wrong - MOST_SHOWN),
        "begun": moment_words(kept.begun_at, event.time_zone) if kept.begun_at else "",
    }


def _heading(kept: PeopleImport, ready: int, done: int) -> str:
    if kept.begun_at is None:
        if not ready:
            return _("Nobody to add")
        return ngettext("Add %(number)s person?", "Add %(number)s people?", ready) % {"number": ready}
    if kept.done_at is None:
        return _("People are being added")
    return ngettext("%(number)s person was added", "%(number)s people were added", done) % {"number": done}


def _foreseen(event: Event, kept: PeopleImport) -> str:
    lines = kept.lines.filter(state=State.READY)
    pairs = [line.pair for line in lines.only("quota", "way", "of")]
    with_place = importing.foreseen(event, pairs)
    return _in_words(with_place, len(pairs) - with_place)


def _became(kept: PeopleImport) -> str:
    states = Registration.objects.filter(import_line__of=kept).order_by().values_list("state")
    counted = dict(states.annotate(Count("pk")))
    return _in_words(counted.get("confirmed", 0), counted.get("waiting", 0))


def _in_words(with_place: int, waiting: int) -> str:
    parts = [
        ngettext("%(number)s with a place", "%(number)s with a place", with_place) % {"number": with_place},
        ngettext("%(number)s on the waiting list", "%(number)s on the waiting list", waiting)
        % {"number": waiting},
    ]
    return ", ".join(part for part, number in zip(parts, (with_place, waiting), strict=True) if number)
