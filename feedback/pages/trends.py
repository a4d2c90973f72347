"""How answers to the same question change from event to event. An event that too few have answered is a gap, and the page
does not say how few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from events.models import Event
from feedback.actions import tallies
from feedback.actions.refusals import TooFew
from feedback.actions.tallies import Tally
from feedback.models import FeedbackRound, Question
from feedback.pages.charts import Chart, chart_of
from kit.times import day_words

MOST_EVENTS = 12
# The first answer of a scale is the one that is hoped for.
HOPED_FOR = 0

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
    question: Question
    answers: Sequence[str]
    points: Sequence[Point]
    compared: str

    @property
    def is_drawn(self) -> bool:
        return any(point.chart is not None and point.chart.is_one_bar for point in self.points)


def trends_of(event: Event, round: FeedbackRound) -> list[Trend]:
    """A trend for each question that can be seen here and was seen before: over events of the same series, where
    there is one, that were asked with the same form. Two queries."""
    rounds = _up_to(event, round)
    seen = [_shown(one) for one in rounds]
    this = _shown(round)
    found = []
    for key, tally in this.items():
        points = [
            _point(one, shown.get(key), is_this=one.pk == round.pk)
            for one, shown in zip(rounds, seen, strict=True)
        ]
        if any(point.chart is not None and not point.is_this for point in points):
            chart = chart_of(tally)
            answers = [bar.words for bar in chart.bars]
            found.append(Trend(tally.question, answers, points, compared_words(chart, points)))
    return found


def compared_words(chart: Chart, points: Sequence[Point]) -> str:
    """This time and last time in words: "86% said “Yes, fully”. On Sunday 5 April 2020 it was 74%." Of a scale the
    first answer, else the most frequent."""
    place = HOPED_FOR if chart.question.kind == Question.Kind.SCALE else _most_frequent(chart)
    seen = [(point.day, point.chart) for point in points if point.chart is not None and not point.is_this]
    day, earlier = seen[-1]
    words = {
        "now": chart.bars[place].percent,
        "answer": chart.bars[place].words,
        "before": earlier.bars[place].percent,
        "day": day,
    }
    if words["now"] == words["before"]:
        return _("%(now)s%% said “%(answer)s”, as on %(day)s.") % words
    return _("%(now)s%% said “%(answer)s”. On %(day)s it was %(before)s%%.") % words


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
