"""30 days after the last day: who could answer is forgotten, what can never be shown too; the results stay."""

from datetime import timedelta

import pytest
import time_machine

from events.actions import my_data
from feedback.actions import pool, retention, rounds, tallies
from feedback.models import AnswerLink, AnswerText, FeedbackRound, WaitingSheet
from kit.privacy import period
from tests.feedback.factories import answer, fresh, make_round, questions, sheet

pytestmark = pytest.mark.django_db

PACE = "The pace was …"


def forget(round, days):
    with time_machine.travel(round.closes_at + timedelta(days=days), tick=False):
        return retention.forget_what_is_over()


def test_links_go_thirty_days_after_the_last_day_and_the_results_stay():
    round = make_round(8)
    answer(round, 6, keep="the breaks")
    pool.release(round)

    early = forget(round, 29)
    before = AnswerLink.objects.count()
    late = [forget(round, 30), forget(round, 31)]

    assert period("feedback") == timedelta(days=30)
    assert (early, before, late) == (0, 8, [1, 0])
    assert not AnswerLink.objects.exists()
    assert fresh(round).is_settled
    assert fresh(round).shown == 6
    assert len(tallies.texts_shown(fresh(round))) == 6


def test_sheets_that_are_left_over_are_forgotten_with_the_answers_that_are_held():
    round = make_round(14)
    pace = str(questions(round.form)[PACE].pk)
    answer(round, 5)
    pool.release(round)
    alone, *silent = AnswerLink.objects.filter(is_used=False)[:5]
    pool.hand_in(alone, sheet(round, keep="only here"))
    for link in silent:
        pool.hand_in(link, {})
    pool.release(round)
    answer(round, 4)

    forget(round, 30)

    line = tallies.read(fresh(round))[pace]
    assert (line["people"], line["held_people"], line["held"]) == (5, 0, [0, 0, 0])
    assert fresh(round).shown == 10
    assert not WaitingSheet.objects.exists()
    assert not AnswerText.objects.exists()


def test_four_answers_are_never_shown_and_go():
    round = make_round(4)
    answer(round, 4, keep="the breaks")

    forget(round, 30)

    assert (fresh(round).shown, WaitingSheet.objects.count(), AnswerText.objects.count()) == (0, 0, 0)


def test_a_settled_round_has_no_new_links_and_no_mails():
    round = make_round(3)
    forget(round, 30)

    with time_machine.travel(round.closes_at + timedelta(days=31), tick=False):
        assert (rounds.open_due(), rounds.ask_due()) == (0, 0)


def test_more_days_move_the_forgetting():
    round = make_round(1)
    rounds.change(round, is_wanted=True, days_open=60)

    assert forget(round, 30) == 0
    assert FeedbackRound.objects.get().is_settled is False


def test_my_data_tells_of_the_link_without_its_key_and_erasing_takes_it():
    round = make_round(2)
    link = AnswerLink.objects.first()
    pool.hand_in(link, sheet(round, keep="the breaks"))

    told = str(my_data.collect(link.registration.email))
    my_data.erase_everything(link.registration.email)

    assert "Your link to give feedback" in told
    assert "the breaks" not in told
    assert link.key not in told
    assert AnswerLink.objects.count() == 1
    assert WaitingSheet.objects.count() == 1
