"""Many send in the same instant, some twice, while the clock lets answers in: each counts once, none is lost."""

import pytest

from feedback.actions import pool, rounds, tallies
from feedback.actions.refusals import AlreadyReceived
from feedback.models import AnswerLink, WaitingSheet
from tests.crowds import at_once
from tests.feedback.factories import fresh, make_round, questions, sheet

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8


def test_each_who_sends_in_one_instant_counts_once_and_none_is_lost():
    round = make_round(PEOPLE)
    links = list(AnswerLink.objects.select_related("round__event"))

    def send_or_let_in(n: int) -> object:
        if n >= 2 * PEOPLE:
            return rounds.release_due()
        return pool.hand_in(links[n % PEOPLE], sheet(round, keep=f"Text {n % PEOPLE}"))

    answers = at_once(send_or_let_in, 2 * PEOPLE + 2)
    rounds.release_due()

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(answer) for answer in refused] == [AlreadyReceived] * PEOPLE
    assert AnswerLink.objects.filter(is_used=True).count() == PEOPLE
    assert fresh(round).shown + WaitingSheet.objects.count() == PEOPLE
    welcome = questions(round.form)["I felt welcome."]
    assert tallies.shown(fresh(round))[welcome.pk].people == fresh(round).shown


def test_two_clocks_let_nobody_in_twice():
    round = make_round(PEOPLE)
    for link in AnswerLink.objects.select_related("round__event"):
        pool.hand_in(link, sheet(round, keep="The breaks"))

    at_once(lambda n: rounds.release_due(), 4)

    assert (fresh(round).shown, WaitingSheet.objects.count()) == (PEOPLE, 0)
    assert len(tallies.texts_shown(fresh(round))) == PEOPLE
