"""What somebody writes for themselves alone, in words that stand nowhere else: is it ever found where others, or a thief
of the database, could read it? Each kind of private text is a row of KINDS; every test walks all of them.

Every address of the hub is walked by everyone who must not read it in tests/test_permissions.py (tests/confidences.py).
"""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core import mail as django_mail
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allyhub import clock
from events import pictures
from learning.actions import check_ins, pledges, surgery_box, surgery_line, workbook
from learning.asked import State
from learning.models import Pledge, Surgery, SurgeryQuestion, WorkbookPage
from learning.written import Answer, Step, Written
from mail.actions import outbox
from people.models import Fault
from tests.learning.factories import ask, key_of, picture_file
from tests.opened import opened
from tests.permission_walk import address_of, all_of, sign_in_everyone
from tests.permission_world import World, make_world

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Private:
    """One kind of private text. `keep` writes the word into every part of it through the real actions; `page` is where
    its writer reads and writes it, behind the second link; `typed` is what their browser sends, with the word in it, and
    what stands in a field of the form that the page shows, such as an edition, is added; `fails` is what the view calls
    that can be made to fail. What `has_no_writer` was asked without a name: nothing shows it to whoever wrote it but
    the answer to their code, so it is in nobody's data, and the page that takes it answers with the code."""

    word: str
    keep: Callable[[World], None]
    page: Callable[[World], str]
    typed: dict[str, str]
    fails: tuple[object, str]
    shown: tuple[str, ...] = ()
    has_no_writer: bool = False

    def sent(self, client: Client, world: World) -> dict[str, Any]:
        form = client.get(self.page(world)).context["form"]
        # The page was read for a while.
        stamp = {"made": form["made"].field.widget.format_value("again")} if "made" in form.fields else {}
        return self.typed | stamp | {name: form[name].value() or "" for name in self.shown}


def _keep_in_workbook(world: World) -> None:
    activity = world.event.activities.get(number=1)
    word = "pangolin"
    lines = ((word,), (f"Two {word}",), ())
    all_parts = Written((Answer(f"A {word}?", word),), lines, (Step(word, word, word, word),))
    for sheet in ("desk", "train"):  # the second is kept beside the first
        workbook.save(
            world.registration, activity, all_parts.merged_with(_more(sheet)), edition=0, sheet=sheet
        )


def _more(sheet: str) -> Written:
    return Written((Answer(f"And {sheet}?", f"pangolin on the {sheet}"),))


def _workbook_page(world: World) -> str:
    return reverse("learning:workbook_page", args=[world.registration.token, 1])


def _keep_in_pledge(world: World) -> None:
    """Shown to nobody. What would help is read by organisers, without a name, and by nobody else."""
    picture = pictures.rewritten(picture_file()).content
    answers = pledges.PledgeAnswers(
        "Save a bettong", "none", {}, frozenset({3}), picture, alt="A bettong asleep"
    )
    pledges.save(
        world.registration, answers, edition=Pledge.objects.get(registration=world.registration).edition
    )
    check_ins.answer(world.registration, 3, "stuck", help="Another bettong", wants_reply=False)
    check_ins.write_back(world.event, check_ins.to_answer(world.event).get(), "A bettong beside you")


def _pledge_page(world: World) -> str:
    return reverse("learning:pledge", args=[world.registration.token])


def _keep_in_surgery(world: World) -> None:
    """In the box, among those to read, answered, put in other words, with one thing more; none in the line, where
    everybody at the surgery reads it."""
    surgery, person = world.surgery, world.registration
    to_read = ("Numbat to read", "Numbat to answer", "Numbat to put differently", "Numbat for the code alone")
    codes = {words: ask(surgery, words, by=person, alone=True) for words in to_read}
    Surgery.objects.update(read_at=None)
    surgery_box.let_in(surgery)
    surgery_line.answer(surgery, key_of(surgery, to_read[1]), "A numbat answers")
    surgery_line.ask_for_other_words(surgery, key_of(surgery, to_read[2]), "Without the numbat")
    surgery_line.move(surgery, key_of(surgery, to_read[3]), State.CODE)
    surgery_box.ask_one_thing_more(surgery, codes[to_read[1]], "And another numbat?")
    ask(surgery, "Numbat in the box", by=person)


def _surgery_page(world: World) -> str:
    return reverse("learning:surgery", args=[world.registration.token, world.surgery.code])


KINDS = {
    "pledge": Private(
        word="bettong",
        keep=_keep_in_pledge,
        page=_pledge_page,
        typed={"words": "Save two bettongs", "alt": "A bettong"},
        fails=(pledges, "save"),
        shown=("opened",),
    ),
    "surgery": Private(
        word="numbat",
        keep=_keep_in_surgery,
        page=_surgery_page,
        typed={"words": "How do I greet a numbat?", "where": "code", "once": "once"},
        fails=(surgery_box, "ask"),
        has_no_writer=True,
    ),
    "workbook": Private(
        word="pangolin",
        keep=_keep_in_workbook,
        page=_workbook_page,
        typed={"question": "A pangolin?", "answer_0": "A pangolin", "sheet": "s", "edition": "0"},
        fails=(workbook, "save"),
    ),
}


