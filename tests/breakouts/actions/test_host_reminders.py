"""What the clock settles for hosts, and what it reminds them of."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from allyhub import clock
from breakouts.actions import host_reminders, hosts
from events.actions import calling_off, leaving, registrations
from mail.models import OutgoingMail
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of
from tests.mails import said_in_subject

pytestmark = pytest.mark.django_db


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def at(**before_start: float):
    """The clock moved to that long before the event of these tests, which is in ten days."""
    return time_machine.travel(timezone.now() + timedelta(days=10) - timedelta(**before_start), tick=False)


def test_hosts_are_reminded_once_a_day_before():
    topic = make_topic(make_social(starts_in=timedelta(days=10)))
    make_host(topic, "keli@example.org")
    make_host(topic, "in-line@example.org")

    with at(hours=25):
        assert host_reminders.send_due() == 0
    with at(hours=23):
        assert [host_reminders.send_due(), host_reminders.send_due()] == [1, 0]

    assert mails("host-reminder") == ["keli@example.org"]


def test_of_a_date_that_moved_hosts_are_reminded_again():
    event = make_social(starts_in=timedelta(days=10))
    make_host(make_topic(event))
    with at(hours=23):
        host_reminders.send_due()
    event.sessions.update(
        starts_at=event.starts_at + timedelta(days=2), ends_at=event.ends_at + timedelta(days=2)
    )

    with time_machine.travel(timezone.now() + timedelta(days=11, hours=2), tick=False):
        assert host_reminders.send_due() == 1


def test_too_late_and_of_a_cancelled_event_nobody_is_reminded():
    event = make_social(starts_in=timedelta(days=10))
    make_host(make_topic(event))

    with at(minutes=10):
        assert host_reminders.send_due() == 0
    calling_off.cancel(event, reason="Ill", by=organiser_of(event))
    with at(hours=23):
        assert host_reminders.send_due() == 0


def test_the_clock_asks_on_when_nobody_answers():
    topic = make_topic(make_social(starts_in=timedelta(days=10)))
    asked = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=False)
    willing = make_host(topic)

    with time_machine.travel(asked.answer_by + timedelta(minutes=1), tick=False):
        assert [host_reminders.settle(), host_reminders.settle()] == [1, 0]

    willing.refresh_from_db()
    assert willing.is_asked


def test_a_host_who_gave_up_their_place_does_not_come_so_the_next_is_asked():
    topic = make_topic(make_social())
    host, willing = make_host(topic), make_host(topic)
    leaving.leave(host.registration)

    assert [host_reminders.settle(), host_reminders.settle()] == [1, 0]

    willing.refresh_from_db()
    assert willing.is_asked


def test_a_host_who_came_back_meanwhile_stays():
    host = make_host(make_topic(make_social()))
    registrations.rejoin(leaving.leave(host.registration))

    assert host_reminders.settle() == 0


def test_once_it_has_begun_nobody_is_let_go():
    event = make_social()
    host = make_host(make_topic(event))
    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        leaving.leave(host.registration)
        assert host_reminders.settle() == 0


def test_the_clock_does_all_of_it_and_the_mails_leave():
    topic = make_topic(make_social(starts_in=timedelta(days=10)))
    make_host(topic, "keli@example.org")

    with at(hours=23):
        clock.run_all()

    assert "you host a room soon" in [said_in_subject(mail) for mail in django_mail.outbox]
    assert not OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).exists()
