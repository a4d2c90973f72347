import pytest

from feedback.actions.tallies import Tally
from feedback.models import Question
from feedback.pages.charts import chart_of, percent
from feedback.pages.tones import GOOD, tones_of

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


def test_what_an_answer_means_decides_how_it_is_drawn_and_no_two_parts_of_a_bar_look_alike():
    expected = {
        ("first", 2): "good bad",
        ("first", 3): "good partly bad",
        ("first", 4): "good mostly partly bad",
        ("last", 4): "bad partly mostly good",
        ("first", 5): "good mostly even partly bad",
        ("middle", 3): "low good high",
        ("middle", 5): "low low good high high",
        ("middle", 4): "even high low even",  # asked before its answers had a middle
        ("none", 3): "even high low",
        ("none", 6): "high high high high high high",
    }

    assert {key: " ".join(tone.ground for tone in tones_of(*key)) for key in expected} == expected
    for (good, number), _words in expected.items():
        looks = [tone.pattern if tone != GOOD else "full" for tone in tones_of(good, number)]
        assert len(set(looks)) == (number if number <= 5 else 1)  # without any colour


def test_whom_a_question_does_not_concern_is_in_no_bar_and_no_share():
    needs = question(Kind.CHOICE, "Yes", "Partly", "No", "I had none")
    needs.good, needs.outside = Question.Good.FIRST, True

    some, nobody = chart_of(Tally(needs, 26, (9, 3, 1, 13))), chart_of(Tally(needs, 5, (0, 0, 0, 5)))

    assert [(bar.words, bar.percent, bar.tone.ground) for bar in some.bars] == [
        ("Yes", 69, "good"),
        ("Partly", 23, "partly"),
        ("No", 8, "bad"),
    ]
    assert (some.people_words, some.outside_words) == ("13 people it concerned", "13: I had none")
    assert some.words.endswith("No: 1 (8%). Not in the bar: 13: I had none.")
    assert [bar.width for bar in nobody.bars] == ["0.00"] * 3
    assert nobody.outside_words == "5: I had none"


def test_more_answers_than_patterns_have_a_bar_each():
    few, many = ("a", "b", "c", "d", "e"), ("a", "b", "c", "d", "e", "f")

    charts = [chart_of(Tally(question(Kind.CHOICE, *some), 6, (1,) * len(some))) for some in (few, many)]

    assert [chart.is_one_bar for chart in charts] == [True, False]
