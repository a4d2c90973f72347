"""Whoever wants to be asked again hears what is wanted: in turn, once a month at most, and no longer than they like."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import ask_again, helpers, retention
from breakouts.mails import wanted_mails
from breakouts.models import AskMeAgain, Helper
from breakouts.pages.organise import helpers_board
from concerns.actions import keeping_out
from events.actions import calling_off, my_data
from mail.actions import outbox
from mail.kinds import kinds_in
from mail.models import OutgoingMail
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic, organiser_of
from tests.factories import make_hub, make_named_contact
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db
A_DAY, A_MONTH = timedelta(days=1, minutes=1), timedelta(days=30, minutes=1)
KELI, SAM, ADE = (f"{name}@example.org" for name in ("keli", "sam", "ade"))


@made_once
def make_what_is_wanted() -> Helper:
    """An event in eighty days that wants a host and somebody at the door; three people to ask; and one who helps."""
    make_hub()
    event = make_social(title="A social", starts_in=timedelta(days=80))
    make_topic(event, "Open room")
    helpers.want(event, {"notes": 0, "welcome": 1})
    for email in (KELI, SAM, ADE):
        ask_again.begin(email)
    return make_helper(make_role(event, "tech"), "helps@example.org")


@pytest.fixture(autouse=True)
def helper() -> Helper:
    return make_what_is_wanted()


def asked_at(moment) -> list[str]:
    """Who is asked at this moment, by a clock that goes round twice."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        ask_again.ask_due()
        ask_again.ask_due()
    rows = OutgoingMail.objects.of_kind("ask-again").exclude(pk__in=before)
    return [row.to_email.partition("@")[0] for row in rows.order_by("pk")]


def letters(moment) -> list[str]:
    with time_machine.travel(moment, tick=False):
        mail.outbox.clear()
        outbox.send_due()
        return [str(letter.body) for letter in mail.outbox if "what is wanted" in letter.subject.lower()]


def test_as_many_are_asked_as_are_wanted_in_their_turn_and_once_a_month():
    now = timezone.now()

    assert asked_at(now) == []
    assert asked_at(now + A_DAY) == ["keli", "sam"]
    assert asked_at(now + A_DAY + timedelta(hours=23)) == []
    assert asked_at(now + 2 * A_DAY + timedelta(hours=1)) == ["ade"]
    assert asked_at(now + 29 * A_DAY) == []
    assert asked_at(now + A_DAY + A_MONTH) == ["keli", "sam"]


def test_two_workers_who_look_at_the_same_moment_owe_one_letter():
    keli, the_same = (AskMeAgain.objects.get(email=KELI) for _worker in range(2))
    now = timezone.now()

    for row in (keli, the_same):
        ask_again._ask_one(row, now)

    assert OutgoingMail.objects.of_kind("ask-again").count() == 1


def test_the_letter_says_what_is_wanted_and_one_press_stops_them(client):
    day = timezone.now() + A_DAY
    asked_at(day)
    words = letters(day)[0]
    keli = AskMeAgain.objects.get(email=KELI)

    assert "A social" in words
    assert "Host room 1: Open room" in words
    assert "Welcome people" in words
    page = keli.get_absolute_url()
    assert page in words
    assert "Ask me no more" in client.get(page).content.decode()
    assert ask_again.wants(KELI)
    assert client.post(page, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not ask_again.wants(KELI)
    again = client.post(page, {"answer": "no"}, follow=True).content.decode()
    assert "Nothing was changed. We do not ask you." in again
    client.post(page, {"answer": "yes"})
    assert ask_again.wants(KELI)
    assert {*kinds_in(wanted_mails)} == {"ask-again"}


def test_what_is_found_or_over_meanwhile_is_asked_of_nobody(helper):
    event, day = helper.event, timezone.now() + A_DAY
    by = organiser_of(event)

    def find_everybody() -> None:
        make_host(event.topics.get())
        make_helper(event.helper_roles.get(kind="welcome"))

    def say_they_do_something() -> None:
        make_helper(make_role(event, "captions", wanted=3), KELI)

    def keep_keli_out() -> None:
        keeping_out.keep_out(event.group, KELI, reason="", by=make_named_contact(event.group), event=event)

    for change, told in (
        (find_everybody, 0),
        (lambda: calling_off.cancel(event, reason="Ill.", by=by), 0),
        (lambda: ask_again.stop(KELI), 1),
        (say_they_do_something, 1),
        (keep_keli_out, 1),
    ):
        with nothing_stays():
            assert asked_at(day) == ["keli", "sam"]
            change()
            assert len(letters(day)) == told
        with nothing_stays():
            change()
            assert "keli" not in asked_at(day)


def test_hosts_and_helpers_say_so_on_their_page(helper):
    host = make_host(make_topic(helper.event))
    for volunteer, name in ((host, "host_again"), (helper, "helper_again")):
        url = reverse(f"breakouts:{name}", args=[volunteer.token])
        browser = Client()
        assert "Yes, ask me again" in browser.get(volunteer.get_absolute_url()).content.decode()
        page = browser.post(url, {"answer": "yes"}, follow=True).content.decode()
        assert "once a month at most" in page
        assert "Ask me no more" in page
        twice = browser.post(url, {"answer": "yes"}, follow=True).content.decode()
        assert "Nothing was changed" in twice
        browser.post(url, {"answer": "no"})
        assert not ask_again.wants(volunteer.email)


def test_organisers_learn_how_many_and_never_who():
    assert helpers_board.who_is_asked_again() == "A few people may be asked again."
    for number in range(3):
        ask_again.begin(f"more{number}@example.org")
    assert helpers_board.who_is_asked_again() == "6 people may be asked again; 0 were asked within a month."


def test_it_ends_by_itself_with_a_stop_and_with_whoever_is_forgotten():
    now = timezone.now()
    ask_again.stop(SAM)
    my_data.erase_everything(ADE)

    def left(days: int) -> set[str]:
        with time_machine.travel(now + timedelta(days=days), tick=False):
            retention.forget_what_is_over()
        return {*AskMeAgain.objects.values_list("email", flat=True)}

    assert left(29) == {KELI, SAM}
    assert left(31) == {KELI}
    assert left(366) == set()
