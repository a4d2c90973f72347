from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from events.actions import calling_off, events, leaving, notices, reminders
from events.models import Event
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic
from tests.factories import make_event, make_organiser, register
from tests.mails import as_it_leaves, composed, said_in_subject
from tests.worlds import nothing_stays

pytestmark = pytest.mark.django_db


def reminded() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="reminder").values_list("to_email", flat=True))


def at(**before_start: float):
    """The clock moved to that long before the event of these tests, which is in ten days."""
    return time_machine.travel(timezone.now() + timedelta(days=10) - timedelta(**before_start), tick=False)


def test_whoever_waits_when_the_event_begins_hears_once_that_no_place_came_free():
    event = make_event(starts_in=timedelta(days=10), places=1)
    register(event, "a@example.org")
    register(event, "waits@example.org")
    leaving.leave(register(event, "left@example.org"))
    register(event, "unconfirmed@example.org", confirmed=False)

    with at(minutes=1):
        assert reminders.tell_who_waited_in_vain() == 0
    with at(minutes=-1):
        assert [reminders.tell_who_waited_in_vain(), reminders.tell_who_waited_in_vain()] == [1, 0]
        mail = composed("no-place")

    assert OutgoingMail.objects.get(kind="no-place").to_email == "waits@example.org"
    assert said_in_subject(mail) == "no place came free"


@pytest.mark.parametrize("why", ["cancelled", "long ago", "moved while the mail waited"])
def test_nobody_hears_of_no_place_where_that_makes_no_sense(why):
    event = make_event(starts_in=timedelta(days=10), places=0)
    registration = register(event)
    if why == "cancelled":
        calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))
    if why == "moved while the mail waited":
        notices.no_place(registration, "2026-04-01")

    with at(hours=-25 if why == "long ago" else 0, minutes=1 if why.startswith("moved") else -1):
        reminders.tell_who_waited_in_vain()
        owed = OutgoingMail.objects.of_kind("no-place")

        assert [as_it_leaves(mail) for mail in owed] == [None] * len(owed)


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

    subjects = [said_in_subject(sent) for sent in django_mail.outbox]
    assert "tomorrow" not in subjects
    assert OutgoingMail.objects.get(kind="reminder").state == "dropped"


def test_each_date_of_a_programme_has_its_own_reminder():
    event = make_event(starts_in=timedelta(days=10), dates=2)
    register(event)

    with at(hours=23):
        reminders.send_due()
    with at(hours=23, weeks=-1):
        reminders.send_due()

    assert OutgoingMail.objects.filter(kind="reminder").count() == 2


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


REMINDERS = {"reminds_week_before": 7 * 24, "reminds_day_before": 24, "reminds_hours_before": 2}


def test_each_reminder_goes_when_and_to_whom_the_organisers_chose_once():
    """Whoever has a place hears a week, a day and two hours before, or hosts and helpers alone, or nobody."""
    event = make_social(starts_in=timedelta(days=10), places=1)
    make_topic(event, host="Keli")
    everyone = sorted([register(event, "a@example.org").email, event.registrations.get(name="Keli").email])
    register(event, "waits@example.org"), register(event, "unconfirmed@example.org", confirmed=False)
    team = [email for email in everyone if email.startswith("host")]

    for field, hours in REMINDERS.items():
        for whom, expected in {"coming": everyone, "team": team, "nobody": []}.items():
            with nothing_stays():
                others = dict.fromkeys(REMINDERS, "nobody")
                Event.objects.filter(pk=event.pk).update(**others | {field: whom})
                with at(hours=hours, minutes=1):
                    reminders.send_due()
                    early = reminded()
                with at(hours=hours, minutes=-1):
                    reminders.send_due(), reminders.send_due()
                    left = [
                        as_it_leaves(mail) is not None for mail in OutgoingMail.objects.of_kind("reminder")
                    ]
                assert (field, whom, early, reminded(), all(left)) == (field, whom, [], expected, True)


def test_a_reminder_that_was_switched_off_meanwhile_does_not_leave():
    event = make_event(starts_in=timedelta(days=10))
    register(event)
    with at(hours=23):
        reminders.send_due()
        Event.objects.update(reminds_day_before="team")

        assert as_it_leaves(OutgoingMail.objects.of_kind("reminder").get()) is None


def test_who_registers_in_the_last_week_is_not_reminded_of_what_was_a_week_before():
    event = make_event(
        starts_in=timedelta(days=10), reminds_week_before="coming", reminds_day_before="nobody"
    )
    register(event)

    with at(days=5, hours=23):
        assert reminders.send_due() == 0
