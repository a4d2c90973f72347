"""An organiser who wants to know what somebody answered: makes up sheets in the room and by links of people whom they
added, knows of everybody else whether and when they answered, looks at the results after each beat of the clock, and
takes off from what is new what they sent themselves. tests/feedback/test_puppets.py lets them loose.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from feedback.models import FeedbackRound, Question
from feedback.pages import results_page
from tests.feedback.factories import fresh

Values = Counter[str]
Sheet = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """One turn: that of somebody (`who`) of whom is known which questions they answered, but not what; or the organiser's
    own, which is known."""

    questions: frozenset[str]
    who: str = ""
    sheet: Sheet | None = None


@dataclass(frozen=True)
class Opening:
    """What became visible to one question at once, without what the organiser sent: what is `left`, in the order of the
    page, was said by these people, here in the order in which they answered."""

    question: Question
    people: Sequence[str]
    left: Sequence[str]


@dataclass
class Organiser:
    round: FeedbackRound
    turns: list[Answered | dict[int, list[str]]] = field(default_factory=list)

    @cached_property
    def questions(self) -> list[Question]:
        return list(self.round.form.questions.asked())

    def sees(self, who: str, questions: Iterable[str]) -> None:
        self.turns.append(Answered(frozenset(questions), who=who))

    def sends(self, sheet: Sheet) -> None:
        self.turns.append(Answered(frozenset(sheet), sheet=sheet))

    def looks(self) -> None:
        """What stands on the page and in the file, each answer as often as it was given."""
        round = fresh(self.round)
        results = results_page.results_of(round.event, round)
        by_words = {question.words(): question for question in self.questions}
        seen: dict[int, list[str]] = {question.pk: [] for question in self.questions}
        for asked, answer, number, *_rest in results_page.rows_of(results) if results else ():
            question = by_words[str(asked)]
            if question.is_in_words:
                seen[question.pk] += [str(answer)] if answer != results_page.too_few_words() else []
            elif number != "":
                seen[question.pk] += [str(answer)] * int(str(number))
        self.turns.append(seen)

    def openings(self) -> Iterator[Opening]:
        for question in self.questions:
            yield from self._openings_of(question)

    def _openings_of(self, question: Question) -> Iterator[Opening]:
        before: list[str] = []
        since: list[Answered] = []
        for turn in self.turns:
            if not isinstance(turn, Answered):
                now = turn[question.pk]
                if Counter(now) != Counter(before):
                    yield _opening(question, now, before, since)
                    before, since = now, []
            elif str(question.pk) in turn.questions:
                since.append(turn)


def _opening(
    question: Question, now: Iterable[str], before: Iterable[str], since: Sequence[Answered]
) -> Opening:
    known = Counter([*before, *(said(question, turn.sheet) for turn in since if turn.sheet is not None)])
    left = []
    for value in now:
        if known[value]:
            known[value] -= 1
        else:
            left.append(value)
    return Opening(question, [turn.who for turn in since if turn.who], left)


def said(question: Question, sheet: Sheet) -> str:
    """What a sheet says to a question, in the words of the page."""
    answer = sheet[str(question.pk)]
    return str(answer) if question.is_in_words else question.option_words()[answer]


# --- Guessing who said what ---


def by_lot(opening: Opening, dice: random.Random) -> list[str]:
    return dice.sample(opening.left, len(opening.left))


def as_listed(opening: Opening, _dice: random.Random) -> list[str]:
    return list(opening.left)


def as_listed_backwards(opening: Opening, _dice: random.Random) -> list[str]:
    return list(opening.left)[::-1]


WAYS_TO_GUESS = (by_lot, as_listed, as_listed_backwards)
