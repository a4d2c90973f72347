"""What organisers wrote to people of an event, as their page lists it: drafts, what is held, and what has left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.audiences import Audience
from events.actions.listed import LIST, read
from events.models import Event, Letter
from events.models.letter import LetterQuerySet
from mail.models import OutgoingMail

State = OutgoingMail.State


@dataclass(frozen=True)
class LetterLine:
    """One that was sent. `number`: to how many; `waiting` and `failed`: of how many the email has not arrived, or never
    will; `by_phone`: how many have no address and are still to be told. `whom` in words."""

    letter: Letter
    number: int
    waiting: int
    failed: int
    by_phone: int
    whom: str

    @property
    def number_words(self) -> str:
        return people_words(self.number)


def people_words(number: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": number}


def held(event: Event, audiences: Iterable[Audience], now: datetime) -> list[LetterLine]:
    """Those that can be taken back."""
    return _lines(event.letters.held(now), audiences)


def sent(event: Event, audiences: Iterable[Audience], now: datetime) -> list[LetterLine]:
    """Those that have left, newest first."""
    return _lines(event.letters.left(now), audiences)


def line_of(letter: Letter, audiences: Iterable[Audience]) -> LetterLine:
    (line,) = _lines(Letter.objects.filter(pk=letter.pk), audiences)
    return line


def whom(letter: Letter, audiences: Iterable[Audience]) -> str:
    """Who it is for, in words: "Everyone who is coming; Hosts and helpers"."""
    if letter.corrects:
        return _("Exactly those who got “%(subject)s”") % {"subject": letter.corrects.subject}
    names = {one.code: str(one.words) for one in audiences}
    return "; ".join(names.get(code) or _once_called(letter.event, code) for code in letter.audience)


def _once_called(event: Event, code: str) -> str:
    """Of people whom nobody can choose for another letter: a choice of the list, or of something that is gone."""
    if code.startswith(LIST):
        chosen = read(event, code)
        return chosen.words(event) if chosen else _("People of a list that is no more")
    return _("People in a room that is no more")


def _lines(letters: LetterQuerySet, audiences: Iterable[Audience]) -> list[LetterLine]:
    """One query."""
    known = list(audiences)
    dropped = Q(copies__mail__state=State.DROPPED)
    counted = letters.select_related("by", "corrects").annotate(
        number=Count("copies", filter=~dropped | Q(copies__mail=None)),
        waiting=Count("copies", filter=Q(copies__mail__state__in=[State.QUEUED, State.STOPPED])),
        by_phone=Count("copies", filter=Q(copies__mail__state=State.PHONE)),
        failed=Count("copies", filter=Q(copies__mail__state=State.FAILED)),
    )
    return [
        LetterLine(letter, letter.number, letter.waiting, letter.failed, letter.by_phone, whom(letter, known))
        for letter in counted
    ]
