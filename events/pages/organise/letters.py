"""What organisers wrote to people of an event, as their page lists it: drafts, what is held, and what has left."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.audiences import Audience
from events.actions.listed import LIST, THESE, chosen, quotas_of
from events.models import Letter
from events.models.letter import LetterCopy, LetterQuerySet
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


def line_of(letter: Letter, audiences: Iterable[Audience]) -> LetterLine:
    (line,) = lines_of(letter.event.letters.filter(pk=letter.pk), audiences)
    return line


def whom(letter: Letter, audiences: Iterable[Audience]) -> str:
    """Who it is for, in words: "Everyone who is coming; Hosts and helpers", with "Only University of Kent: " before it
    where it reaches nobody else."""
    if letter.corrects:
        return _("Exactly those who got “%(subject)s”") % {"subject": letter.corrects.subject}
    names = {one.code: str(one.words) for one in audiences}
    found = "; ".join(names.get(code) or _once_called(letter, code) for code in letter.audience)
    only = reach_words(letter)
    return _("Only %(groups)s: %(whom)s") % {"groups": only, "whom": found} if only else found


def reach_words(letter: Letter) -> str:
    """The groups of places whose people alone it can reach; "" where it can reach anybody."""
    if not letter.quotas:
        return ""
    names = [str(quota) for quota in quotas_of(letter.event) if quota.pk in letter.quotas]
    return ", ".join(names) or _("a group of places that is no more")


def _once_called(letter: Letter, code: str) -> str:
    """Of people whom nobody can choose for another letter: a choice of the list, or of something that is gone."""
    if code.startswith((LIST, THESE)):
        found = chosen(letter.event, code, letter.quotas)
        return found[0] if found else _("People of a list that is no more")
    return _("People in a room that is no more")


def lines_of(letters: LetterQuerySet, audiences: Iterable[Audience]) -> list[LetterLine]:
    """Those that were sent. Two queries."""
    found, known = list(letters.select_related("by", "corrects")), list(audiences)
    counts = _counts(found)
    return [
        LetterLine(
            letter,
            number=counts[letter.pk].total() - counts[letter.pk][State.DROPPED],
            waiting=counts[letter.pk][State.QUEUED] + counts[letter.pk][State.STOPPED],
            failed=counts[letter.pk][State.FAILED],
            by_phone=counts[letter.pk][State.PHONE],
            whom=whom(letter, known),
        )
        for letter in found
    ]


def _counts(letters: Iterable[Letter]) -> dict[int, Counter[str]]:
    """How many copies of each letter stand in which state; "" where the outbox has forgotten the mail. Asked apart from
    the letters: counted beside their words, each copy would carry these along."""
    found = defaultdict[int, Counter[str]](Counter)
    copies = LetterCopy.objects.filter(letter__in=letters).order_by()
    for letter, state, number in copies.values_list("letter", "mail__state").annotate(Count("pk")):
        found[letter][state or ""] = number
    return found
