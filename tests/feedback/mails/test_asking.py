"""One mail two hours after the end, one reminder three days later. Nothing in them, or about them, tells who answered."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail

from events.actions import leaving
from events.pages.organise.messages import mails_of_event, mails_of_groups
from feedback.actions import pool, rounds
from feedback.models import AnswerLink, FeedbackRound
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_hub
from tests.feedback.factories import make_past_event
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
@made_once
def round() -> FeedbackRound:
    make_hub()
    event = make_past_event(3, ago=timedelta(minutes=5), title="The *social*")
    outbox.send_due()
    django_mail.outbox.clear()
    rounds.open_due()
    return FeedbackRound.objects.get(event=event)


def clock(round, after):
    with time_machine.travel(round.opens_at + after, tick=False):
        rounds.open_due()
        rounds.ask_due()
        outbox.send_due()


def sent():
    return sorted((mail.to[0], mail.subject[:12]) for mail in django_mail.outbox)


def test_everyone_who_had_a_place_is_asked_once_two_hours_after_the_end(round):
    clock(round, timedelta(minutes=119))
    before = sent()
    for _time in range(2):
        clock(round, timedelta(minutes=121))

    assert before == []
    assert len(sent()) == 3
    assert len({mail.to[0] for mail in django_mail.outbox}) == 3


def test_the_mail_has_the_link_says_how_it_is_kept_and_how_to_stop(round):
    clock(round, timedelta(hours=3))

    mail = django_mail.outbox[0]
    link = AnswerLink.objects.get(registration__email=mail.to[0])
    assert f"/feedback/{link.token}/" in mail.body
    assert "The *social*" in mail.body
    assert "Nobody can tell which answers are yours" in mail.body
    assert "Results open for 5 people at a time, never fewer." in mail.body
    assert f"/feedback/{link.token}/silence/" in mail.body
    assert "List-Unsubscribe" not in mail.extra_headers  # only news is stopped by a mail program


def test_one_reminder_for_those_who_neither_answered_nor_asked_for_silence(round):
    clock(round, timedelta(hours=3))
    django_mail.outbox.clear()
    answered, silent, other = AnswerLink.objects.order_by("pk")
    with time_machine.travel(round.opens_at + DAY, tick=False):
        pool.hand_in(answered, {})
        rounds.stop_reminding(silent)

    for days in (3, 4, 8):
        clock(round, days * DAY + timedelta(hours=1))

    assert [mail.to for mail in django_mail.outbox] == [[other.registration.email]]
    assert "only reminder" in django_mail.outbox[0].body


def test_a_reminder_that_is_overtaken_does_not_leave(round):
    clock(round, timedelta(hours=3))
    django_mail.outbox.clear()
    one, two, three = AnswerLink.objects.order_by("pk")
    with time_machine.travel(round.opens_at + 3 * DAY, tick=False):
        rounds.ask_due()
        pool.hand_in(one, {})
        rounds.stop_reminding(two)
        leaving.remove(three.registration, by=three.registration.person)
        outbox.send_due()

    assert [mail.subject for mail in django_mail.outbox if "again" in mail.subject] == []
    assert OutgoingMail.objects.filter(kind="feedback-reminder", state="dropped").count() == 3


def test_the_first_mail_leaves_although_somebody_answered_meanwhile_so_that_a_dropped_one_tells_nothing(
    round,
):
    with time_machine.travel(round.opens_at + timedelta(hours=3), tick=False):
        rounds.ask_due()
        pool.hand_in(AnswerLink.objects.order_by("pk")[0], {})
        outbox.send_due()

    assert len(django_mail.outbox) == 3


def test_nobody_is_written_to_once_it_is_closed_or_not_wanted(round):
    with time_machine.travel(round.opens_at + timedelta(hours=3), tick=False):
        rounds.ask_due()
        rounds.change(round, is_wanted=False, days_open=14)
        outbox.send_due()

    assert django_mail.outbox == []


def test_organisers_are_not_told_who_was_reminded(round):
    clock(round, timedelta(hours=3))
    with time_machine.travel(round.opens_at + DAY, tick=False):
        pool.hand_in(AnswerLink.objects.order_by("pk")[0], {})
    clock(round, 3 * DAY + timedelta(hours=1))

    listed = {mail.kind for mail in [*mails_of_event(round.event), *mails_of_groups([round.event.group])]}

    assert OutgoingMail.objects.filter(kind="feedback-reminder").count() == 2
    assert "feedback-ask" in listed
    assert "feedback-reminder" not in listed
