"""What somebody wrote on a page of their workbook, in the parts that its kinds have: answers, rings, steps."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from typing import Any

RINGS = 3


@dataclass(frozen=True)
class Answer:
    """With the question as it was asked then: a later one never gets an answer to another. `point`: 1 to 5 of a scale, ""
    for none."""

    question: str
    words: str = ""
    point: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.point


@dataclass(frozen=True)
class Step:
    """One of a plan; `by` is a day (ISO 8601) or ""."""

    what: str = ""
    who: str = ""
    by: str = ""
    snag: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.what or self.who or self.by or self.snag)


@dataclass(frozen=True)
class Written:
    answers: tuple[Answer, ...] = ()
    rings: tuple[tuple[str, ...], ...] = field(default=((),) * RINGS)
    steps: tuple[Step, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> "Written":
        """What `to_text` made; nothing for ""."""
        parts: dict[str, Any] = json.loads(text) if text else {}
        return cls(
            tuple(Answer(**answer) for answer in parts.get("answers", ())),
            tuple(tuple(lines) for lines in parts.get("rings", ((),) * RINGS)),
            tuple(Step(**step) for step in parts.get("steps", ())),
        )

    def to_text(self) -> str:
        """As JSON; "" where nothing is written."""
        if self.is_empty:
            return ""
        parts = Written(
            tuple(answer for answer in self.answers if not answer.is_empty),
            self.rings,
            tuple(step for step in self.steps if not step.is_empty),
        )
        return json.dumps(asdict(parts), ensure_ascii=False)

    @property
    def is_empty(self) -> bool:
        answers, steps = all(one.is_empty for one in self.answers), all(one.is_empty for one in self.steps)
        return answers and steps and not any(self.rings)

    def answer_to(self, question: str) -> Answer:
        return next((one for one in self.answers if one.question == question), Answer(question))

    def merged_with(self, other: "Written") -> "Written":
        """Both, one under the other; what both say stands there once."""
        questions = dict.fromkeys(one.question for one in (*self.answers, *other.answers))
        return Written(
            tuple(_both(self.answer_to(question), other.answer_to(question)) for question in questions),
            tuple(
                _once([*own, *theirs]) for own, theirs in zip_longest(self.rings, other.rings, fillvalue=())
            ),
            _once([*self.steps, *other.steps]),
        )


def _both(own: Answer, other: Answer) -> Answer:
    words = [text for text in (own.words, other.words) if text]
    if len(words) > 1 and (words[0] in words[1] or words[1] in words[0]):
        words = [max(words, key=len)]
    return Answer(own.question, "\n\n".join(words), own.point or other.point)


def _once(lines: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(lines))
