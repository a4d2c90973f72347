"""A word that stands in one thing that somebody told in confidence: does it, or the code, ever turn up elsewhere?

As in tests/test_canary.py every address of the hub is walked by everyone who must not read it.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core import mail as django_mail
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concerns.actions import codes, concerns
from concerns.models import Concern, ConcernMessage
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.permission_table import COLUMNS
from tests.permission_world import World, make_world
from tests.test_canary import address_of, all_of
from tests.test_permissions import ALL_NAMES, signed_in

pytestmark = pytest.mark.django_db

CANARY = "numbat"
TOLD, WHO, MORE, ANSWER = (
    "The numbat was mocked",
    "A numbat",
    "It was two numbats",
    "Numbats are welcome here",
)


@pytest.fixture
def world() -> World:
    world = make_world()
    world.concern = concerns.with_code(concerns.tell(world.group, TOLD, event=world.event, who=WHO))
    concerns.say_as_teller(world.concern, MORE)
    concerns.answer(world.concern, ANSWER, by=world.people["named_contact"])
    world.clients = {column: signed_in(world.people.get(column)) for column in COLUMNS}
    return world


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, no log line of any level tells of it, or has the code."""
    with caplog.at_level(logging.DEBUG):
        yield
    lines = [caplog.handler.format(record) for record in caplog.get_records("call")]
    kept = [codes.plain(code) for code in CODES]
    assert [line for line in lines if CANARY in line.lower() or any(code in line for code in kept)] == []


CODES: list[str] = []


@pytest.fixture(autouse=True)
def _codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code that is made, so that it can be looked for."""
    CODES.clear()
    make = codes.make
    monkeypatch.setattr(codes, "make", lambda once="": CODES.append(made := make(once)) or made)


def open_as_contact(world: World) -> None:
    world.clients["named_contact"].post(address_of("organise:concern_opening", world))


def test_whoever_has_the_code_and_the_named_contact_find_it(world):
    open_as_contact(world)

    with_code = all_of(Client().post(reverse("concerns:told"), {"code": CODES[-1]}))
    contact = all_of(world.clients["named_contact"].get(address_of("organise:concern", world)))

    for words in (TOLD, WHO, MORE, ANSWER):
        assert words.lower() in with_code
        assert words.lower() in contact


def test_no_page_shows_it_to_anyone_else(world):
    open_as_contact(world)
    shown = []

    for name in ALL_NAMES:
        address = address_of(name, world)
        for column in COLUMNS:
            if (name, column) == ("organise:concern", "named_contact"):
                continue
            if CANARY in all_of(world.clients[column].get(address)):
                shown.append((name, column))

    assert shown == []


def test_the_named_contact_sees_nothing_before_opening_it(world):
    contact = world.clients["named_contact"]

    pages = [name for name in ALL_NAMES if CANARY in all_of(contact.get(address_of(name, world)))]

    assert pages == []


def test_no_button_shows_it_to_anyone_else(world):
    names = [name for name in ALL_NAMES if "concern" in name or name in ("concerns:tell", "concerns:told")]
    others = [column for column in COLUMNS if column != "named_contact"]

    shown = [
        (name, column)
        for name in names
        for column in others
        if CANARY in all_of(world.clients[column].post(address_of(name, world)))
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
    assert [CANARY in all_of(answer) for answer in answers] == [False, False, False]
    assert CANARY not in all_of(told)
    assert CODES[-1] not in f"{told.headers}{told.cookies}"


def test_the_administration_and_its_searches_do_not_know_of_it(world):
    client, models = world.clients["administrator"], list(admin.site._registry)
    pages = [reverse("admin:index")]
    for model in models:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        for row in model._base_manager.all():
            pages += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]

    assert not [model for model in models if model._meta.model_name.startswith("concern")]
    assert [page for page in pages if CANARY in all_of(client.get(page))] == []


def test_no_search_finds_anything_by_it(world):
    open_as_contact(world)
    searched = ["events:agenda", "events:past", "events:month_now", "events:feed", "organise:registrations"]

    for column in ("visitor", "organiser", "named_contact", "administrator"):
        for address in [address_of(name, world) for name in searched]:
            found, nothing = (world.clients[column].get(address, {"q": word}) for word in (CANARY, "xyzzyx"))
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
    assert CANARY not in everything.lower()
    assert world.event.title not in told[0].message().as_string()
    assert not [code for code in CODES if code in everything]


def test_neither_the_words_nor_the_code_can_be_read_in_the_database(world):
    rows = [*Concern.objects.all(), *ConcernMessage.objects.all(), *OutgoingMail.objects.all()]

    kept = serializers.serialize("json", rows)

    assert len(CODES) >= 2
    assert CANARY not in kept.lower()
    assert not [code for code in CODES if code in kept or codes.plain(code) in kept]
