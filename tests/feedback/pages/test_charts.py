import pytest

from feedback.actions.tallies import Tally
from feedback.models import Question
from feedback.pages.charts import chart_of, percent

Kind = Question.Kind


def question(kind: str = Kind.SCALE, *options: str) -> Question:
    return Question(pk=7, kind=kind, text="I felt welcome.", options=[*options])


@pytest.mark.parametrize(
    ("count", "people", "expected"), [(0, 5, 0), (1, 8, 13), (1, 3, 33), (2, 3, 67), (5, 5, 100), (0, 0, 0)]
)
def test_shares_are_whole_numbers_and_halves_are_rounded_up(count, people, expected):
    assert percent(count, people) == expected


def test_the_parts_of_a_bar_stand_side_by_side_and_fill_it():
    chart = chart_of(Tally(question(), 8, (4, 2, 0, 2)))

    assert [(bar.start, bar.width) for bar in chart.bars] == [
        ("0.00", "50.00"),
        ("50.00", "25.00"),
        ("75.00", "0.00"),
        ("75.00", "25.00"),
    ]


def test_a_picture_is_told_in_words_too():
    chart = chart_of(Tally(question(), 8, (4, 2, 0, 2)))

    assert chart.words == (
        "8 people answered. Yes, fully: 4 (50%); Mostly: 2 (25%); Partly: 0 (0%); Not at all: 2 (25%)."
    )


def test_where_people_choose_several_each_answer_has_a_bar_of_its_own_and_its_share_of_all_people():
    chart = chart_of(Tally(question(Kind.SEVERAL, "Breaks", "Captions"), 5, (5, 4)))

    assert chart.is_one_bar is False
    assert [bar.percent for bar in chart.bars] == [100, 80]


def test_more_answers_than_patterns_have_a_bar_each():
    few, many = ("a", "b", "c", "d", "e"), ("a", "b", "c", "d", "e", "f")

    charts = [chart_of(Tally(question(Kind.CHOICE, *some), 6, (1,) * len(some))) for some in (few, many)]

    assert [chart.is_one_bar for chart in charts] == [True, False]
