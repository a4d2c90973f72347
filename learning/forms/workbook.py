"""One page of a workbook, as somebody writes on it: answers to what is asked, lines in rings, steps of a plan."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.forms import line_field, needed_at_times, text_field
from kit.text import clean_text
from learning.models import Activity
from learning.point_words import POINTS
from learning.ring_words import RINGS
from learning.written import Answer, Step, Written

LONGEST_LINE = 300
# So many rows are looked for in what was sent; nobody fills them by hand.
MOST_ROWS = 40
FEWEST_STEPS = 2


@dataclass(frozen=True)
class AskedQuestion:
    question: str
    words: BoundField
    point: BoundField | None


@dataclass(frozen=True)
class Ring:
    """`lines` with the number that each has in the drawing, 0 for one that is not saved; the last is empty."""

    name: str
    title: str
    hint: str
    lines: tuple[tuple[int, BoundField], ...]


@dataclass(frozen=True)
class PlanStep:
    number: int
    fields: tuple[BoundField, ...]


class WorkbookForm(forms.Form):
    """What is asked comes along with the answers, so that an answer stays with its question, whatever organisers change
    meanwhile. Every row that is filled is followed by an empty one."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    sheet = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        activity: Activity,
        written: Written,
        edition: int = 0,
    ) -> None:
        self.activity, self.written = activity, written
        super().__init__(data, initial={"edition": edition, "sheet": str(uuid.uuid4())})
        self.asked = self._asked()
        for number, (question, hint) in enumerate(self.asked):
            self._add_question(number, question, hint)
        self.has_rings = activity.kind == Activity.Kind.CIRCLE or any(written.rings)
        self.has_steps = activity.kind == Activity.Kind.PLAN or bool(written.steps)
        for ring in range(len(RINGS)) if self.has_rings else ():
            self._add_lines(ring)
        for step in (
            range(self._rows("(?:what|who|by|snag)_", len(written.steps), FEWEST_STEPS))
            if self.has_steps
            else ()
        ):
            self._add_step(step)

    @property
    def questions(self) -> list[AskedQuestion]:
        scale = self.activity.kind == Activity.Kind.SCALE
        return [
            AskedQuestion(question, self[f"answer_{number}"], self[f"point_{number}"] if scale else None)
            for number, (question, _hint) in enumerate(self.asked)
        ]

    @property
    def rings(self) -> list[Ring]:
        """A line that is saved has its number of the drawing, another one 0."""
        found, number = [], 0
        for ring, (title, hint) in enumerate(RINGS if self.has_rings else ()):
            saved = len(self.written.rings[ring])
            names = [name for name in self.fields if name.startswith(f"ring_{ring}_")]
            numbers = [number + place if place <= saved else 0 for place in range(1, len(names) + 1)]
            lines = tuple((own, self[name]) for own, name in zip(numbers, names, strict=True))
            number += saved
            found.append(Ring(f"ring_{ring}", str(title), str(hint), lines))
        return found

    @property
    def steps(self) -> list[PlanStep]:
        numbers = [int(name.removeprefix("what_")) for name in self.fields if name.startswith("what_")]
        parts = ("what", "who", "by", "snag")
        return [PlanStep(one + 1, tuple(self[f"{part}_{one}"] for part in parts)) for one in numbers]

    def given(self) -> Written:
        value = self.cleaned_data.get
        answers = [
            Answer(question, value(f"answer_{number}") or "", value(f"point_{number}") or "")
            for number, (question, _hint) in enumerate(self.asked)
        ]
        numbers = [one.number - 1 for one in self.steps]
        parts = ("what", "who", "by", "snag")
        steps = [Step(*(value(f"{part}_{number}") or "" for part in parts)) for number in numbers]
        rings = [
            tuple(text for name in self.fields if name.startswith(f"ring_{ring}_") and (text := value(name)))
            for ring in range(len(RINGS))
        ]
        return Written(
            tuple(answer for answer in answers if not answer.is_empty),
            tuple(rings),
            tuple(step for step in steps if not step.is_empty),
        )

    def _asked(self) -> list[tuple[str, str]]:
        """What is asked, and what was asked before and has an answer, with the hint of each."""
        hints = dict(self.activity.questions)
        if self.is_bound:
            sent = self.data.getlist("question") if hasattr(self.data, "getlist") else []
            questions: Iterable[str] = [clean_text(str(text))[:LONGEST_LINE] for text in sent[:MOST_ROWS]]
        else:
            questions = [*hints, *(answer.question for answer in self.written.answers)]
        return [(text, hints.get(text, "")) for text in dict.fromkeys(questions) if text]

    def _add_question(self, number: int, question: str, hint: str) -> None:
        answer, kind = self.written.answer_to(question), self.activity.kind
        words_label: Any = question
        if kind == Activity.Kind.SCALE:
            self.fields[f"point_{number}"] = needed_at_times(
                forms.ChoiceField(
                    label=question,
                    help_text=escape(hint),
                    choices=[*POINTS, ("", gettext_lazy("No answer"))],
                    required=False,
                    initial=answer.point,
                    widget=forms.RadioSelect,
                )
            )
            words_label, hint = _("A few words"), ""
        rows = 2 if kind == Activity.Kind.SCALE else 3 if kind in Activity.WITHOUT_QUESTIONS else 5
        field = text_field(words_label, escape(hint), required=False, rows=rows)
        field.initial = answer.words
        self.fields[f"answer_{number}"] = needed_at_times(field) if kind != Activity.Kind.SCALE else field

    def _add_lines(self, ring: int) -> None:
        lines = self.written.rings[ring]
        for number in range(self._rows(f"ring_{ring}_", len(lines), 1)):
            label = _("%(ring)s, line %(number)s") % {"ring": RINGS[ring][0], "number": number + 1}
            field = text_field(label, required=False, max_length=LONGEST_LINE, rows=1)
            field.initial = lines[number] if number < len(lines) else ""
            self.fields[f"ring_{ring}_{number}"] = needed_at_times(field)

    def _add_step(self, number: int) -> None:
        steps = self.written.steps
        saved = steps[number] if number < len(steps) else Step()
        labels = (
            ("what", text_field(_("What will I do?"), required=False, rows=2)),
            ("who", line_field(_("Who could help?"), required=False, max_length=LONGEST_LINE)),
            ("by", line_field(_("By when?"), required=False, max_length=80)),
            ("snag", text_field(_("What might get in the way, and what then?"), required=False, rows=2)),
        )
        for name, field in labels:
            field.initial = getattr(saved, name)
            self.fields[f"{name}_{number}"] = needed_at_times(field)

    def _rows(self, prefix: str, filled: int, fewest: int) -> int:
        """How many rows there are: what was sent, else what is filled and an empty one."""
        if not self.is_bound:
            return max(filled + 1, fewest)
        sent = (re.fullmatch(rf"{prefix}(\d{{1,2}})", name) for name in self.data)
        return min(max((int(found[1]) + 1 for found in sent if found), default=0), MOST_ROWS)
