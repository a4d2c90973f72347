from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail

from allyhub import clock
from breakouts.actions import note_reminders
from breakouts.models import BreakoutPlan
from events.actions import calling_off
from mail.models import OutgoingMail
from tests.breakouts.factories import make_note_taker, make_social, make_topic, organiser_of, write_notes
from tests.mails import said_in_subject

pytestmark = pytest.mark.django_db

KINDS = ("notes-nudge", "notes-chase", "notes-ask-host")


@pytest.fixture
def topic():
    event = make_social()
    ends_at = event.ends_at - timedelta(minutes=25)
    BreakoutPlan.objects.update(rooms_end_at=ends_at)
    return make_topic(event, "Names", host="Keli")


def after_end(**delta: float):
    plan = BreakoutPlan.objects.get()
    return time_machine.travel(plan.rooms_end_at + timedelta(**delta), tick=False)


def asked(*kinds: str) -> list[str]:
    mails = OutgoingMail.objects.filter(kind__in=kinds or KINDS).order_by("pk")
    return [f"{mail.kind} {mail.to_email}" for mail in mails]


def test_five_minutes_before_the_end_the_note_taker_is_asked_for_one_sentence_once(topic):
    make_note_taker(topic, "sage@example.org")

    with after_end(minutes=-6):
        assert note_reminders.send_due() == 0
    with after_end(minutes=-5):
        assert [note_reminders.send_due(), note_reminders.send_due()] == [1, 0]

    assert asked() == ["notes-nudge sage@example.org"]


def test_whoever_has_their_sentence_is_not_asked_for_it(topic):
    write_notes(make_note_taker(topic), sentence="Ask first.")

    with after_end(minutes=-3):
        assert note_reminders.send_due() == 0


def test_a_clock_that_stood_still_does_not_speak_of_minutes_that_are_over(topic):
    make_note_taker(topic)

    with after_end(minutes=1):
        assert note_reminders.send_due() == 0


def test_two_gentle_reminders_and_then_the_host_is_asked_once(topic):
    make_note_taker(topic, "sage@example.org")
    host = topic.hosts.get().email

    for hours in (1, 2, 3, 11, 13, 24, 25, 47, 48, 49, 100, 167, 169, 200):
        with after_end(hours=hours):
            note_reminders.send_due()

    assert asked() == [
        "notes-chase sage@example.org",
        "notes-chase sage@example.org",
        f"notes-ask-host {host}",
    ]


def test_one_finished_note_is_enough_for_the_room(topic):
    make_note_taker(topic)
    write_notes(make_note_taker(topic), sentence="Ask first.", finish=True)

    with after_end(hours=3):
        assert note_reminders.send_due() == 0


def test_notes_that_are_not_finished_are_asked_for_but_the_host_is_left_alone(topic):
    write_notes(make_note_taker(topic, "sage@example.org"), came_up="Much")

    with after_end(hours=24):
        note_reminders.send_due()
    with after_end(hours=50):
        note_reminders.send_due()

    assert asked() == ["notes-chase sage@example.org"]


def test_where_nobody_took_notes_the_host_is_asked_the_same_day(topic):
    with after_end(hours=2):
        note_reminders.send_due()

    assert asked() == [f"notes-ask-host {topic.hosts.get().email}"]


def test_a_cancelled_event_asks_for_nothing(topic):
    make_note_taker(topic)
    calling_off.cancel(topic.event, reason="Ill", by=organiser_of(topic.event))

    for hours in (-0.05, 3, 50):
        with after_end(hours=hours):
            assert note_reminders.send_due() == 0


def test_the_number_of_questions_does_not_grow_with_the_rooms(topic, django_assert_max_num_queries):
    for _ in range(4):
        make_note_taker(make_topic(topic.event))

    with after_end(minutes=-6), django_assert_max_num_queries(3):
        note_reminders.send_due()
    with after_end(hours=3):
        note_reminders.send_due()
    with after_end(hours=4), django_assert_max_num_queries(9):
        note_reminders.send_due()


def test_the_clock_asks_and_the_mail_leaves(topic):
    make_note_taker(topic, "sage@example.org")

    with after_end(minutes=-4):
        clock.run_all()

    mine = [mail for mail in django_mail.outbox if mail.to == ["sage@example.org"]]
    assert "five minutes left, choose one sentence" in [said_in_subject(mail) for mail in mine]
