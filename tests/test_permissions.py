"""The table URL × person → status. An address that is not in the table fails the run.

On the way nobody reads what somebody else said in confidence, no log line tells of it, and no page but those that are
made for it may stand in a frame of another website.
"""

import logging
import re
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse

from allyhub import errors
from breakouts.models import Helper, Host, Proposer
from concerns.actions import codes
from events.access_list import OPTIONS
from events.models import Registration
from events.pages.organise.sample_mail import SAMPLE_NAME
from people.models import Invitation, Person
from tests import confidences, worlds
from tests.link_kinds import kinds_in
from tests.permission_table import COLUMNS
from tests.permission_walk import (
    ALL_NAMES,
    FILES,
    METHODS,
    PARAMETERS,
    ROWS,
    address_of,
    all_of,
    everything_in,
    sign_in_everyone,
)
from tests.permission_world import World, make_world
from tests.reading_ease import lix
from tests.style_sheets import unstyled

# As LIX; a newspaper has 40.
HARDEST = 35
# What other websites may show in a frame.
FRAMED = {"events:embedded", "events:embedded_group", "events:embedded_tag", "events:embedded_event"}


def test_every_address_is_in_the_table():
    assert sorted(ROWS) == ALL_NAMES


def test_long_words_and_long_sentences_make_a_page_hard():
    """LIX: the words of a sentence, and how many of a hundred have more than six letters."""
    sentences = {"We sew it.": 0, "We sew a quilt today.": 5, "We sew a beautiful quilt.": 25}

    assert {words: lix(f"<main>{f'<p>{words}</p>' * 4}</main>") for words in sentences} == sentences


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One world for all rows: GETs change nothing, so it can be shared."""
    with django_db_blocker.unblock(), patch.dict(OPTIONS, confidences.OPTION):
        world = make_world()
        confidences.ask_for_a_need(world)
        world.code = confidences.tell_a_concern(world)
        confidences.pledge_for_oneself(world)
        confidences.write_for_oneself(world)
        confidences.ask_without_a_name(world)
        sign_in_everyone(world)
        world.addresses_and_names = addresses_and_names()
        confidences.open_as_lead(world)
        confidences.open_as_contact(world)
        yield world
        worlds.empty()


def addresses_and_names() -> set[str]:
    """What stands in any field for an address or a name of somebody, in small letters."""
    found = set()
    for model in (Person, Registration, Host, Helper, Proposer, Invitation):
        names = {"name", "email"} & {field.name for field in model._meta.concrete_fields}
        for row in model._base_manager.values_list(*names):
            found |= {word.lower() for word in row if len(word) > 3}
    return found


@pytest.fixture(scope="module")
def page_for_what_is_not_there() -> Callable[..., HttpResponse]:
    """The page of a 404, written once for each reader: it says the same of whatever they asked for."""
    written: dict[int | None, HttpResponse] = {}

    def handler(request: HttpRequest, exception: Exception) -> HttpResponse:
        if request.user.pk not in written:
            written[request.user.pk] = errors.handler404(request, exception)
        return HttpResponseNotFound(written[request.user.pk].content)

    return handler


@pytest.fixture(autouse=True)
def _logs_are_silent(caplog: pytest.LogCaptureFixture, world: World) -> Iterator[None]:
    """Whoever opens what, no log line of any level says a word of what is confidential, or has the code."""
    with caplog.at_level(logging.DEBUG):
        yield
    lines = "\n".join(caplog.handler.format(record) for record in caplog.get_records("call"))
    words = (
        confidences.NEED,
        confidences.CONCERN,
        confidences.PLEDGE,
        confidences.WORKBOOK,
        confidences.ASKED,
    )
    told = [word for word in words if word in lines.lower()]
    assert [*told, *(code for code in (world.code, codes.plain(world.code)) if code in lines)] == []


@pytest.mark.parametrize("name", ALL_NAMES)
def test_who_may_open_that_they_read_nothing_confidential_and_no_browser_keeps_it(
    name: str,
    world: World,
    db: None,
    page_for_what_is_not_there: Callable[..., HttpResponse],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
):
    monkeypatch.setattr("allyhub.urls.handler404", page_for_what_is_not_there)
    address, expected = address_of(name, world), ROWS[name]
    met, read, for_all, kept, hardness = {}, [], "", {}, 0

    for column in COLUMNS:
        # What another row left to be said belongs to the page that it leads to.
        world.clients[column].cookies.pop("messages", None)
        answer = getattr(world.clients[column], METHODS[name])(address)
        page = everything_in(answer)
        met[column] = what_met(answer)
        assert met[column] != "ok" or is_page(answer) == (name not in FILES)
        assert may_be_framed(answer) == (name in FRAMED and met[column] == "ok")
        text = page.lower()
        read += [(column, word) for word in confidences.not_for(name, column) if word in text]
        assert met[column] != "ok" or unstyled(page) == set()
        read += [(column, kind) for kind in (set() if may_show_links(name) else kinds_in(page))]
        for_all = for_all if column != COLUMNS[0] else text
        about_others = {
            word for word in told_of_others(world, column) if tells(text, word) and not tells(for_all, word)
        }
        if about_others and "no-store" not in answer.headers["Cache-Control"]:
            kept[column] = about_others

        hardness = hardness or (met[column] == "ok" and lix(page))

    if hardness:
        record_property("lix", (name, hardness))
    assert hardness <= HARDEST
    assert met == expected
    assert read == []
    assert kept == {}


def told_of_others(world: World, column: str) -> set[str]:
    """Addresses and names of everyone but whoever looks, in small letters."""
    viewer = world.people.get(column)
    own = {viewer.email.lower(), viewer.name.lower()} if viewer else set()
    return world.addresses_and_names - own - {str(SAMPLE_NAME).lower()}


def tells(page: str, word: str) -> bool:
    """Whether it stands there as a word: "Sage" is in every message."""
    return word in page and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page) is not None


def may_show_links(name: str) -> bool:
    """Pages behind a link (test_where_links_lead), the list of their own places of whoever is signed in, the sheet that
    organisers print for somebody without a mailbox, and the page from which they open a room's screen."""
    pages = {"events:places", "organise:registration_paper", "organise:live"}
    return "token" in PARAMETERS[name] or name in pages


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the whole table has been opened on SQLite")
def test_the_first_who_gets_each_answer_gets_it_from_postgres_too(world: World, db: None):
    """Which asks it whatever our pages ask a database; who may have them does not depend on that."""
    wrong = {}

    for name, row in ROWS.items():
        first = {word: column for column, word in reversed(row.items())}
        for expected, column in first.items():
            with transaction.atomic():
                answer = getattr(world.clients[column], METHODS[name])(address_of(name, world))
                all_of(answer)
                transaction.set_rollback(True)  # each row meets the same world
            if what_met(answer) != expected:
                wrong[name, column] = what_met(answer)

    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in ALL_NAMES if {"in", "no"} & {*ROWS[name].values()}])
