"""How often each answer was given: kept sealed in the round, opened by five at least.

What is kept, as JSON: {"<question>": {"people": 7, "counts": [4, 2, 1, 0], "held_people": 2, "held_first_hand": 1,
"held": [0, 2, 0, 0]}}. `held` waits until enough people have answered that question first-hand (kit.anonymity.Tally):
somebody who skips one must not leave another alone in the difference between two days, nor among sheets that an
organiser filled in.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.actions.refusals import TooFew
from feedback.models import AnswerText, FeedbackRound, Question
from kit import anonymity

Answers = Mapping[str, Any]
Tallies = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Sheet:
    """What one person answered, and whether it came by the link of somebody who confirmed their address themselves and
    was there (events.actions.first_hand)."""

    answers: Answers
    is_first_hand: bool


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
        tally = anonymity.Tally.of(kept.get(str(question.pk)), len(question.option_words()))
        if seen := tally.shown(FeedbackRound.THRESHOLD):
            found[question.pk] = Tally(question, *seen)
    return found


def texts_shown(round: FeedbackRound) -> list[AnswerText]:
    """The answers in words that may be read, without those that organisers hid. Raises TooFew."""
    if not round.is_shown:
        raise TooFew
    return list(round.texts.shown().select_related("question").order_by("question__place", "pk"))


def themes_shown(events: Iterable[int]) -> dict[int, set[str]]:
    """What the texts that can be read are about, in small letters, by the keys of their events. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    texts = AnswerText.objects.shown().filter(
        round__event__in=events, round__shown__gte=FeedbackRound.THRESHOLD
    )
    for event, themes in texts.values_list("round__event", "themes"):
        found[event] |= {theme.casefold() for theme in themes}
    return found


def hidden(round: FeedbackRound) -> list[AnswerText]:
    """The answers in words that organisers hid, with their reasons and without the words. Raises TooFew."""
    if not round.is_shown:
        raise TooFew
    rows = round.texts.filter(is_released=True).exclude(hidden_because="")
    return list(rows.defer("text").select_related("question").order_by("question__place", "pk"))


def may_be_let_in(first_hand: int) -> bool:
    """Whether answers that wait may be opened together, so many of which are first-hand."""
    return anonymity.may_be_let_in(first_hand, FeedbackRound.THRESHOLD)


def read(round: FeedbackRound) -> Tallies:
    return json.loads(round.tallies) if round.tallies else {}


def add(kept: Tallies, sheets: Iterable[Sheet], questions: Iterable[Question]) -> None:
    """Count the sheets, which are released together, and open what enough people have answered."""
    sheets = list(sheets)
    for question in questions:
        if question.is_in_words:
            continue
        options = len(question.option_words())
        tally = anonymity.Tally.of(kept.get(str(question.pk)), options)
        for sheet in sheets:
            tally.hold(
                _chosen(sheet.answers.get(str(question.pk)), options), is_first_hand=sheet.is_first_hand
            )
        tally.let_in(FeedbackRound.THRESHOLD)
        kept[str(question.pk)] = tally.kept()


def forget_held(kept: Tallies) -> None:
    """Forget what waits for others who will not come any more."""
    for question, line in kept.items():
        tally = anonymity.Tally(**line)
        tally.forget_held()
        kept[question] = tally.kept()


def _chosen(answer: Any, options: int) -> list[int]:
    """The options that somebody chose: of a scale and a choice one, of several any."""
    if answer is None:
        return []
    chosen = answer if isinstance(answer, list) else [answer]
    return sorted({option for option in chosen if isinstance(option, int) and 0 <= option < options})
