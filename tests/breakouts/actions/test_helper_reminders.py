"""What helpers and organisers are told before the day."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from allyhub import clock
from breakouts.actions import helper_reminders, helpers
from events.actions import leaving
from events.models import Event, Session
from mail.models import OutgoingMail
from tests.breakouts.factories import make_helper, make_role, make_social, organiser_of
from tests.factories import make_member

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def before(event: Event, time: timedelta) -> time_machine.travel:
    return time_machine.travel(event.starts_at - time, tick=False)


def moments() -> list[str]:
    keys = OutgoingMail.objects.filter(kind="helpers-wanted").order_by("pk").values_list("key", flat=True)
    return [key.split("/")[3] for key in keys]


# Reminders


def test_helpers_are_reminded_once_in_the_last_day():
    event = make_social()
    role = make_role(event, "tech")
    helper, _in_reserve = make_helper(role), make_helper(role)

    with before(event, DAY + HOUR):
        helper_reminders.send_due()
    assert mails("helper-reminder") == []
    with before(event, DAY - HOUR):
        assert helper_reminders.send_due() == 1
        assert helper_reminders.send_due() == 0

    assert mails("helper-reminder") == [helper.email]


def test_a_reminder_that_comes_too_late_is_not_sent():
    event = make_social()
    make_helper(make_role(event, "tech"))

    with before(event, timedelta(minutes=20)):
        helper_reminders.send_due()

    assert mails("helper-reminder") == []


def test_whoever_helps_with_two_things_is_reminded_of_each():
    event = make_social()
    for kind in ("notes", "tech"):
        make_helper(make_role(event, kind), "sage@example.org")

    with before(event, HOUR):
        helper_reminders.send_due()

    assert mails("helper-reminder") == ["sage@example.org"] * 2


def test_a_date_that_moved_is_reminded_of_again():
    event = make_social()
    make_helper(make_role(event, "tech"))
    with before(event, HOUR):
        helper_reminders.send_due()

    Session.objects.update(
        starts_at=event.starts_at + timedelta(days=7), ends_at=event.ends_at + timedelta(days=7)
    )
    event = Event.objects.get(pk=event.pk)
    with before(event, HOUR):
        helper_reminders.send_due()

    assert len(mails("helper-reminder")) == 2


def test_every_date_of_a_series_has_its_reminder():
    event = make_social(dates=2)
    make_helper(make_role(event, "tech"))

    for session in event.sessions.all():
        with time_machine.travel(session.starts_at - HOUR, tick=False):
            helper_reminders.send_due()

    assert len(mails("helper-reminder")) == 2


def test_nobody_is_reminded_of_a_cancelled_event():
    event = make_social()
    make_helper(make_role(event, "tech"))
    Event.objects.update(state=Event.State.CANCELLED)

    with before(event, HOUR):
        helper_reminders.send_due()

    assert OutgoingMail.objects.filter(kind__in=["helper-reminder", "helpers-wanted"]).count() == 0


# Warnings


def test_organisers_are_warned_three_days_and_one_day_before_in_one_mail_for_all_roles():
    event = make_social()
    for kind in ("tech", "captions"):
        make_role(event, kind)

    with before(event, 3 * DAY + HOUR):
        helper_reminders.send_due()
    assert moments() == []
    for time in (3 * DAY - HOUR, 2 * DAY, DAY - HOUR, HOUR):
        with before(event, time):
            helper_reminders.send_due()
            helper_reminders.send_due()

    assert moments() == ["3d", "1d"]


def test_a_clock_that_stood_still_warns_once():
    event = make_social()
    make_role(event, "tech")

    with before(event, 2 * HOUR):
        helper_reminders.send_due()

    assert moments() == ["1d"]


def test_every_organiser_of_the_group_is_warned():
    event = make_social()
    make_role(event, "tech")
    second = make_member(event.group)

    with before(event, 2 * DAY):
        helper_reminders.send_due()

    assert sorted(mails("helpers-wanted")) == sorted([organiser_of(event).email, second.email])


def test_nobody_is_warned_when_everyone_is_found():
    event = make_social()
    make_helper(make_role(event, "tech"))

    with before(event, 2 * DAY):
        assert helper_reminders.send_due() == 0

    assert moments() == []


def test_a_slot_that_empties_after_the_first_moment_passed_is_warned_of_when_it_does():
    event = make_social()
    helper = make_helper(make_role(event, "tech"))
    with before(event, 3 * DAY - HOUR):
        helper_reminders.send_due()
    helpers.step_down(helper)

    with before(event, 2 * DAY):
        helper_reminders.send_due()

    assert moments() == ["3d"]


def test_a_slot_that_empties_when_the_last_moment_comes_is_warned_of_once():
    event = make_social()
    helper = make_helper(make_role(event))

    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        leaving.leave(helper.registration)
        helper_reminders.send_due()
        helper_reminders.send_due()

    assert len(mails("helpers-wanted")) == 1


def test_looking_costs_three_queries_however_many_events_there_are(django_assert_num_queries):
    events = [make_social() for _ in range(3)]
    for event in events:
        make_helper(make_role(event, "tech"))

    with before(events[-1], 2 * DAY), django_assert_num_queries(3):
        helper_reminders.send_due()


# Whoever gave up their place


def test_whoever_gave_up_their_place_no_longer_helps_and_the_next_moves_up():
    event = make_social()
    role = make_role(event, "tech")
    helper, second = make_helper(role), make_helper(role)
    leaving.leave(helper.registration)

    assert helper_reminders.let_go_of_those_who_left() == 1
    assert helper_reminders.let_go_of_those_who_left() == 0

    assert list(role.helpers.order_by("pk").values_list("state", flat=True)) == ["ended", "helping"]
    assert mails("helper-welcome")[-1] == second.email


def test_the_clock_does_it():
    event = make_social(starts_in=timedelta(hours=20))
    helper = make_helper(make_role(event, "tech"))

    [job] = [job for job in clock.JOBS if job.run == helper_reminders.send_due]
    clock.run(job)

    assert mails("helper-reminder") == [helper.email]
    assert event.starts_at > timezone.now()