@pytest.fixture
def world() -> World:
    world = make_world()
    for kind in KINDS.values():
        kind.keep(world)
    sign_in_everyone(world)
    return world


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, no log line of any level tells of it."""
    with caplog.at_level(logging.DEBUG):
        yield
    lines = "\n".join(caplog.handler.format(record) for record in caplog.get_records("call"))
    assert found_in(lines) == []


def found_in(text: str) -> list[str]:
    return [name for name, kind in KINDS.items() if kind.word in text.lower()]


def test_its_writer_finds_each_of_them_behind_the_second_link(world: World):
    for name, kind in KINDS.items():
        assert found_in(all_of(opened(world.registration).get(kind.page(world)))) == (
            [] if kind.has_no_writer else [name]
        )
        assert found_in(all_of(Client().get(kind.page(world)))) == []


def test_the_database_its_dump_and_its_copy_hold_none_in_the_clear(world: World):
    tables = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (the names of our own tables)
            tables.append(repr(cursor.fetchall()))
    dump, rows = io.StringIO(), [model._base_manager.all() for model in apps.get_models()]
    call_command("dumpdata", stdout=dump)

    assert found_in("".join(tables)) == []
    assert found_in(dump.getvalue()) == []
    assert found_in("".join(serializers.serialize("json", queryset) for queryset in rows)) == []
    assert WorkbookPage.objects.exists()
    assert SurgeryQuestion.objects.exists()


def test_no_email_says_one_whenever_the_clock_goes_round(world: World):
    ends_at = world.event.sessions.get().ends_at
    for moment in (timezone.now(), ends_at + timedelta(hours=2), ends_at + timedelta(days=80)):
        with time_machine.travel(moment, tick=False):
            clock.run_all()
            outbox.send_due()

    sent = "".join(
        mail.message().as_string() + mail.body + str(mail.alternatives) for mail in django_mail.outbox
    )
    assert len(django_mail.outbox) > 3
    assert found_in(sent) == []


def test_no_search_and_no_list_of_the_administration_finds_one(world: World):
    searched = ["events:agenda", "events:past", "organise:registrations"]
    lists = [address_of(name, world) for name in searched]
    registered = [model._meta for model in admin.site._registry]
    lists += [reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") for meta in registered]

    for kind in KINDS.values():
        for address in lists:
            client = world.clients["administrator" if "/admin/" in address else "organiser"]
            found, nothing = (client.get(address, {"q": word}) for word in (kind.word, "x" * len(kind.word)))
            assert found.status_code == nothing.status_code
            # The word itself comes back in the search field; more than that would be something found.
            assert len(all_of(found)) == pytest.approx(len(all_of(nothing)), abs=60), address
    assert {meta.label for meta in registered if meta.app_label == "learning"} == set()


@pytest.mark.parametrize("name", KINDS)
def test_an_error_while_one_is_sent_reports_none_of_it(world: World, name: str, monkeypatch, settings):
    kind = KINDS[name]
    settings.ADMINS = [("Admin", "admin@example.org")]

    def fail(*args: object, **more: object) -> None:
        raise RuntimeError("It broke")

    client = opened(world.registration)
    typed = kind.sent(client, world)
    monkeypatch.setattr(*kind.fails, fail)
    client.raise_request_exception = False

    answer = client.post(kind.page(world), typed)

    assert answer.status_code == 500
    assert found_in(all_of(answer)) == []
    assert [fault.place for fault in Fault.objects.all()] != []
    assert found_in(serializers.serialize("json", Fault.objects.all())) == []
    clock.run_all()
    outbox.send_due()
    assert found_in("".join(mail.message().as_string() for mail in django_mail.outbox)) == []


@pytest.mark.parametrize("name", KINDS)
def test_what_is_sent_leaves_it_in_no_address_and_no_cookie(world: World, name: str):
    client = opened(world.registration)

    answer = client.post(KINDS[name].page(world), KINDS[name].sent(client, world))

    assert "code" in answer.context if KINDS[name].has_no_writer else answer.status_code == 302
    assert found_in(f"{answer.get('Location', '')} {answer.cookies.output()}") == []


def test_my_data_holds_them_for_their_writer_alone(world: World):
    address = address_of("events:my_data_file", world)
    known = {name for name, kind in KINDS.items() if not kind.has_no_writer}

    assert set(found_in(all_of(opened(world.registration).get(address)))) == known
    assert found_in(all_of(world.clients["attendee"].get(address))) == []
