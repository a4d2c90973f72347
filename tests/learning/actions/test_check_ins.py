"""Asking how it goes with a pledge: once each, to whoever wants it, and nobody can tell whose answer is whose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import leaving
from events.models import Registration
from learning.actions import check_ins, pledges
from learning.models import CheckIn, Pledge
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, register
from tests.learning.factories import days_later, make_pledge, offer_pledges
from tests.mails import composed
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

KEPT, STUCK = CheckIn.Answer.KEPT, CheckIn.Answer.STUCK


@pytest.fixture(name="amara")
@made_once
def make_amara() -> Registration:
    make_hub()
    event = offer_pledges(make_event(dates=4, starts_in=timedelta(days=-20)))
    amara = register(event, "amara@example.org", name="Amara")
    make_pledge(amara, "the quokka", months=[3, 6, 12])
    return amara


def asked() -> int:
    return OutgoingMail.objects.of_kind("pledge-check-in").count()


def months_pass(*days: int) -> list[int]:
    """How many emails there are after so many days, the clock going round twice each time."""
    found = []
    for number in days:
        with days_later(number):
            check_ins.ask_due()
            check_ins.ask_due()
            outbox.send_due()
            found.append(asked())
    return found


def test_over_twelve_months_each_question_comes_once(amara, mailoutbox):
    assert months_pass(30, 93, 120, 185, 200, 366, 380) == [0, 1, 1, 2, 2, 3, 3]
    told = [mail for mail in mailoutbox if "how does it go" in mail.subject]
    assert len(told) == 3
    assert not [mail for mail in told if "quokka" in f"{mail.subject}{mail.body}{mail.alternatives}".lower()]


def test_only_what_they_ticked_is_asked(amara):
    CheckIn.objects.exclude(months=6).delete()

    assert months_pass(93, 185, 366) == [0, 1, 1]


def test_whoever_stops_it_is_asked_no_more_and_a_mail_on_its_way_stays(amara):
    with days_later(93):
        check_ins.ask_due()
        check_ins.stop(amara)
        with pytest.raises(check_ins.Stopped):
            check_ins.stop(amara)
        assert composed("pledge-check-in") is None
    assert months_pass(93, 185, 366) == [1, 1, 1]


def test_a_clock_that_stood_still_asks_once_and_not_about_what_is_long_ago(amara):
    with nothing_stays():
        assert months_pass(190) == [1]
        assert list(CheckIn.objects.filter(asked_at=None).values_list("months", flat=True)) == [12]
    with nothing_stays():
        assert months_pass(250, 366) == [0, 1]


def test_nobody_without_a_place_or_a_mailbox_is_written_to(amara):
    with nothing_stays():
        leaving.end(Registration.objects.get(pk=amara.pk), Registration.Ended.LEFT, "left")
        assert months_pass(93, 185) == [0, 0]
    with nothing_stays():
        Registration.objects.filter(pk=amara.pk).update(email="abcd@no-email.invalid")
        assert months_pass(93) == [0]


def test_one_answer_counts_and_what_comes_too_early_or_to_nothing_is_told(amara):
    def answers(months: int = 3, answer: str = KEPT) -> None:
        check_ins.answer(amara, months, answer, help="", wants_reply=False)

    with pytest.raises(check_ins.NotAsked):
        answers()
    with days_later(93):
        answers()
        with pytest.raises(check_ins.Answered):
            answers(answer=STUCK)
        with pytest.raises(check_ins.NotAsked):
            answers(months=6)
    assert CheckIn.objects.get(months=3).answer == KEPT
    pledges.take_back(amara)
    with days_later(185), pytest.raises(check_ins.NotAsked):
        answers(months=6)


def test_saving_the_pledge_after_stopping_asks_again(amara):
    check_ins.stop(amara)
    fresh = Registration.objects.select_related("event__learning_plan").get(pk=amara.pk)
    answers = pledges.PledgeAnswers("the quokka", "none", {}, frozenset([6]))
    pledges.save(fresh, answers, edition=Pledge.objects.get().edition)

    assert months_pass(93, 185) == [0, 1]


def test_answers_are_counted_five_at_a_time(amara):
    def one_more(answer: str) -> dict[str, int]:
        number = CheckIn.objects.count()
        somebody = register(amara.event, f"person{number}@example.org")
        pledge = make_pledge(somebody, months=[3])
        day = timezone.localdate() + timedelta(days=number)
        pledge.check_ins.update(answer=answer, answered_on=day, asked_at=timezone.now())
        return check_ins.spread(amara.event, 3)

    Pledge.objects.all().delete()
    counts = [one_more(answer) for answer in (KEPT, KEPT, STUCK, KEPT, STUCK, STUCK, STUCK)]

    five = {"kept": 3, "on_the_way": 0, "stuck": 2}
    assert counts == [{}, {}, {}, {}, five, five, five]
    Registration.objects.filter(pk=Pledge.objects.all()[0].registration_id).update(added_by=amara.person)
    assert sum(check_ins.spread(amara.event, 3).values()) == 5
    Registration.objects.filter(pledge__isnull=False).update(added_by=amara.person)
    assert check_ins.spread(amara.event, 3) == {}