def test_posting_is_refused_in_the_same_way(
    name: str, world: World, db: None, monkeypatch: pytest.MonkeyPatch
):
    # The page that says so has been read above.
    monkeypatch.setattr("allyhub.urls.handler404", lambda _request, exception: HttpResponseNotFound())
    refused = {column: word for column, word in ROWS[name].items() if word in {"in", "no"}}
    address = address_of(name, world)

    met = {column: what_met(world.clients[column].post(address)) for column in refused}

    assert {column: word for column, word in met.items() if word not in {refused[column], "405"}} == {}


def may_be_framed(answer: HttpResponse) -> bool:
    policy = answer.headers.get("Content-Security-Policy", "")
    return "X-Frame-Options" not in answer.headers or "frame-ancestors *" in policy


def is_page(answer: HttpResponse) -> bool:
    return answer.headers["Content-Type"].startswith("text/html")


def what_met(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_login")):
        return "in"
    return {200: "ok", 302: "to", 404: "no"}.get(answer.status_code, str(answer.status_code))


@pytest.mark.parametrize("column", COLUMNS)
def test_the_admin_site_is_for_administrators_alone(column: str, world: World, db: None):
    index, people = reverse("admin:index"), reverse("admin:people_person_changelist")

    met = [what_met(world.clients[column].get(address)) for address in (index, people)]

    assert (met == ["ok", "ok"]) == (column == "administrator")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_the_administration_does_not_know_what_is_confidential(model: type, world: World, db: None):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse("admin:index"), reverse(f"{name}_changelist")]
    for row in model._base_manager.all():
        pages += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]

    answers = {page: all_of(world.clients["administrator"].get(page)) for page in pages}

    assert not model._meta.model_name.startswith(("access", "concern"))
    assert [page for page in pages if confidences.NEED in answers[page]] == []
    assert [page for page in pages if confidences.CONCERN in answers[page]] == []
    assert [page for page in pages if confidences.PLEDGE in answers[page]] == []
    assert [page for page in pages if confidences.WORKBOOK in answers[page]] == []
