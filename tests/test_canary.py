"""A word that stands in one person's access needs and nowhere else: who opens what, and does it ever turn up?

Every address of the hub is walked by everyone who must not read it in tests/test_permissions.py.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from events.access_list import OPTIONS
from events.actions import access_needs, calling_off, leaving, reminders
from events.models import AccessNeed
from mail.actions import outbox
from tests import confidences
from tests.confidences import ANSWER, DETAIL, LABEL, NEED, QUESTION, open_as_lead
from tests.opened import opened
from tests.permission_table import COLUMNS
from tests.permission_walk import ALL_NAMES, address_of, all_of, sign_in_everyone
from tests.permission_world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    for code, option in confidences.OPTION.items():
        monkeypatch.setitem(OPTIONS, code, option)
    world = make_world()
    confidences.ask_for_a_need(world)
    sign_in_everyone(world)
    return world


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, no log line of any level tells of it."""
    with caplog.at_level(logging.DEBUG):
        yield
    told = [record for record in caplog.get_records("call") if NEED in caplog.handler.format(record)]
    assert told == []


def test_the_person_and_the_access_lead_find_it(world):
    open_as_lead(world)

    for name in ("events:access", "events:my_data", "events:my_data_file"):
        page = all_of(opened(world.registration).get(address_of(name, world)))
        assert LABEL.lower() in page, name
        assert DETAIL.lower() in page, name
    board = all_of(world.clients["access_lead"].get(address_of("organise:access", world)))
    request = all_of(world.clients["access_lead"].get(address_of("organise:access_request", world)))
    assert [LABEL.lower() in board, DETAIL.lower() in board] == [True, True]
    for words in (LABEL, DETAIL, QUESTION, ANSWER):
        assert words.lower() in request


def test_the_access_lead_sees_nothing_before_opening_it(world):
    lead = world.clients["access_lead"]
    pages = [all_of(lead.get(address_of(name, world))) for name in ALL_NAMES]

    assert [page for page in pages if NEED in page] == []


def test_no_button_of_the_access_leads_shows_it_to_anyone_else(world):
    names = [name for name in ALL_NAMES if name.startswith("organise:access")]
    others = [column for column in COLUMNS if column != "access_lead"]

    answers = [all_of(world.clients[c].post(address_of(name, world))) for name in names for c in others]

    assert [answer for answer in answers if NEED in answer] == []


def test_what_a_lead_does_leaves_it_in_no_address_and_no_cookie(world):
    open_as_lead(world)
    need = AccessNeed.objects.get()
    typed = {
        f"need-{need.pk}-state": "arranged",
        f"need-{need.pk}-message": "The quokka will come",
        f"need-{need.pk}-seen": need.edition,
    }

    answers = [
        world.clients["access_lead"].post(address_of("organise:access_answer", world), typed),
        world.clients["access_lead"].post(address_of("organise:access_message", world), {"text": "quokka"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [NEED in all_of(answer) for answer in answers] == [False, False]


@pytest.mark.parametrize("column", ["visitor", "organiser", "access_lead", "administrator"])
def test_no_search_finds_anything_by_it(world, column):
    open_as_lead(world)
    client = world.clients[column]
    searched = ["events:agenda", "events:past", "events:month_now", "events:feed", "organise:registrations"]
    lists = [address_of(name, world) for name in searched]
    lists += [
        reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry
    ]

    for address in lists:
        found, nothing = (client.get(address, {"q": word}) for word in (NEED, "xyzzyx"))
        assert found.status_code == nothing.status_code
        # The word itself comes back in the search field; more than that would be something found.
        assert len(all_of(found)) == pytest.approx(len(all_of(nothing)), abs=60), address


def test_no_mail_says_it(world):
    event, now = world.event, timezone.now()
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        outbox.send_due()
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        reminders.send_due()
        outbox.send_due()
        access_needs.withdraw(world.registration)
        calling_off.cancel(event, reason="Illness", by=world.people["organiser"])
        leaving.leave(world.registration)
        outbox.send_due()

    about_access = [m for m in django_mail.outbox if "something new" in m.body]
    assert len(about_access) >= 2, "the person and the access lead are told that there is something new"
    assert [m.subject for m in django_mail.outbox if NEED in m.message().as_string().lower()] == []
    assert [m.subject for m in django_mail.outbox if NEED in f"{m.body} {m.alternatives}".lower()] == []


def test_the_log_notes_the_attempt_of_someone_without_the_role_and_nothing_else(world, caplog):
    caplog.clear()

    world.clients["organiser"].get(address_of("organise:access_request", world))

    (line,) = [record.getMessage() for record in caplog.records if record.name == "events.views.access"]
    number = world.people["organiser"].pk
    assert line == f"Access needs of event being-better-allies: refused to person {number}"
