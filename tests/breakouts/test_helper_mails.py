"""The words of the mails about helpers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from breakouts.actions import helper_reminders, helpers
from breakouts.mails import helper_mails
from events.models import Event, Session
from mail.kinds import kinds_in
from mail.message import Composed
from tests import mails
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, organiser_of

pytestmark = pytest.mark.django_db

SAGE = "sage@example.org"


@pytest.fixture
def event() -> Event:
    event = make_social(
        title="Allies & *friends* <3",
        join_address="https://meeting.example/secret-room",
        plan_call_phone="01332 496000",
    )
    make_topic(event, "Speaking *up*", join_address="https://meeting.example/secret-corner")
    return event


def composed(kind: str, to: str = SAGE) -> Composed | None:
    return mails.composed(kind, to)


def mail_of_every_kind(event: Event) -> dict[str, Composed | None]:
    """What Sage goes through, so that each mail is written once in its own moment."""
    written = {}
    role = make_role(event, "notes")
    holder = make_helper(role)
    sage = helpers.offer(role, name="Sage Canary", email=SAGE)
    written["helper-confirm"] = composed("helper-confirm")
    sage = helpers.confirm(sage, values=None)
    written["helper-reserve"] = composed("helper-reserve")
    helpers.step_down(holder)
    written["helper-welcome"] = composed("helper-welcome")
    sage.refresh_from_db()
    helpers.assign(sage, make_topic(event, "Another"))
    written["helper-room"] = composed("helper-room")
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        helper_reminders.send_due()
        written["helper-reminder"] = composed("helper-reminder")
    helpers.remove(sage, by=organiser_of(event))
    written["helper-ended"] = composed("helper-ended")
    with time_machine.travel(event.starts_at - timedelta(hours=10), tick=False):
        helper_reminders.send_due()
        written["helpers-wanted"] = composed("helpers-wanted", organiser_of(event).email)
    return written


def test_every_mail_has_words_a_way_back_and_no_secret(event):
    written = mail_of_every_kind(event)

    assert set(written) == set(kinds_in(helper_mails))
    for kind, mail in written.items():
        assert mail, kind
        everything = f"{mail.subject} {mail.text} {mail.html}"
        for secret in ("Canary", "secret", "01332"):
            assert secret not in everything, kind
        assert "http://localhost:8000/" in mail.text, kind
        assert "Allies & *friends* <3" in mail.text, kind
        assert "Allies" not in mail.subject, kind
        assert "sage" not in mail.subject.lower(), kind


def test_every_mail_has_a_name_for_organisers():
    assert all(kind.is_listed for kind in kinds_in(helper_mails).values())


def test_every_link_of_the_first_mail_is_a_page_with_a_button(event):
    helper = helpers.offer(make_role(event, "tech"), name="Sage", email=SAGE)

    links = re.findall(r"http://localhost:8000(/helpers/\S+/)", composed("helper-confirm").text)
    statuses = [Client().get(link).status_code for link in links]

    helper.refresh_from_db()
    assert (statuses, helper.state) == ([200, 200], "offered")
    assert "We keep your offer for 7 days." in composed("helper-confirm").text


def test_the_welcome_says_the_room_and_has_the_guide(event):
    make_helper(make_role(event, "notes"), SAGE)

    mail = composed("helper-welcome")

    assert "You take notes in Room 1: Speaking *up*." in mail.text
    assert f"/events/{event.slug}/help/notes/" in mail.text


def test_who_is_in_reserve_reads_their_turn(event):
    role = make_role(event, "tech")
    make_helper(role), make_helper(role), make_helper(role, SAGE)

    assert "You are 2nd in reserve." in composed("helper-reserve").text


def test_the_warning_says_what_is_missing_and_where_to_look(event):
    make_helper(make_role(event, "notes", wanted=6))
    make_role(event, "captions")
    with time_machine.travel(event.starts_at - timedelta(days=2), tick=False):
        helper_reminders.send_due()
        mail = composed("helpers-wanted", organiser_of(event).email)

    assert "Take notes: 1 of 6 found" in mail.text
    assert "Keep an eye on the captions: 0 of 1 found" in mail.text
    assert f"/organise/events/{event.slug}/helpers/" in mail.text


# What no longer makes sense


def test_an_offer_that_was_confirmed_need_not_be_confirmed(event):
    make_helper(make_role(event, "tech"), SAGE)

    assert composed("helper-confirm") is None


def test_whoever_stepped_down_is_neither_welcomed_nor_reminded(event):
    helper = make_helper(make_role(event, "tech"), SAGE)
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        helper_reminders.send_due()
        helpers.step_down(helper)

        assert [composed(kind) for kind in ("helper-welcome", "helper-reminder")] == [None, None]


def test_whoever_moved_up_is_not_told_of_the_reserve(event):
    role = make_role(event, "tech")
    holder = make_helper(role)
    make_helper(role, SAGE)
    helpers.step_down(holder)

    assert composed("helper-reserve") is None


def test_a_reminder_of_a_date_that_has_begun_is_dropped(event):
    make_helper(make_role(event, "tech"), SAGE)
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        helper_reminders.send_due()

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        assert composed("helper-reminder") is None


def test_a_reminder_of_a_date_that_was_dropped_is_dropped():
    event = make_social(dates=2)
    make_helper(make_role(event, "tech"), SAGE)
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        helper_reminders.send_due()
        Session.objects.order_by("starts_at")[0].delete()

        assert composed("helper-reminder") is None


def test_a_warning_is_dropped_when_everyone_was_found_meanwhile(event):
    role = make_role(event, "tech")
    with time_machine.travel(event.starts_at - timedelta(days=2), tick=False):
        helpers.want(event, {"notes": 0})
        helper_reminders.send_due()
        make_helper(role)

        assert composed("helpers-wanted", organiser_of(event).email) is None


def test_nothing_is_sent_about_a_cancelled_event(event):
    helpers.remove(make_helper(make_role(event, "tech"), SAGE), by=organiser_of(event))
    make_helper(event.helper_roles.get(kind="tech"), SAGE)
    Event.objects.update(state=Event.State.CANCELLED)

    kinds = ("helper-confirm", "helper-welcome", "helper-ended")
    assert [composed(kind) for kind in kinds] == [None] * 3


def test_a_mail_to_an_address_that_changed_hands_is_dropped(event):
    helper = make_helper(make_role(event, "tech"), SAGE)
    helper.email = "other@example.org"
    helper.save()

    assert composed("helper-welcome") is None
