"""Tallies as bars: how long each is and what it says. Colours and patterns are only drawn beside the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.tallies import Tally
from feedback.models import Question
from feedback.pages.tones import MOST, Tone, place_of_good, tones_of


@dataclass(frozen=True)
class Bar:
    """One answer in a chart. `start` and `width` are hundredths of the whole length, as SVG writes numbers in any
    language."""

    words: str
    count: int
    percent: int
    start: str
    width: str
    tone: Tone


@dataclass(frozen=True)
class Chart:
    """The answers to one question. `people` are those it concerns; `outside` is the answer of the others, who are in no
    bar and no share."""

    question: Question
    people: int
    bars: tuple[Bar, ...]
    outside: tuple[str, int] | None = None

    @property
    def id(self) -> str:
        return f"chart-of-{self.question.pk}"

    @property
    def is_one_bar(self) -> bool:
        """Whether the answers are drawn as parts of a whole; where people may choose several, or among many, each has
        a bar of its own."""
        return self.question.kind != Question.Kind.SEVERAL and len(self.bars) <= MOST

    @property
    def good(self) -> Bar | None:
        """The good answer, where one is better than the others."""
        place = place_of_good(self.question.good, len(self.bars))
        return None if place is None else self.bars[place]

    @property
    def people_words(self) -> str:
        if self.outside:
            words = ngettext("%(number)s person it concerned", "%(number)s people it concerned", self.people)
        else:
            words = ngettext("%(number)s person answered", "%(number)s people answered", self.people)
        return words % {"number": self.people}

    @property
    def outside_words(self) -> str:
        """As in "13: I had none this time"; "" where the question concerns everyone."""
        if self.outside is None:
            return ""
        return _("%(number)s: %(answer)s") % {"number": self.outside[1], "answer": self.outside[0]}

    @property
    def words(self) -> str:
        """The picture in words, for those who do not see it."""
        lines = [bar_words(bar) for bar in self.bars]
        words = {"people": self.people_words, "answers": "; ".join(lines), "outside": self.outside_words}
        if self.outside:
            return _("%(people)s. %(answers)s. Not in the bar: %(outside)s.") % words
        return _("%(people)s. %(answers)s.") % words


def chart_of(tally: Tally) -> Chart:
    answers = list(zip(tally.question.option_words(), tally.counts, strict=True))
    outside = answers.pop() if tally.question.outside else None
    people = tally.people - (outside[1] if outside else 0)
    return Chart(tally.question, people, _bars(tally.question, answers, people), outside)


def _bars(question: Question, answers: Sequence[tuple[str, int]], people: int) -> tuple[Bar, ...]:
    bars, start = [], 0
    for (words, count), tone in zip(answers, tones_of(question.good, len(answers)), strict=True):
        bars.append(Bar(words, count, percent(count, people), *_drawn(start, count, people), tone))
        start += count
    return tuple(bars)


def bar_words(bar: Bar) -> str:
    return _("%(answer)s: %(number)s (%(percent)s%%)") % {
        "answer": bar.words,
        "number": bar.count,
        "percent": bar.percent,
    }


def percent(count: int, people: int) -> int:
    """A share of those who answered this question; halves are rounded up."""
    return (200 * count + people) // (2 * people) if people else 0


def _drawn(start: int, count: int, people: int) -> tuple[str, str]:
    return (f"{100 * start / people:.2f}", f"{100 * count / people:.2f}") if people else ("0.00", "0.00")
