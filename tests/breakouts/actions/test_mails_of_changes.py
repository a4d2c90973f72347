"""When a mail about a change leaves, and what it says: the difference to what its reader knew."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions import events, leaving
from events.models import Event
from mail.actions import outbox
from mail.models import OutgoingMail
from tests import mails
from tests.breakouts.everyone import (
    HEAR,
    arrived,
    call_back,
    cancel,
    everyone_at_an_event,
    later,
    meet_in_a_room_too,
    move,
    owed,
    postpone,
    words_to,
)
from tests.breakouts.factories import make_social
from tests.factories import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return everyone_at_an_event()


def test_what_is_taken_back_within_ten_minutes_is_never_told(event):
    for change in (cancel, postpone):
        change(event)
        call_back(event)
    move(event)
    move(event, by=timedelta(minutes=-90))

    with later(hours=1):
        outbox.send_due()
    assert arrived() == Counter()


def test_who_has_less_time_to_answer_hears_of_it_although_the_date_moved_back(event):
    nearer = event.starts_at - timezone.now() - timedelta(hours=20)
    move(event, number=1, by=-nearer)
    move(Event.objects.get(pk=event.pk), number=1, by=nearer)

    with later(minutes=11):
        outbox.send_due()
        words = words_to(HEAR["is offered one"])
    assert arrived() == Counter([HEAR["is offered one"], HEAR["was just asked to host"]])
    assert "Please answer by" in words


def test_several_changes_within_ten_minutes_are_one_mail_from_the_oldest_to_the_newest(event):
    move(event)
    move(event, by=timedelta(days=1))
    meet_in_a_room_too(event)

    words = words_to(HEAR["hosts"])
    assert owed() == Counter(HEAR.values())
    assert words.count("moves from") == 1
    assert "The Old Mill" in words


def test_those_who_were_told_that_it_is_off_are_told_that_it_is_on_again_and_nobody_else(event):
    left, not_reached = HEAR["holds a place"], HEAR["hosts"]
    cancel(event)
    with later(minutes=11):
        outbox.send_due()
        leaving.leave(event.registrations.get(email=left))
        OutgoingMail.objects.filter(kind="event-changed", to_email=not_reached).update(state="failed")
        call_back(event)

    with later(minutes=30):
        outbox.send_due()
    twice = {email: 2 for email in HEAR.values() if email not in (left, not_reached)}
    assert arrived() == Counter(twice | {left: 1})
    assert "takes place after all" in words_to(HEAR["helps"])


def test_a_cancellation_that_never_left_is_not_taken_back_by_mail(event):
    """The mail server was away: what waits to be tried again makes no sense by then."""
    cancel(event)
    OutgoingMail.objects.update(attempts=2, next_attempt_at=timezone.now() + timedelta(hours=1))
    with later(minutes=20):
        call_back(event)

    with later(hours=3):
        outbox.send_due()
    assert arrived() == Counter()


@pytest.mark.parametrize(
    ("starts_in", "leaves_at_once"), [(timedelta(hours=2), True), (timedelta(hours=4), False)]
)
def test_a_cancellation_is_held_unless_people_may_be_about_to_set_out(starts_in, leaves_at_once):
    event = make_social(starts_in=starts_in)
    amara = register(event)

    cancel(event)

    outbox.send_due()
    assert arrived() == (Counter([amara.email]) if leaves_at_once else Counter())


def test_a_move_that_waits_is_hurried_along_by_a_cancellation_that_cannot():
    event = make_social(starts_in=timedelta(hours=3, minutes=5))
    register(event)
    move(event, number=1, by=timedelta(minutes=1))

    with later(minutes=8):
        cancel(Event.objects.get(pk=event.pk))
        outbox.send_due()

    assert sum(arrived().values()) == 1
    assert "will not take place" in mails.composed("event-changed").text


def test_a_mail_that_a_worker_has_in_hand_does_not_swallow_the_next_change(event, monkeypatch):
    """It was written before the second change: that one is told by a mail of its own."""
    move(event)
    with later(minutes=10, seconds=1):
        first = OutgoingMail.objects.filter(kind="event-changed").order_by("pk").first()
        assert outbox._lease(first.pk)
        move(event, by=timedelta(minutes=15))

    assert owed()[first.to_email] == 2
    assert set(owed().values()) == {1, 2}


def test_a_date_that_moves_says_which_of_how_many_from_when_to_when(event):
    session = event.sessions.get(number=2)
    session.title = "Inclusive language"
    start = session.starts_at.replace(hour=14, minute=30)
    session.starts_at, session.ends_at = start, start + timedelta(hours=2)
    events.save_sessions(event, saved=[session])
    OutgoingMail.objects.all().delete()

    move(event)

    words = " ".join(words_to(HEAR["waits"]).split())
    assert "Session 2 of 3, “Inclusive language”, moves from 2.30pm to 4pm" in words
    assert "The other dates stay as they are." in words


def test_what_is_over_is_not_told_again(event):
    """Of four dates two are over: a move of one of those, or their place, is nobody's news."""
    with time_machine.travel(event.sessions.get(number=1).ends_at + timedelta(days=1)):
        OutgoingMail.objects.all().delete()
        move(event, number=1, by=timedelta(minutes=-5))
        assert owed() == Counter()
        cancel(Event.objects.get(pk=event.pk))

        words = words_to(HEAR["waits"])
    assert words.count("UK time") == 2
