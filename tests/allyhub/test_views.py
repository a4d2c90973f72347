import json
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.robotparser import RobotFileParser

import pytest
import time_machine
from django.db import OperationalError, connection
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from allyhub import accessibility
from kit import privacy
from people.models import ClockBeat, Hub
from tests.factories import make_event, make_hub, register

pytestmark = pytest.mark.django_db

PAGES = ("privacy", "accessibility", "robots", "security_txt")


def text_of(client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_for_everyone_set_no_cookie_and_may_be_kept_by_caches(client, name):
    make_hub()

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    again = client.get(reverse(name), headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", [*PAGES, "health"])
def test_pages_for_everyone_take_no_forms(client, name):
    assert client.post(reverse(name)).status_code == 405


# --- privacy ---


def test_the_privacy_page_says_everything_the_register_says(client):
    make_hub()
    register_of_data = privacy.register()

    page = text_of(client, "privacy").replace("&#x27;", "'")

    for record in register_of_data.records.values():
        assert record.title in page
        for field in record.fields:
            for words in (
                field.what,
                field.why,
                register_of_data.periods[field.kept].words,
                register_of_data.erasing[field.erased],
                *(register_of_data.readers[reader] for reader in field.readers),
            ):
                assert words in page, f"{record.model}.{field.name}"
    for entry in register_of_data.elsewhere:
        assert entry.words in page


def test_the_privacy_page_names_who_is_responsible(client):
    make_hub(name="Derby Allies", contact_email="hello@example.org")

    page = text_of(client, "privacy")

    assert "Responsible for your data here is Derby Allies" in page
    assert "mailto:hello@example.org" in page


def test_the_privacy_page_works_before_the_hub_is_set_up(client):
    Hub.objects.all().delete()

    assert client.get(reverse("privacy")).status_code == 200
    assert "mailto:" not in text_of(client, "privacy")


# --- accessibility statement ---


def test_the_statement_says_what_does_not_work_whom_to_tell_and_when_it_was_reviewed(client):
    make_hub(
        statement_known_problems="The month table is hard to read on a watch.",
        statement_reviewed_on=date(2026, 3, 2),
        access_contact_name="Vanessa",
        access_contact_email="access@example.org",
        access_contact_phone="01632 960 001",
    )

    page = text_of(client, "accessibility")

    for words in (
        "WCAG) 2.2, level AA",
        "The month table is hard to read on a watch.",
        "Monday 2 March 2026",
        "Vanessa",
        "mailto:access@example.org",
        "01632 960 001",
    ):
        assert words in page


def test_the_statement_has_the_version_what_was_tested_and_every_barrier_we_know_of(client, settings):
    statement = accessibility.statement()

    page = unescape(text_of(client, "accessibility"))

    assert len(statement.barriers) > 3
    assert [text for text in statement.texts() if text not in page] == []
    assert f"AllyHub {settings.VERSION}" in page
    assert statement.tested_on <= timezone.localdate()


def test_the_statement_claims_nothing_that_nobody_has_checked(client):
    make_hub(statement_known_problems="", statement_reviewed_on=None)

    page = text_of(client, "accessibility")

    assert "we do not claim" in page
    assert "have not reviewed it yet" in page


# --- health ---


def test_health_tells_the_version_and_how_old_the_clocks_last_beat_is(client, settings):
    ClockBeat.record(ClockBeat.WHOLE_ROUND)

    with time_machine.travel(timezone.now() + timedelta(seconds=90), tick=False):
        response = client.get("/health/")

    assert response.json() == {
        "version": settings.VERSION,
        "database": "ok",
        "clock": {"late": False, "seconds_since_last_beat": 90},
    }
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


def test_health_says_when_the_clock_is_late_or_never_ran(client):
    assert client.get("/health/").json()["clock"] == {"late": True, "seconds_since_last_beat": None}

    ClockBeat.record(ClockBeat.WHOLE_ROUND)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.get("/health/").json()["clock"]["late"] is True


def test_health_is_503_when_the_database_does_not_answer(client, settings):
    def gone(execute, sql, params, many, context):
        raise OperationalError("could not connect")

    with connection.execute_wrapper(gone):
        response = client.get("/health/")

    assert response.status_code == 503
    assert json.loads(response.content) == {"version": settings.VERSION, "database": "unreachable"}


# --- what machines ask for ---


def test_robots_may_read_what_is_public_and_nothing_that_is_somebodys(client):
    event = make_event(slug="social")
    registration = register(event)
    rules = RobotFileParser()
    rules.parse(text_of(client, "robots").splitlines())

    for name, arguments in {
        "events:home": [],
        "events:agenda": [],
        "events:event": ["social"],
        "events:month_now": [],
        "events:subscribe": [],
        "privacy": [],
    }.items():
        assert rules.can_fetch("Anybot", reverse(name, args=arguments)), name
    for name, arguments in {
        "events:manage": [registration.token],
        "events:confirmation": [registration.token],
        "events:join": [registration.join_token],
        "events:no_news": [registration.news_token],
        "events:places": [],
        "people:profile": [],
        "organise:overview": [],
        "organise:access": ["social"],
        "account_login": [],
        "admin:index": [],
    }.items():
        assert not rules.can_fetch("Anybot", reverse(name, args=arguments)), name


def test_every_address_with_a_personal_link_is_closed_to_robots(client):
    def paths(patterns, before=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield before + str(pattern.pattern)
            else:
                yield from paths(pattern.url_patterns, before + str(pattern.pattern))

    rules = RobotFileParser()
    rules.parse(text_of(client, "robots").splitlines())
    personal = [
        f"/{path}".replace("<str:token>", "t")
        for path in paths(get_resolver().url_patterns)
        if "token>" in path
    ]

    assert personal
    assert [path for path in personal if rules.can_fetch("Anybot", path)] == []


def test_security_txt_is_what_the_standard_asks_for(client, settings):
    settings.SITE_URL = "https://hub.example.org"
    make_hub(contact_email="hello@example.org", language="en-gb")

    with time_machine.travel(datetime(2026, 3, 1, 13, 45, tzinfo=UTC), tick=False):
        response = client.get("/.well-known/security.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:hello@example.org",
        "Expires: 2026-08-28T00:00:00+00:00",
        "Preferred-Languages: en",
        "Canonical: https://hub.example.org/.well-known/security.txt",
    ]


def test_without_an_address_to_write_to_there_is_no_security_txt(client):
    make_hub(contact_email="")

    assert client.get("/.well-known/security.txt").status_code == 404
