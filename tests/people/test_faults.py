"""The page for an error says that those who run the hub are told. They are: once an hour at most, and without a word
about whom it happened to."""

import logging
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from allyhub import clock
from allyhub.clock import Job
from mail.actions import outbox
from mail.models import OutgoingMail
from people.actions import faults, hub_status
from people.models import Fault
from tests.factories import make_event, make_person, register
from tests.mails import composed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

MISTAKE = ZeroDivisionError("ruth@example.org")
NOON = "2026-03-02 12:00Z"


@pytest.fixture
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def broken(settings, client):
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    client.raise_request_exception = False
    return client


def noted() -> list[tuple[str, str, int]]:
    return list(Fault.objects.order_by("pk").values_list("kind", "place", "count"))


def administrator(**fields):
    return make_person(is_staff=True, **fields)


def tell_each_minute(until_minute: int) -> list[int]:
    """The clock goes round; the minutes in which it owed mails."""
    minutes = []
    with time_machine.travel(NOON, tick=False) as now:
        for minute in range(until_minute):
            faults.note(MISTAKE, "events:event")
            minutes += [minute] * faults.tell_administrators()
            now.shift(timedelta(minutes=1))
    return minutes


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [("mistake", 500, ["ZeroDivisionError"]), ("no-key", 503, ["CannotUnseal"])]
    # Whoever asks wrongly, too fast or while the database is away did not meet a mistake of the hub.
    + [
        (path, status, []) for path, status in [("bad-request", 400), ("too-fast", 429), ("no-database", 503)]
    ],
)
def test_what_goes_wrong_on_a_page_is_noted(path, status, kind, broken):
    answers = [broken.get(f"/broken/{path}/?email=ruth@example.org").status_code for _ in range(2)]

    assert answers == [status, status]
    assert noted() == [(name, path, 2) for name in kind]


def test_a_page_opened_by_a_link_is_noted_by_its_name_without_the_token(client, monkeypatch):
    registration = register(make_event())
    monkeypatch.setattr("allyhub.views.own_page.render", lambda *_args, **_more: 1 / 0)
    client.raise_request_exception = False

    answer = client.get(registration.get_absolute_url())

    assert answer.status_code == 500
    assert noted() == [("ZeroDivisionError", "events:manage", 1)]


@pytest.mark.django_db(transaction=True)  # a job that failed gets a connection of its own
def test_a_job_of_the_clock_that_fails_is_told_like_a_page():
    clock.run(Job("remind", lambda: 1 // 0))

    assert noted() == [("ZeroDivisionError", "clock: remind", 1)]


def test_a_mail_that_cannot_be_written_is_told_and_holds_up_no_other(monkeypatch):
    outbox.queue(kind="test-mail", key="1", to_email="sage@example.org")
    outbox.queue(kind="unknown-address", key="2", to_email="new@example.org")
    monkeypatch.setattr("people.mails.page_url", lambda name, *_more: 1 / (name != "organise:hub_status"))

    sent = outbox.send_due()

    assert sent == 1
    assert noted() == [("ZeroDivisionError", "mail: test-mail", 1)]


def test_a_person_gets_the_page_even_when_nothing_can_be_noted(broken, monkeypatch):
    monkeypatch.setattr(Fault, "note", lambda *_: 1 / 0)

    answer = broken.get("/broken/mistake/")

    assert (answer.status_code, noted()) == (500, [])
    assert "Something went wrong on our side" in answer.content.decode()


def test_the_page_names_it_for_a_day():
    faults.note(MISTAKE, "events:manage")
    now = hub_status.faults()
    Fault.objects.update(hour=timezone.now() - timedelta(hours=26))
    later = hub_status.faults()

    assert now.is_urgent
    assert "ZeroDivisionError in events:manage, once" in now.words
    assert later.is_fine


def test_every_administrator_gets_one_mail_an_hour_however_much_goes_wrong():
    for address in ("alex@example.org", "sam@example.org"):
        administrator(email=address)
    administrator(email="left@example.org", is_active=False)
    make_person(email="ruth@example.org")

    minutes = tell_each_minute(200)

    # The edge of an hour on the clock is none: it counts from the mail before.
    assert all(later - earlier >= 60 for earlier, later in pairwise(sorted(set(minutes))))
    assert len(minutes) == 2 * len(set(minutes)) == 2 * 4
    addresses = OutgoingMail.objects.of_kind("faults").values_list("to_email", flat=True)
    assert set(addresses) == {"alex@example.org", "sam@example.org"}


def test_the_mail_says_what_and_where_and_nothing_about_whom_it_happened_to():
    administrator()
    faults.note(MISTAKE, "events:manage")
    faults.note(MISTAKE, "events:manage")
    faults.tell_administrators()

    mail = composed("faults")

    assert mail
    assert "ZeroDivisionError in events:manage, 2 times" in mail.text
    assert "ruth@example.org" not in mail.text + mail.html


def test_without_an_administrator_nothing_is_owed_and_the_page_still_shows_it():
    faults.note(MISTAKE, "events:manage")

    assert faults.tell_administrators() == 0
    assert not hub_status.faults().is_fine


def test_what_is_a_month_old_is_forgotten():
    faults.note(MISTAKE, "old")
    Fault.objects.update(hour=timezone.now() - timedelta(days=31))
    faults.note(MISTAKE, "new")

    faults.forget_old()

    assert [place for _kind, place, _count in noted()] == ["new"]
