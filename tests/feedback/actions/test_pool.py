from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from feedback.actions import pool, tallies
from feedback.actions.refusals import AlreadyReceived, TooFew
from feedback.models import AnswerLink, FeedbackRound, WaitingSheet
from kit.meanwhile import NotOpen
from tests.feedback.factories import answer, fresh, make_round, questions, sheet

pytestmark = pytest.mark.django_db

WELCOME = "I felt welcome."


def numbers(round: FeedbackRound) -> tuple[int, ...]:
    round = fresh(round)
    return tallies.shown(round)[questions(round.form)[WELCOME].pk].counts


def test_a_link_is_good_once_and_what_came_first_stays():
    round = make_round(1)
    link = AnswerLink.objects.get()
    pool.hand_in(link, sheet(round, keep="the breaks"))

    with pytest.raises(AlreadyReceived):
        pool.hand_in(link, sheet(round, keep="the tea"))

    assert "the breaks" in WaitingSheet.objects.get().answers


def test_results_open_for_five_at_a_time():
    round = make_round(11)
    shown = []

    for _person in range(11):
        answer(round)
        pool.release(round)
        try:
            shown.append(sum(numbers(round)))
        except TooFew:
            shown.append(0)

    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


def test_answers_are_counted_by_their_options():
    round = make_round(5)
    welcome = questions(round.form)[WELCOME]
    for option, link in zip((0, 0, 1, 3, 3), AnswerLink.objects.all(), strict=True):
        pool.hand_in(link, {str(welcome.pk): option})

    pool.release(round)

    assert numbers(round) == (2, 1, 0, 2)


def test_a_question_that_few_answer_stays_shut_and_opens_by_itself():
    round = make_round(14)
    pace = questions(round.form)["The pace was …"]
    for place, link in enumerate(AnswerLink.objects.all()[:9]):
        answers = sheet(round)
        if place < 5:
            del answers[str(pace.pk)]
        pool.hand_in(link, answers)
    pool.release(round)
    before = pace.pk in tallies.shown(fresh(round))

    answer(round, 3)
    pool.release(round)
    still = pace.pk in tallies.shown(fresh(round))
    answer(round, 2)
    pool.release(round)

    assert (before, still) == (False, False)
    assert tallies.shown(fresh(round))[pace.pk].people == 9


def test_the_difference_between_two_days_is_never_one_person_s_answer_to_one_question():
    round = make_round(10)
    pace = questions(round.form)["The pace was …"]
    answer(round, 5)
    pool.release(round)
    alone, *silent = AnswerLink.objects.filter(is_used=False)
    pool.hand_in(alone, {str(pace.pk): 2})
    for link in silent:
        pool.hand_in(link, {})

    pool.release(round)

    assert fresh(round).shown == 10
    assert tallies.shown(fresh(round))[pace.pk].counts == (5, 0, 0)


def test_words_stand_by_themselves_from_five_on():
    round = make_round(10)
    answer(round, 4, keep="the breaks")
    answer(round, 1)
    pool.release(round)
    assert tallies.texts_shown(fresh(round)) == []
    assert sorted({text.text.strip() for text in round.texts.all()}) == ["the breaks"]

    answer(round, 4)
    answer(round, 1, keep="the tea")
    pool.release(round)

    shown = sorted(text.text.strip() for text in tallies.texts_shown(fresh(round)))
    assert shown == [*["the breaks"] * 4, "the tea"]
    assert not round.texts.filter(is_first_hand=True).exists()  # which were is forgotten


def test_what_organisers_said_of_a_text_stays_with_it_when_all_are_written_anew():
    round = make_round(10)
    answer(round, 5, keep="the breaks")
    pool.release(round)
    round.texts.update(themes=["breaks"])

    answer(round, 5, keep="the tea")
    pool.release(round)

    assert sorted((text.text.strip(), text.themes) for text in round.texts.all()) == [
        *[("the breaks", ["breaks"])] * 5,
        *[("the tea", [])] * 5,
    ]


def test_all_that_waits_is_written_anew_with_each_that_comes():
    round = make_round(4)
    answer(round, 3)
    before = {(row.pk, row.__dict__["answers"]) for row in WaitingSheet.objects.all()}

    answer(round)

    after = {(row.pk, row.__dict__["answers"]) for row in WaitingSheet.objects.all()}
    assert len(after) == 4
    assert {pk for pk, _sealed in before} & {pk for pk, _sealed in after} == set()
    assert {sealed for _pk, sealed in before} & {sealed for _pk, sealed in after} == set()
    assert len({len(sealed) for _pk, sealed in after}) == 1


def test_nobody_answers_before_the_end_or_after_the_last_day():
    round = make_round(1)
    link = AnswerLink.objects.get()

    for moment in (round.opens_at - timedelta(minutes=1), round.closes_at):
        with time_machine.travel(moment, tick=False), pytest.raises(NotOpen):
            pool.hand_in(link, {})


def test_on_the_screen_no_more_answers_than_people():
    with time_machine.travel(datetime(2026, 5, 3, 16, tzinfo=UTC), tick=False):
        round = make_round(2, ago=timedelta(minutes=5))
        pool.hand_in_on_screen(round, sheet(round))
        pool.hand_in_on_screen(round, sheet(round))

        with pytest.raises(NotOpen):
            pool.hand_in_on_screen(round, sheet(round))
