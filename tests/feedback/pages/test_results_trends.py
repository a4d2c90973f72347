"""How answers change from event to event."""

import json
from datetime import timedelta

import pytest

from events.models import Event, Series
from feedback.actions import feedback_forms, pool, rounds
from feedback.models import AnswerLink, FeedbackRound, Question
from feedback.pages.trends import Compared, compared_of
from tests.factories import make_group
from tests.feedback.factories import fresh, make_past_event, put_back, sheet

pytestmark = pytest.mark.django_db

WELCOME = "I felt welcome."


@pytest.fixture
def series() -> Series:
    return Series.objects.create(group=make_group(), title="Socials", slug="socials")


def asked(own: Series, *answers: int, days_ago: int = 1, **fields: object) -> FeedbackRound:
    """An event after which each person answers every question with the option of this place."""
    event = make_past_event(len(answers), **{"group": own.group, "series": own} | fields)
    round = rounds.round_of(event)
    rounds.make_links(round)
    for link, place in zip(AnswerLink.objects.filter(round=round), answers, strict=True):
        pool.hand_in(link, {key: min(place, 2) for key in sheet(round)})
    pool.release(fresh(round))
    put_back(event, timedelta(days=days_ago))
    return fresh(round)


def compared(round: FeedbackRound) -> Compared | None:
    event = Event.objects.get(pk=round.event_id)
    return compared_of(event, fresh(round))


def trends(round: FeedbackRound):
    found = compared(round)
    return found.trends if found else []


def welcome(round: FeedbackRound):
    return next(trend for trend in trends(round) if trend.question.text == WELCOME)


def test_an_event_is_compared_in_words_with_the_one_before(series):
    asked(series, 0, 0, 0, 1, 1, days_ago=60)
    before = asked(series, 0, 0, 1, 1, 1, days_ago=30)

    trend = welcome(asked(series, 0, 0, 0, 0, 1))

    assert [point.chart.bars[0].percent for point in trend.points] == [60, 40, 80]
    day = trend.points[1].day
    assert trend.words == f"80% said “Yes, fully”. On {day} it was 40%."
    assert before.event.title == trend.points[1].title


def test_what_stays_the_same_is_said_so(series):
    asked(series, 0, 0, 0, 0, 1, days_ago=30)

    trend = welcome(asked(series, 0, 0, 0, 0, 1))

    assert trend.words == f"80% said “Yes, fully”, as on {trend.points[0].day}."


def test_an_event_that_too_few_have_answered_is_a_gap_without_a_number(series):
    asked(series, 0, 0, 0, 0, 0, days_ago=60)
    asked(series, 3, 3, 3, 3, days_ago=30)

    trend = welcome(asked(series, 0, 0, 0, 0, 0))

    assert [point.chart is None for point in trend.points] == [False, True, False]
    assert "as on" in trend.words


def test_later_events_are_not_looked_at(series):
    first = asked(series, 0, 0, 0, 0, 0, days_ago=30)
    asked(series, 1, 1, 1, 1, 1)

    assert trends(first) == []


def test_only_events_of_the_series_are_compared(series):
    asked(series, 0, 0, 0, 0, 0, days_ago=30, series=None)

    assert trends(asked(series, 0, 0, 0, 0, 0)) == []


def test_a_question_that_was_asked_in_other_words_begins_anew(series):
    asked(series, 0, 0, 0, 0, 0, days_ago=30)
    feedback_forms.change(Question.objects.get(text=WELCOME), text="I felt very welcome.")

    texts = [trend.question.text for trend in trends(asked(series, 0, 0, 0, 0, 0))]

    assert WELCOME not in texts
    assert "I felt very welcome." not in texts
    assert "I could speak, or choose not to." in texts


@pytest.mark.parametrize(
    ("good", "answer", "before", "now"),
    [
        ("middle", "right", 60, 20),
        ("first", "too slow", 0, 20),
        ("last", "too fast", 40, 60),
        ("none", "too fast", 40, 60),  # the most frequent
    ],
)
def test_the_good_answer_is_compared_wherever_it_stands(series, good, answer, before, now):
    asked(series, 1, 1, 1, 2, 2, days_ago=30)
    Question.objects.filter(text="The pace was …").update(good=good)

    found = trends(asked(series, 0, 1, 2, 2, 2))

    pace = next(trend for trend in found if trend.question.text == "The pace was …")
    assert pace.words == f"{now}% said “{answer}”. On {pace.day} it was {before}%."


def test_the_headline_counts_what_is_better_and_what_is_lower(series):
    """Mostly is no longer fully; the pace, which was right, is too slow; no needs were met, and now all of them."""
    asked(series, 1, 1, 1, 1, 1, days_ago=60)

    found = compared(asked(series, 0, 0, 0, 0, 0))

    assert found is not None
    assert found.words == f"Since {found.trends[0].day}: better in 4 of 5, lower in 1"
    assert found.number_words == "2 events"


def test_where_the_question_concerned_nobody_nothing_is_compared(series):
    needs = "My access needs were met."
    asked(series, 0, 0, 0, 0, 0, days_ago=30)
    this = asked(series, 0, 0, 0, 0, 0)
    question = this.form.questions.get(text=needs)
    tallies = json.loads(this.tallies)
    tallies[str(question.pk)]["counts"] = [0, 0, 0, 5]
    this.tallies = json.dumps(tallies)
    this.save()

    assert needs not in [trend.question.text for trend in trends(this)]


def test_as_many_questions_to_the_database_for_three_earlier_events_as_for_one(
    series, django_assert_num_queries
):
    def read_with(earlier: int) -> None:
        for number in range(earlier):
            asked(series, 0, 0, 0, 0, 0, days_ago=30 + number)
        round = asked(series, 0, 0, 0, 0, 0)
        event = Event.objects.prefetch_related("sessions").get(pk=round.event_id)
        own = (
            FeedbackRound.objects.select_related("form").prefetch_related("form__questions").get(pk=round.pk)
        )
        assert event.ends_at
        with django_assert_num_queries(2):
            compared_of(event, own)

    read_with(1)
    read_with(3)
