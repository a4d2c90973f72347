from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from events.actions import calling_off, events, leaving, reminders
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, make_organiser, register

pytestmark = pytest.mark.django_db


def reminded() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="reminder-1d").values_list("to_email", flat=True))


def at(**before_start: float):
    """The clock moved to that long before the event of these tests, which is in ten days."""
    return time_machine.travel(timezone.now() + timedelta(days=10) - timedelta(**before_start), tick=False)


def test_a_day_before_everyone_with_a_place_is_reminded_once():
    event = make_event(starts_in=timedelta(days=10), places=2)
    register(event, "a@example.org")
    register(event, "b@example.org")
    register(event, "waits@example.org")

    with at(hours=25):
        assert reminders.send_due() == 0
    with at(hours=23):
        assert [reminders.send_due(), reminders.send_due()] == [2, 0]

    assert reminded() == ["a@example.org", "b@example.org"]


def test_a_clock_that_stood_still_reminds_late_but_not_when_it_makes_no_sense():
    event = make_event(starts_in=timedelta(days=10))
    register(event)

    with at(minutes=10):
        assert reminders.send_due() == 0
    with at(hours=2):
        assert reminders.send_due() == 1


def test_nobody_is_reminded_of_a_cancelled_event():
    event = make_event(starts_in=timedelta(days=10))
    register(event)
    calling_off.cancel(event, reason="Ill", by=make_organiser(event.group))

    with at(hours=23):
        assert reminders.send_due() == 0


def test_a_reminder_for_a_place_given_up_meanwhile_does_not_leave():
    event = make_event(starts_in=timedelta(days=10))
    registration = register(event, "a@example.org")
    with at(hours=23):
        reminders.send_due()
        leaving.leave(registration)
        outbox.send_due()

    subjects = [sent.subject for sent in django_mail.outbox]
    assert "Coming up: your event" not in subjects
    assert OutgoingMail.objects.get(kind="reminder-1d").state == "dropped"


def test_each_date_of_a_programme_has_its_own_reminder():
    event = make_event(starts_in=timedelta(days=10), dates=2)
    register(event)

    with at(hours=23):
        reminders.send_due()
    with at(hours=23, weeks=-1):
        reminders.send_due()

    assert OutgoingMail.objects.filter(kind="reminder-1d").count() == 2


def test_a_date_that_moves_to_another_day_is_reminded_of_again():
    event = make_event(starts_in=timedelta(days=10))
    register(event)
    with at(hours=23):
        reminders.send_due()
    session = event.sessions.get()
    session.starts_at += timedelta(days=7)
    session.ends_at += timedelta(days=7)
    events.save_sessions(event, saved=[session])

    with at(hours=23, days=-7):
        assert reminders.send_due() == 1
