"""How answers to the same question change from event to event. An event that too few have answered is a gap, and the page
does not say how few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from feedback.actions import tallies
from feedback.actions.refusals import TooFew
from feedback.actions.tallies import Tally
from feedback.models import FeedbackRound, Question
from feedback.pages.charts import Chart, chart_of
from kit.times import day_words

MOST_EVENTS = 12

Shown = Mapping[int, Tally]


@dataclass(frozen=True)
class Point:
    """One event in a trend. `chart` is None where too few have answered."""

    round: int
    title: str
    day: str
    is_this: bool
    chart: Chart | None

    @property
    def id(self) -> str:
        return f"{self.chart.id}-{self.round}" if self.chart else ""

    @property
    def name(self) -> str:
        return f"{self.day}: {self.title}"


@dataclass(frozen=True)
class Trend:
    """A question from event to event. `now` and `before` are the shares of the answer that is compared: the good one,
    else the most frequent."""

    question: Question
    chart: Chart
    points: Sequence[Point]
    answer: str
    now: int
    before: int
    day: str

    @property
    def is_drawn(self) -> bool:
        return any(point.chart is not None and point.chart.is_one_bar for point in self.points)

    @property
    def words(self) -> str:
        """This time and last time in words: "86% said “Yes, fully”. On Sunday 5 April 2020 it was 74%." """
        words = {"now": self.now, "answer": self.answer, "before": self.before, "day": self.day}
        if self.now == self.before:
            return _("%(now)s%% said “%(answer)s”, as on %(day)s.") % words
        return _("%(now)s%% said “%(answer)s”. On %(day)s it was %(before)s%%.") % words


@dataclass(frozen=True)
class Compared:
    """All questions that can be compared; there is one at least."""

    trends: Sequence[Trend]

    @property
    def words(self) -> str:
        """Since Sunday 5 April 2020: better in 4 of 5, lower in 1. Only where one answer is the good one."""
        judged = [trend for trend in self.trends if trend.chart.good]
        lower = sum(trend.now < trend.before for trend in judged)
        words = {
            "day": self._day(),
            "better": sum(trend.now > trend.before for trend in judged),
            "all": len(judged),
            "lower": lower,
        }
        if not judged:
            return _("Since %(day)s") % words
        if not lower:
            return _("Since %(day)s: better in %(better)s of %(all)s") % words
        return _("Since %(day)s: better in %(better)s of %(all)s, lower in %(lower)s") % words

    @property
    def number_words(self) -> str:
        number = len(self.trends[0].points)
        return ngettext("%(number)s event", "%(number)s events", number) % {"number": number}

    def _day(self) -> str:
        """The day that all are compared with, or the earliest of them."""
        days = [trend.day for trend in self.trends]
        return min(days, key=[point.day for point in self.trends[0].points].index)


def compared_of(event: Event, round: FeedbackRound) -> Compared | None:
    """Each question that can be seen here and was seen before: over events of the same series, where there is one, that
    were asked with the same form. Two queries."""
    rounds = _up_to(event, round)
    seen = [_shown(one) for one in rounds]
    found = []
    for key, tally in _shown(round).items():
        points = [
            _point(one, shown.get(key), is_this=one.pk == round.pk)
            for one, shown in zip(rounds, seen, strict=True)
        ]
        if trend := _trend(chart_of(tally), points):
            found.append(trend)
    return Compared(found) if found else None


def _trend(chart: Chart, points: Sequence[Point]) -> Trend | None:
    """None where nothing can be compared: no earlier event, or nobody whom the question concerned."""
    earlier = [
        (point.day, point.chart)
        for point in points
        if point.chart and point.chart.people and not point.is_this
    ]
    if not earlier or not chart.people:
        return None
    day, before = earlier[-1]
    place = chart.bars.index(chart.good) if chart.good else _most_frequent(chart)
    answer = chart.bars[place]
    return Trend(chart.question, chart, points, answer.words, answer.percent, before.bars[place].percent, day)


def _most_frequent(chart: Chart) -> int:
    def count(place: int) -> int:
        return chart.bars[place].count

    return max(range(len(chart.bars)), key=count)


def _up_to(event: Event, round: FeedbackRound) -> Sequence[FeedbackRound]:
    """The latest events that were over no later than this one, in the order of time."""
    if event.ends_at is None:
        return []
    rows = FeedbackRound.objects.filter(
        form=round.form_id, is_wanted=True, event__state=Event.State.PUBLISHED
    )
    if event.series_id:
        rows = rows.filter(event__series=event.series_id)
    over = rows.annotate(ended_at=Max("event__sessions__ends_at")).filter(ended_at__lte=event.ends_at)
    latest = over.select_related("event", "form").prefetch_related("form__questions")
    return [*latest.order_by("-ended_at", "-pk")[:MOST_EVENTS]][::-1]


def _shown(round: FeedbackRound) -> Shown:
    try:
        return tallies.shown(round)
    except TooFew:
        return {}


def _point(round: FeedbackRound, tally: Tally | None, *, is_this: bool) -> Point:
    ended_at: datetime = vars(round)["ended_at"]
    day = day_words(ended_at, round.event.time_zone)
    return Point(round.pk, round.event.title, day, is_this, chart_of(tally) if tally else None)
