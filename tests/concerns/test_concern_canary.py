"""A word that stands in one thing that somebody told in confidence: does it, or the code, ever turn up elsewhere?

Every address of the hub is walked by everyone who must not read it in tests/test_permissions.py.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concerns.actions import codes, concerns
from concerns.models import Concern, ConcernMessage
from mail.actions import outbox
from mail.models import OutgoingMail
from tests import confidences
from tests.confidences import CONCERN, MORE, TOLD, WHO, WORDS_BACK, open_as_contact
from tests.permission_table import COLUMNS
from tests.permission_walk import ALL_NAMES, address_of, all_of, sign_in_everyone
from tests.permission_world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    """All of it within one of the windows of ten minutes in which there is one mail."""
    with time_machine.travel(timezone.now().replace(minute=1), tick=False):
        yield make_confiding_world()


def make_confiding_world() -> World:
    world = make_world()
    confidences.tell_a_concern(world)
    sign_in_everyone(world)
    return world


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, no log line of any level tells of it, or has the code."""
    with caplog.at_level(logging.DEBUG):
        yield
    lines = [caplog.handler.format(record) for record in caplog.get_records("call")]
    kept = [codes.plain(code) for code in CODES]
    assert [line for line in lines if CONCERN in line.lower() or any(code in line for code in kept)] == []


CODES: list[str] = []


@pytest.fixture(autouse=True)
def _codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code that is made, so that it can be looked for."""
    CODES.clear()
    make = codes.make
    monkeypatch.setattr(codes, "make", lambda once="": CODES.append(made := make(once)) or made)


def test_whoever_has_the_code_and_the_named_contact_find_it(world):
    open_as_contact(world)

    with_code = all_of(Client().post(reverse("concerns:told"), {"code": CODES[-1]}))
    contact = all_of(world.clients["named_contact"].get(address_of("organise:concern", world)))

    for words in (TOLD, WHO, MORE, WORDS_BACK):
        assert words.lower() in with_code
        assert words.lower() in contact


def test_the_named_contact_sees_nothing_before_opening_it(world):
    contact = world.clients["named_contact"]

    pages = [name for name in ALL_NAMES if CONCERN in all_of(contact.get(address_of(name, world)))]

    assert pages == []


def test_no_button_shows_it_to_anyone_else(world):
    names = [name for name in ALL_NAMES if "concern" in name or name in ("concerns:tell", "concerns:told")]
    others = [column for column in COLUMNS if column != "named_contact"]

    shown = [
        (name, column)
        for name in names
        for column in others
        if CONCERN in all_of(world.clients[column].post(address_of(name, world)))
    ]

    assert len(names) >= 7
    assert shown == []


def test_what_people_do_with_it_leaves_it_in_no_address_and_no_cookie(world):
    contact, visitor = world.clients["named_contact"], world.clients["visitor"]
    answers = [
        contact.post(address_of("organise:concern_opening", world)),
        contact.post(address_of("organise:concern_answer", world), {"text": "The numbat may stay"}),
        contact.post(address_of("organise:concern_closing", world), {"seen": 1}),
    ]
    told = visitor.post(address_of("concerns:tell", world), {"text": "Another numbat", "who": "numbat"})

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert [CONCERN in all_of(answer) for answer in answers] == [False, False, False]
    assert CONCERN not in all_of(told)
    assert CODES[-1] not in f"{told.headers}{told.cookies}"


def test_no_search_finds_anything_by_it(world):
    open_as_contact(world)
    searched = ["events:agenda", "events:past", "events:month_now", "events:feed", "organise:registrations"]

    for column in ("visitor", "organiser", "named_contact", "administrator"):
        for address in [address_of(name, world) for name in searched]:
            found, nothing = (world.clients[column].get(address, {"q": word}) for word in (CONCERN, "xyzzyx"))
            assert len(all_of(found)) == pytest.approx(len(all_of(nothing)), abs=60), address


def test_no_mail_says_it_or_what_it_is_about(world):
    concerns.set_aside(event=world.event, text="A numbat topic", who="numbat@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=15), tick=False):
        outbox.send_due()

    contact = world.people["named_contact"]
    told = [mail for mail in django_mail.outbox if mail.to == [contact.email]]
    everything = "".join(f"{mail.message().as_string()}{mail.alternatives}" for mail in django_mail.outbox)
    assert len(told) == 1
    assert address_of("organise:concerns", world) in told[0].body
    assert CONCERN not in everything.lower()
    assert world.event.title not in told[0].message().as_string()
    assert not [code for code in CODES if code in everything]


def test_neither_the_words_nor_the_code_can_be_read_in_the_database(world):
    rows = [*Concern.objects.all(), *ConcernMessage.objects.all(), *OutgoingMail.objects.all()]

    kept = serializers.serialize("json", rows)

    assert CODES
    assert CONCERN not in kept.lower()
    assert not [code for code in CODES if code in kept or codes.plain(code) in kept]
