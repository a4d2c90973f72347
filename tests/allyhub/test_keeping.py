"""Pages that are kept whole: what is kept, for whom, and how long it holds. That they are never stale is tried in
test_kept_pages.py."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as hub_settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path, resolve
from django.utils import timezone

from allyhub import urls as hub
from events.calendars import published
from kit import versions
from kit.http import is_for_everyone, public_page
from kit.kept_pages import pages
from mail.models import OutgoingMail
from people.models import Hub
from tests.factories import make_event, make_hub, make_person, register
from tests.permission_walk import ALL_NAMES, METHODS, ROWS, address_of, signed_in
from tests.permission_world import World, make_world

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db, pytest.mark.postgres]

handler404 = hub.handler404
# To know about a list whose places changed: the numbers, the places.
MOST_ASKED = 2
# Something that happens while a page is written, by another process.
meanwhile: list[Callable[[], object]] = []


@public_page
def curious(request: HttpRequest) -> HttpResponse:
    """A page that shows whatever it can find out about who asks for it."""
    told = {name: value for name, value in request.META.items() if not name.startswith("wsgi.")}
    user, session = getattr(request, "user", None), dict(request.session)
    return HttpResponse(f"{Hub.current().name} {sorted(told.items())} {request.COOKIES} {user} {session}")


@public_page
def name(request: HttpRequest) -> HttpResponse:
    told = Hub.current().name
    for happen in meanwhile:
        happen()
    return HttpResponse(told)


@public_page
def mails(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{Hub.current().name} {OutgoingMail.objects.count()}")


@public_page
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{Hub.current().name} {get_token(request)}")


@login_not_required
def other(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Hub.current().name)


urlpatterns = [
    *(path("curious/", curious), path("name/", name), path("mails/", mails), path("form/", form)),
    *(path("other/", other), *hub.urlpatterns),
]


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    settings.KEEP_PAGES = True
    meanwhile.clear()
    pages.forget()
    # A page holds within its minute: each test begins with one.
    with time_machine.travel(timezone.now().replace(second=0, microsecond=0)):
        yield
    pages.forget()


def kept_paths() -> set[str]:
    return {key[0] for key in pages.kept}  # type: ignore[index]


def public_addresses(world: World) -> list[str]:
    """Of every page that is for everyone and that is there."""
    names = [name for name in ALL_NAMES if METHODS[name] == "get" and ROWS[name]["visitor"] == "ok"]
    addresses = [address_of(name, world) for name in names]
    return [address for address in addresses if is_for_everyone(resolve(address).func)]


def test_every_page_for_everyone_is_kept(client):
    addresses = public_addresses(make_world())

    for address in addresses:
        client.get(address)

    assert "/" in addresses
    assert sorted(set(addresses) - kept_paths()) == []


# --- What it costs ---


def test_one_query_tells_that_a_page_still_holds(client, django_assert_num_queries):
    make_hub()
    event = make_event(places=5)
    for address in ("/", "/events/", event.get_absolute_url(), "/feed.ics"):
        first = client.get(address)

        with django_assert_num_queries(1):
            again = client.get(address)
        with django_assert_num_queries(1):
            same = client.get(address, headers={"If-None-Match": first["ETag"]})

        assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])


def test_what_happens_elsewhere_costs_the_questions_about_that_and_no_page(client, django_assert_num_queries):
    event, elsewhere = make_event(places=5), make_event(places=5)
    client.get(event.get_absolute_url())
    register(elsewhere)

    with django_assert_num_queries(2):  # one of six reads registrations: the places taken
        client.get(event.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(event.get_absolute_url())


def test_somebody_who_registers_is_seen_at_once(client):
    event = make_event(places=5)
    assert "5 places left" in client.get(event.get_absolute_url()).text

    register(event)

    assert "4 places left" in client.get(event.get_absolute_url()).text


# --- For whom ---


def test_a_kept_page_knows_nothing_of_who_asks(client):
    make_hub()
    told = {"User-Agent": "a-browser", "Referer": "https://elsewhere.example/", "Authorization": "a-secret"}
    client.cookies["anything"] = "a-cookie"
    asked = {"headers": told, "REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "203.0.113.8"}

    answer = client.get("/curious/", **asked)

    assert kept_paths() == {"/curious/"}
    for secret in (*told.values(), "a-cookie", "203.0.113"):
        assert secret not in answer.text
    assert "AnonymousUser {}" in answer.text


@pytest.mark.parametrize("cookie", [hub_settings.SESSION_COOKIE_NAME, hub_settings.MESSAGES_COOKIE_NAME])
def test_who_sees_a_page_of_their_own_gets_no_kept_one_and_leaves_none(cookie):
    make_hub()
    own = Client()
    answers = []

    for client in (own, Client(), own):
        own.cookies[cookie] = "something"  # a browser forgets it when it means nothing any more
        answers.append(client.get("/curious/"))

    assert ["something" in answer.text for answer in answers] == [True, False, True]
    assert answers[0]["Cache-Control"] == answers[2]["Cache-Control"] == "private, no-cache"


def test_who_is_logged_in_sees_their_own_page_of_an_event():
    event = make_event()
    address = event.get_absolute_url()
    Client().get(address)

    seen = signed_in(make_person(name="Amara")).get(address).text

    assert "/accounts/logout/" in seen
    assert "/accounts/logout/" not in Client().get(address).text


def test_what_is_asked_with_a_query_is_written_for_that_question_alone(client):
    make_event(title="Listening")

    client.get("/events/?q=listening")

    assert kept_paths() == set()


def test_what_is_not_for_everyone_is_not_kept(client):
    make_hub()

    for address in ("/other/", "/mails/", "/form/", "/nowhere/", "/accounts/login/"):
        client.get(address)

    assert kept_paths() == set()


def test_each_language_and_each_way_of_asking_has_its_own(polish_too):
    make_hub()
    ways = [{}, {"headers": {"Accept-Language": "pl"}}, {"secure": True}, {"headers": {"Host": "127.0.0.1"}}]

    for way in ways * 2:
        Client().get("/", **way)

    assert len(pages.kept) == len(ways)


# --- How long it holds ---


def test_a_page_is_not_kept_for_longer_than_what_it_was_made_of(client):
    make_hub(name="Before")

    def by_another_process() -> None:
        cursor = connection.connection.cursor()
        cursor.execute("UPDATE people_hub SET name = 'After'")

    meanwhile.append(by_another_process)
    assert client.get("/name/").text == "Before"
    meanwhile.clear()

    assert client.get("/name/").text == "After"


def test_a_page_is_written_anew_with_the_next_minute(client):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon - timedelta(hours=1), tick=False) as clock:
        address = make_event(registration_closes_at=noon).get_absolute_url()
        clock.move_to(noon - timedelta(seconds=1))
        assert "Registration closed" not in client.get(address).text
        clock.move_to(noon)
        assert "Registration closed" in client.get(address).text


def test_a_page_that_writes_is_not_kept(client):
    make_hub(name="Once")
    meanwhile.append(lambda: Hub.objects.update(tagline="Written"))

    client.get("/name/")

    assert kept_paths() == set()


def test_without_versions_every_page_is_written(client, monkeypatch):
    make_hub(name="Derby Allies")
    client.get("/name/")

    def gone() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(versions, "of_all", gone)

    assert client.get("/name/").text == "Derby Allies"


def test_a_feed_says_304_to_who_has_it_as_before(client):
    make_hub()
    make_event()
    first = client.get("/feed.ics")

    known = {"If-Modified-Since": first["Last-Modified"]}

    assert published.EDITION
    assert client.get("/feed.ics", headers=known).status_code == 304
    assert "/feed.ics" in kept_paths()


# --- Places left stand in gaps ---


def test_places_left_are_filled_in_without_writing_the_page(client, django_assert_max_num_queries):
    event = make_event(places=5)
    address = event.get_absolute_url()
    first = client.get(address)
    register(event)

    with django_assert_max_num_queries(2):  # the numbers, the places taken
        again = client.get(address)
    same = client.get(address, headers={"If-None-Match": again["ETag"]})
    register(event)

    assert ["places left" in answer.text for answer in (first, again)] == [True, True]
    assert "1 of 5 places are taken" in again.text
    assert same.status_code == 304
    assert client.get(address, headers={"If-None-Match": again["ETag"]}).status_code == 200
    assert_the_same_as_written_afresh(address)


def test_lists_are_filled_in_too(client, django_assert_max_num_queries):
    event = make_event(places=4)
    register(make_event(group=event.group, places=1))
    for address in ("/", "/events/", event.group.get_absolute_url()):
        client.get(address)
        register(event)
        with django_assert_max_num_queries(MOST_ASKED):
            client.get(address)
        assert_the_same_as_written_afresh(address)

    register(event)
    assert client.get("/events/").text.count("Waiting list open") == 2
    assert "place left" not in client.get("/events/").text


def test_a_page_whose_last_place_goes_is_written_anew(client):
    event = make_event(places=2)
    address = event.get_absolute_url()
    for _ in range(3):
        assert "\ue000" not in client.get(address).text
        assert_the_same_as_written_afresh(address)
        register(event)

    assert "Join the waiting list" in client.get(address).text
    assert_the_same_as_written_afresh(address)


def assert_the_same_as_written_afresh(address: str) -> None:
    kept = Client().get(address)
    with override_settings(KEEP_PAGES=False):
        written = Client().get(address)
    assert (kept.text, kept["ETag"]) == (written.text, written["ETag"])
    assert dict(kept.headers) == dict(written.headers)


def test_places_left_are_said_in_the_language_of_the_page(polish_too):
    event = make_event(places=5)
    polish = {"Accept-Language": "pl"}
    Client().get(event.get_absolute_url(), headers=polish)
    register(event)

    kept = Client().get(event.get_absolute_url(), headers=polish).text
    with override_settings(KEEP_PAGES=False):
        assert Client().get(event.get_absolute_url(), headers=polish).text == kept
