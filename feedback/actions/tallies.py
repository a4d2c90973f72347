"""How often each answer was given: kept sealed in the round, opened from five on and then by two at least.

What is kept, as JSON: {"<question>": {"people": 7, "counts": [4, 2, 1, 0], "held_people": 1, "held": [0, 1, 0, 0]}}.
`held` waits until enough people have answered that question: somebody who skips one must not leave another alone in the
difference between two days.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.actions.refusals import TooFew
from feedback.models import AnswerText, FeedbackRound, Question

Answers = Mapping[str, Any]
Tallies = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Tally:
    """How often each answer to a question was given. `counts` has a number for each option, in their order; `people`
    have answered it."""

    question: Question
    people: int
    counts: tuple[int, ...]


def shown(round: FeedbackRound) -> dict[int, Tally]:
    """The numbers that may be seen, by the question's key; a question that too few have answered is left out. The
    only way to any number of a round. Raises TooFew."""
    if not round.is_shown:
        raise TooFew
    kept = read(round)
    found = {}
    for question in round.form.questions.all():
        line = kept.get(str(question.pk))
        if line and line["people"] >= FeedbackRound.THRESHOLD:
            found[question.pk] = Tally(question, line["people"], tuple(line["counts"]))
    return found


def texts_shown(round: FeedbackRound) -> list[AnswerText]:
    """The answers in words that may be read, without those that organisers hid. Raises TooFew."""
    if not round.is_shown:
        raise TooFew
    return list(round.texts.shown().select_related("question").order_by("question__place", "pk"))


def hidden(round: FeedbackRound) -> list[AnswerText]:
    """The answers in words that organisers hid, with their reasons and without the words. Raises TooFew."""
    if not round.is_shown:
        raise TooFew
    rows = round.texts.filter(is_released=True).exclude(hidden_because="")
    return list(rows.defer("text").select_related("question").order_by("question__place", "pk"))


def may_be_let_in(already: int, more: int) -> bool:
    """Whether answers that wait may be opened: five open it; after that never one alone."""
    if not already:
        return more >= FeedbackRound.THRESHOLD
    return more >= FeedbackRound.LEAST_AT_A_TIME


def read(round: FeedbackRound) -> Tallies:
    return json.loads(round.tallies) if round.tallies else {}


def add(kept: Tallies, sheets: Iterable[Answers], questions: Iterable[Question]) -> None:
    """Count the sheets, which are released together, and open what enough people have answered."""
    sheets = list(sheets)
    for question in questions:
        if question.is_in_words:
            continue
        options = len(question.option_words())
        line = kept.setdefault(str(question.pk), _nothing(options))
        for sheet in sheets:
            chosen = _chosen(sheet.get(str(question.pk)), options)
            line["held_people"] += bool(chosen)
            for option in chosen:
                line["held"][option] += 1
        if may_be_let_in(line["people"], line["held_people"]):
            line["people"] += line["held_people"]
            line["counts"] = [sum(pair) for pair in zip(line["counts"], line["held"], strict=True)]
            line["held_people"], line["held"] = 0, [0] * options


def forget_held(kept: Tallies) -> None:
    """Forget what waits for others who will not come any more."""
    for line in kept.values():
        line["held_people"], line["held"] = 0, [0] * len(line["held"])


def _chosen(answer: Any, options: int) -> list[int]:
    """The options that somebody chose: of a scale and a choice one, of several any."""
    if answer is None:
        return []
    chosen = answer if isinstance(answer, list) else [answer]
    return sorted({option for option in chosen if isinstance(option, int) and 0 <= option < options})


def _nothing(options: int) -> dict[str, Any]:
    return {"people": 0, "counts": [0] * options, "held_people": 0, "held": [0] * options}
