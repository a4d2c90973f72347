"""Tallies as bars: how long each is and what it says. Colours and patterns are only drawn beside the words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.tallies import Tally
from feedback.models import Question

# So many patterns can be told apart side by side in one bar; a question with more answers has a bar for each.
MOST_IN_ONE_BAR = 5


@dataclass(frozen=True)
class Bar:
    """One answer in a chart. `start` and `width` are hundredths of the whole length, as SVG writes numbers in any
    language."""

    place: int
    words: str
    count: int
    percent: int
    start: str
    width: str


@dataclass(frozen=True)
class Chart:
    question: Question
    people: int
    bars: tuple[Bar, ...]

    @property
    def id(self) -> str:
        return f"chart-of-{self.question.pk}"

    @property
    def is_one_bar(self) -> bool:
        """Whether the answers are drawn as parts of a whole; where people may choose several, or among many, each has
        a bar of its own."""
        return self.question.kind != Question.Kind.SEVERAL and len(self.bars) <= MOST_IN_ONE_BAR

    @property
    def people_words(self) -> str:
        return ngettext("%(number)s person answered", "%(number)s people answered", self.people) % {
            "number": self.people
        }

    @property
    def words(self) -> str:
        """The picture in words, for those who do not see it."""
        lines = [bar_words(bar) for bar in self.bars]
        return _("%(people)s. %(answers)s.") % {"people": self.people_words, "answers": "; ".join(lines)}


def chart_of(tally: Tally) -> Chart:
    bars, start = [], 0
    for place, (words, count) in enumerate(
        zip(tally.question.option_words(), tally.counts, strict=True), start=1
    ):
        bars.append(
            Bar(place, words, count, percent(count, tally.people), *_drawn(start, count, tally.people))
        )
        start += count
    return Chart(tally.question, tally.people, tuple(bars))


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
    return f"{100 * start / people:.2f}", f"{100 * count / people:.2f}"
