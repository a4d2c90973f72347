"""A word that stands in one person's access needs and nowhere else: who opens what, and does it ever turn up?

Every address of the hub is walked by everyone who must not read it. An address added later is walked too.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core import mail as django_mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access_list import OPTIONS, AccessOption
from events.actions import access_needs, events, registrations, reminders
from events.actions.access_needs import AccessAnswers
from events.models import AccessNeed
from mail.actions import outbox
from tests.permission_table import ARGUMENTS, BY_PARAMETER, COLUMNS
from tests.permission_world import World, make_world
from tests.test_permissions import ALL_NAMES, PARAMETERS, signed_in

pytestmark = pytest.mark.django_db

CANARY = "quokka"
CODE, LABEL, DETAIL = "quokkacode", "A quokka to lean on", "The quokka may be small"
QUESTION, ANSWER = "May the quokka sit beside me?", "The quokka is booked"

# The person's own pages, opened by the link in their mails. All other pages behind that link are silent too.
OF_THE_PERSON = {
    "events:access",
    "events:access_needs",
    "events:access_withdrawal",
    "events:manage",
    "events:my_data",
    "events:my_data_file",
}
OF_THE_LEAD = {"organise:access", "organise:access_request"}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(OPTIONS, CODE, AccessOption(CODE, LABEL))
    world = make_world()
    lead = world.people["access_lead"]
    access_needs.change(world.registration, AccessAnswers({CODE: DETAIL}))
    access_needs.say_as_person(world.request, QUESTION)
    access_needs.say_as_lead(world.request, ANSWER, by=lead)
    world.clients = {column: signed_in(world.people.get(column)) for column in COLUMNS}
    return world


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, no log line of any level tells of it."""
    with caplog.at_level(logging.DEBUG):
        yield
    told = [record for record in caplog.get_records("call") if CANARY in caplog.handler.format(record)]
    assert told == []


def address_of(name: str, world: World) -> str:
    arguments = ARGUMENTS.get(name) or [BY_PARAMETER[parameter] for parameter in PARAMETERS[name]]
    return reverse(name, args=[argument(world) for argument in arguments])


def all_of(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return "\n".join([body.decode(errors="replace"), str(response.headers), str(response.cookies)]).lower()


def open_as_lead(world: World) -> None:
    world.clients["access_lead"].post(address_of("organise:access_opening", world))


def test_the_person_and_the_access_lead_find_it(world):
    open_as_lead(world)

    for name in ("events:access", "events:my_data", "events:my_data_file"):
        page = all_of(Client().get(address_of(name, world)))
        assert LABEL.lower() in page, name
        assert DETAIL.lower() in page, name
    board = all_of(world.clients["access_lead"].get(address_of("organise:access", world)))
    request = all_of(world.clients["access_lead"].get(address_of("organise:access_request", world)))
    assert [LABEL.lower() in board, DETAIL.lower() in board] == [True, True]
    for words in (LABEL, DETAIL, QUESTION, ANSWER):
        assert words.lower() in request


def test_no_page_shows_it_to_anyone_else(world):
    open_as_lead(world)
    shown = []

    for name in ALL_NAMES:
        address = address_of(name, world)
        for column in COLUMNS:
            if name in OF_THE_PERSON or (column == "access_lead" and name in OF_THE_LEAD):
                continue
            if CANARY in all_of(world.clients[column].get(address)):
                shown.append((name, column))

    assert shown == []


def test_the_access_lead_sees_nothing_before_opening_it(world):
    lead = world.clients["access_lead"]
    pages = [all_of(lead.get(address_of(name, world))) for name in ALL_NAMES if name not in OF_THE_PERSON]

    assert [page for page in pages if CANARY in page] == []


def test_no_button_of_the_access_leads_shows_it_to_anyone_else(world):
    names = [name for name in ALL_NAMES if name.startswith("organise:access")]
    others = [column for column in COLUMNS if column != "access_lead"]

    answers = [all_of(world.clients[c].post(address_of(name, world))) for name in names for c in others]

    assert [answer for answer in answers if CANARY in answer] == []


def test_what_a_lead_does_leaves_it_in_no_address_and_no_cookie(world):
    open_as_lead(world)
    need = AccessNeed.objects.get()
    typed = {
        f"need-{need.pk}-state": "arranged",
        f"need-{need.pk}-message": "The quokka will come",
        f"need-{need.pk}-seen": need.version,
    }

    answers = [
        world.clients["access_lead"].post(address_of("organise:access_answer", world), typed),
        world.clients["access_lead"].post(address_of("organise:access_message", world), {"text": "quokka"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [CANARY in all_of(answer) for answer in answers] == [False, False]


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
        found, nothing = (client.get(address, {"q": word}) for word in (CANARY, "xyzzyx"))
        assert found.status_code == nothing.status_code
        # The word itself comes back in the search field; more than that would be something found.
        assert len(all_of(found)) == pytest.approx(len(all_of(nothing)), abs=60), address


def test_the_administration_does_not_know_of_it(world):
    client = world.clients["administrator"]
    pages = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        for row in model._base_manager.all():
            pages += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]

    assert {model._meta.model_name for model in admin.site._registry}.isdisjoint(
        {"accessrequest", "accessneed", "accessmessage", "accessreading", "accesscount"}
    )
    assert [page for page in pages if CANARY in all_of(client.get(page))] == []


def test_no_mail_says_it(world):
    event, now = world.event, timezone.now()
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        outbox.send_due()
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        reminders.send_due()
        outbox.send_due()
        access_needs.withdraw(world.registration)
        events.cancel(event, reason="Illness", by=world.people["organiser"])
        registrations.leave(world.registration)
        outbox.send_due()

    about_access = [m for m in django_mail.outbox if "something new" in m.body]
    assert len(about_access) >= 2, "the person and the access lead are told that there is something new"
    assert [m.subject for m in django_mail.outbox if CANARY in m.message().as_string().lower()] == []
    assert [m.subject for m in django_mail.outbox if CANARY in f"{m.body} {m.alternatives}".lower()] == []


def test_the_log_notes_the_attempt_of_someone_without_the_role_and_nothing_else(world, caplog):
    caplog.clear()

    world.clients["organiser"].get(address_of("organise:access_request", world))

    (line,) = [record.getMessage() for record in caplog.records if record.name == "events.views.access"]
    number = world.people["organiser"].pk
    assert line == f"Access needs of event being-better-allies: refused to person {number}"
