"""Whom it affects when the dates of an event change, shown to its organisers before they save."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import changes, date_questions
from events.actions.hearers import Part
from events.actions.timetable import Dates
from events.models import AccessRequest, Event, Registration
from events.pages.organise.numbers import ENOUGH_TO_HIDE_AMONG


@dataclass(frozen=True)
class Affected:
    """`told`: how many people get a mail, each once; `lines`: who they are, a line each, with what they are asked."""

    told: int
    lines: tuple[str, ...]

    @classmethod
    def by(cls, event: Event, before: Dates, after: Dates) -> "Affected | None":
        """None where nobody hears of it: the event is not public, or no date is told anew."""
        if not (event.is_published or event.is_postponed) or not before.are_told_anew(after):
            return None
        told = changes.hearers_of(event)
        if not told:
            return None
        parts = [part for theirs in told.values() for part in theirs]
        are_asked = date_questions.would_ask(before, after, timezone.now())
        return cls(
            len(told), (*_registered(parts, are_asked=are_asked), *_others(parts), *_access(event, parts))
        )


def _registered(parts: Iterable[Part], *, are_asked: bool) -> list[str]:
    """Whoever has a place by hosting or helping stands with those."""
    rows = [part.row for part in parts if isinstance(part.row, Registration)]
    rows = [row for row in rows if not row.volunteers_place]
    with_place = sum(row.has_place for row in rows)
    asking = len(rows) - with_place
    return [*_with_place(with_place, are_asked=are_asked), *_without(asking)]


def _with_place(number: int, *, are_asked: bool) -> list[str]:
    if not number:
        return []
    words = ngettext("%(number)s person with a place", "%(number)s people with a place", number)
    if are_asked:
        words = ngettext(
            "%(number)s person with a place, who is asked “Can you still come?”",
            "%(number)s people with a place, who are asked “Can you still come?”",
            number,
        )
    return [words % {"number": number}]


def _without(number: int) -> list[str]:
    words = ngettext(
        "%(number)s person who waits, or is offered a place",
        "%(number)s people who wait, or are offered a place",
        number,
    )
    return [words % {"number": number}] if number else []


def _others(parts: Iterable[Part]) -> list[str]:
    """Those who host, help, propose or ask, as the apps that know them call them."""
    found = Counter(type(part.row) for part in parts if not isinstance(part.row, Registration))
    names = {
        model: model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
        for model, number in found.items()
    }
    return [
        _("%(number)s %(who)s") % {"number": number, "who": names[model]} for model, number in found.items()
    ]


def _access(event: Event, parts: Iterable[Part]) -> list[str]:
    """How many requests about access there are, where they are among enough people; whoever leads on access is told."""
    live = sum(isinstance(part.row, Registration) for part in parts)
    number = AccessRequest.objects.open().filter(registration__event=event).count()
    if not number or live < ENOUGH_TO_HIDE_AMONG:
        return [_("Whoever arranges access here, if something is arranged")]
    words = ngettext(
        "%(number)s request about access; whoever arranges it is told too",
        "%(number)s requests about access; whoever arranges them is told too",
        number,
    )
    return [words % {"number": number}]
