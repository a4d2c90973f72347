"""What people said, as organisers may see it. None as long as too few have answered: then there is nothing to tell, not
even whether somebody has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from feedback.actions import tallies, themes
from feedback.actions.refusals import TooFew
from feedback.models import ActionTaken, AnswerText, FeedbackRound, Question
from feedback.pages.charts import Chart, chart_of
from feedback.pages.tones import BAD, GOOD, MOSTLY
from feedback.pages.trends import Compared, compared_of


@dataclass(frozen=True)
class HiddenText:
    key: str
    reason: str


@dataclass(frozen=True)
class InWords:
    """The answers in words to one question: those of one theme, if one is looked for. `everything` counts all shown."""

    question: Question
    texts: Sequence[AnswerText]
    everything: int
    hidden: Sequence[HiddenText]

    @property
    def is_open(self) -> bool:
        return bool(self.everything or self.hidden)

    @property
    def hidden_words(self) -> str:
        number = len(self.hidden)
        return ngettext("%(number)s text hidden", "%(number)s texts hidden", number) % {"number": number}


@dataclass(frozen=True)
class Answered:
    """A question that is not in words, in its place. `chart` is None where too few have answered."""

    question: Question
    chart: Chart | None


@dataclass(frozen=True)
class ThemeLine:
    """A theme, how many texts are about it, and what came of it. `answer` is None as long as nobody wrote one."""

    theme: str
    number: int
    answer: ActionTaken | None

    @property
    def words(self) -> str:
        return ngettext("%(number)s text", "%(number)s texts", self.number) % {"number": self.number}


@dataclass(frozen=True)
class Results:
    people: int
    answered: Sequence[Answered]
    in_words: Sequence[InWords]
    themes: Sequence[ThemeLine]
    theme: str
    compared: Compared | None

    @property
    def look_first(self) -> list[str]:
        """What asks for a look before anything else: who was left without what they needed, and what few found good."""
        return [words for one in self.answered if one.chart and (words := _worry(one.chart))]

    @property
    def unanswered(self) -> int:
        return sum(line.answer is None for line in self.themes)

    @property
    def people_words(self) -> str:
        return ngettext("%(number)s person answered.", "%(number)s people answered.", self.people) % {
            "number": self.people
        }


def round_of(event: Event) -> FeedbackRound | None:
    round = (
        FeedbackRound.objects.filter(event=event).select_related("form").prefetch_related("form__questions")
    )
    return round.first()


def results_of(event: Event, round: FeedbackRound | None, theme: str = "") -> Results | None:
    if round is None:
        return None
    try:
        shown, texts, hidden = tallies.shown(round), tallies.texts_shown(round), tallies.hidden(round)
    except TooFew:
        return None
    asked = _asked(round, {*shown, *(text.question_id for text in [*texts, *hidden])})
    charts = [
        Answered(question, chart_of(shown[question.pk]) if question.pk in shown else None)
        for question in asked
        if not question.is_in_words
    ]
    in_words = [_in_words(question, texts, hidden, theme) for question in asked if question.is_in_words]
    about = _theme_lines(event, texts)
    return Results(round.shown, charts, in_words, about, theme, compared_of(event, round))


def rows_of(results: Results) -> Iterator[list[object]]:
    """The results as a table in which each line is one number or one text, whatever was asked."""
    for one in results.answered:
        yield from _rows_of_question(one)
    for words in results.in_words:
        if not words.is_open:
            yield [words.question.words(), too_few_words(), "", "", ""]
        for text in words.texts:
            yield [words.question.words(), text.text.strip(), "", "", ", ".join(text.themes)]
        for hidden in words.hidden:
            yield [words.question.words(), _("(hidden: %(reason)s)") % {"reason": hidden.reason}, "", "", ""]


def _rows_of_question(one: Answered) -> Iterator[list[object]]:
    question, chart = one.question.words(), one.chart
    if chart is None:
        yield [question, too_few_words(), "", "", ""]
        return
    for bar in chart.bars:
        yield [question, bar.words, bar.count, chart.people, ""]
    if chart.outside:
        yield [question, *chart.outside, "", ""]


def header() -> list[str]:
    return [_("Question"), _("Answer"), _("Number"), _("Of so many people"), _("Themes")]


def too_few_words() -> str:
    return _("Shown when five have answered it")


def _asked(round: FeedbackRound, seen: set[int]) -> list[Question]:
    """The questions that are asked, and those that are no longer asked but were answered."""
    questions = [one for one in round.form.questions.all() if one.retired_at is None or one.pk in seen]
    return sorted(questions, key=lambda question: (question.place, question.pk))


def _theme_lines(event: Event, texts: Sequence[AnswerText]) -> list[ThemeLine]:
    """One query, where there is a theme."""
    counted = themes.counted(texts)
    answers = {row.theme.casefold(): row for row in event.actions_taken.all()} if counted else {}
    return [ThemeLine(theme, number, answers.get(theme.casefold())) for theme, number in counted]


def _worry(chart: Chart) -> str:
    """Where some people only are concerned, one of them who had nothing of it is enough; else half of all."""
    if chart.good is None:
        return ""
    worst = max(chart.bars, key=lambda bar: bar.tone == BAD)
    if chart.outside and worst.tone == BAD and worst.count:
        words = _("%(number)s of %(people)s whom it concerned said “%(answer)s”: %(question)s")
        return words % {
            "number": worst.count,
            "people": chart.people,
            "answer": worst.words,
            "question": chart.question.words(),
        }
    well = sum(bar.count for bar in chart.bars if bar.tone in (GOOD, MOSTLY))
    if not chart.people or 2 * well >= chart.people:
        return ""
    return _("Fewer than half found it good: %(question)s") % {"question": chart.question.words()}


def _in_words(
    question: Question, texts: Sequence[AnswerText], hidden: Sequence[AnswerText], theme: str
) -> InWords:
    own = [text for text in texts if text.question_id == question.pk]
    about = [text for text in own if not theme or theme in text.themes]
    gone = [
        HiddenText(str(text.pk), text.hidden_because) for text in hidden if text.question_id == question.pk
    ]
    return InWords(question, about, len(own), gone)
