"""The words of the mails about hosts."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from breakouts.actions import host_departures, host_reminders, hosts
from breakouts.mails import host_mails
from breakouts.models import BreakoutPlan, Host, Topic
from events.actions import calling_off
from events.models import Event
from mail.kinds import kinds_in
from mail.message import Composed
from people.models import Group
from tests import mails
from tests.breakouts.factories import make_host, make_social, make_topic, offer_to_host, organiser_of
from tests.factories import make_hub
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

KELI = "keli@example.org"


def composed(kind: str, to: str = KELI) -> Composed | None:
    return mails.composed(kind, to)


def make_hosted_event() -> Event:
    make_hub()
    return make_social(title="Allies & *friends* <3", join_address="https://meeting.example/secret-room")


def make_room(event: Event) -> Topic:
    return make_topic(event, "Who is *heard*?", join_address="https://meeting.example/room-1")


@pytest.fixture
def event() -> Event:
    return make_hosted_event()


@pytest.fixture
def topic(event: Event) -> Topic:
    return make_room(event)


def mail_of_every_kind(event: Event, topic: Topic) -> dict[str, Any]:
    """What happens to a room and its hosts, so that each mail is written once in its own moment."""
    written = {}
    keli = offer_to_host(topic, KELI, name="Keli")
    written["host-confirm"] = composed("host-confirm")
    keli = hosts.confirm(keli, values=None)
    written["host-welcome"] = composed("host-welcome")
    offer_to_host(topic, KELI)
    written["host-link"] = composed("host-link")
    make_host(topic, "second@example.org", name="Second")
    written["host-next"] = composed("host-next", "second@example.org")
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)
    written["host-asked"] = composed("host-asked", "sam@example.org")
    host_departures.step_down(sam)
    written["co-host-no"] = composed("co-host-no")
    ren = hosts.invite(topic, name="Ren", email="ren@example.org", as_co_host=True, by=keli)
    with time_machine.travel(ren.answer_by + timedelta(minutes=1), tick=False):
        host_departures.expire_late()
        written["co-host-silent"] = composed("co-host-silent")
    with time_machine.travel(event.starts_at - timedelta(hours=23), tick=False):
        host_reminders.send_due()
        written["host-reminder"] = composed("host-reminder")
    host_departures.remove(keli, by=organiser_of(event))
    written["host-ended"] = composed("host-ended")
    host_departures.step_down(Host.objects.get(email="second@example.org"))
    written["host-lost"] = composed("host-lost", organiser_of(event).email)
    return written


@pytest.fixture
@made_once
def every_mail() -> dict[str, Any]:
    event = make_hosted_event()
    return mail_of_every_kind(event, make_room(event))


def test_there_is_a_mail_of_every_kind_and_each_has_a_name(every_mail):
    of_hosts = kinds_in(host_mails)

    assert set(every_mail) == set(of_hosts)
    assert all(kind.is_listed for kind in of_hosts.values())


def test_subjects_hold_no_names_titles_or_addresses(every_mail):
    for kind, mail in every_mail.items():
        assert mail is not None, kind
        for hidden in ("Allies", "heard", "Keli", "Sam", "Ren", "@"):
            assert hidden not in mail.subject, kind


def test_titles_stay_as_they_were_typed_and_no_mail_has_a_meeting_address(every_mail):
    group = Group.objects.get()
    for kind, mail in every_mail.items():
        assert "Allies & *friends* <3" in mail.text, kind
        assert "Who is *heard*?" in mail.text, kind
        assert "<3" not in mail.html, kind
        assert "meeting.example" not in mail.text + mail.html, kind
        assert mail.reply_to == group.contact_email


def test_every_link_leads_somewhere(every_mail, client):
    """Those to organisers' pages ask to sign in first."""
    for kind, mail in every_mail.items():
        for path in re.findall(r"http://localhost:8000(/[^\s)\"<>]*)", mail.text):
            answer = client.get(path, follow=True)
            assert answer.status_code == 200, (kind, path)


def test_a_confirmation_repeats_nothing_a_stranger_may_have_typed(topic):
    offer_to_host(topic, KELI, name="Buy cheap pills", support="At pills.example")

    mail = composed("host-confirm")

    assert "pills" not in mail.text + mail.html


def test_who_asks_and_until_when_stand_in_the_mail(event, topic):
    keli = make_host(topic, KELI, name="Keli")
    hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)

    text = composed("host-asked", "sam@example.org").text

    assert "Keli hosts" in text
    assert "Please answer by" in text
    assert "We will forget your address" in text


@pytest.mark.parametrize("name", ["Win at pills.example", "https://x", "mail me@x", "www.pills.example/now"])
def test_a_name_that_leads_somewhere_is_not_passed_on_to_a_stranger(topic, name):
    host = make_host(topic, KELI, name=name)
    hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=host)

    mail = composed("host-asked", "sam@example.org")

    assert name not in mail.text
    assert "pills" not in mail.text + mail.html
    assert "Would you be co-host" in mail.text


def test_whose_turn_it_is_is_reminded_of_having_offered(topic):
    first = make_host(topic)
    make_host(topic, KELI)
    host_departures.step_down(first)

    text = composed("host-asked").text

    assert "It is your turn" in text
    assert "forget your address" not in text


def test_the_reminder_says_when_the_rooms_are_open(event, topic):
    make_host(topic, KELI)
    start = event.starts_at + timedelta(minutes=10)
    BreakoutPlan.objects.filter(event=event).update(
        rooms_start_at=start, rooms_end_at=start + timedelta(hours=1)
    )
    with time_machine.travel(event.starts_at - timedelta(hours=23), tick=False):
        host_reminders.send_due()
        text = composed("host-reminder").text

    assert "The rooms are open from" in text


@pytest.mark.parametrize(
    ("kind", "to"),
    [("host-welcome", KELI), ("host-next", "second@example.org"), ("host-asked", "asked@example.org")],
)
def test_what_makes_no_sense_any_more_is_dropped(event, topic, kind, to):
    make_host(topic, KELI)
    make_host(topic, "second@example.org")
    hosts.invite(topic, name="Asked", email="asked@example.org", as_co_host=True)
    calling_off.cancel(event, reason="Ill", by=organiser_of(event))

    assert composed(kind, to) is None


def test_a_question_that_was_answered_meanwhile_is_not_asked(topic):
    host_departures.step_down(hosts.invite(topic, name="Sam", email=KELI, as_co_host=False))

    assert composed("host-asked") is None


def test_nobody_is_told_of_a_lost_host_when_another_was_found(event, topic):
    host_departures.step_down(make_host(topic, KELI))
    make_host(topic)

    assert composed("host-lost", organiser_of(event).email) is None
