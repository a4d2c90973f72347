"""What every answer has in common, tried on pages made for it."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from allyhub import errors
from allyhub import urls as hub
from kit import http as decorators

# The frame of every page may ask the database whose hub it is.
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

handler400, handler403, handler404, handler500 = (
    errors.handler400,
    errors.handler403,
    errors.handler404,
    errors.handler500,
)
FAILURES = {
    "gone": OperationalError("server closed the connection unexpectedly"),
    "cut": InterfaceError("connection already closed"),
    "no-table": OperationalError("no such table: events_event"),
    "other": ValueError("a mistake of ours"),
}


@decorators.public_page
def agenda(request: HttpRequest) -> HttpResponse:
    get_token(request)
    return HttpResponse("Six events")


@decorators.token_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(f"Your place ({request.method})")


def places(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Yours")


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("name", get_token(request)))


@login_not_required
def failing(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


@login_not_required
def saying(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Saved.")
    return HttpResponse("Said")


urlpatterns = [
    path("agenda/", agenda),
    path("registrations/<str:token>/", manage),
    path("places/", places),
    path("form/", form),
    path("failing/<str:how>/", failing),
    path("saying/", saying),
    *hub.urlpatterns,
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def with_session(client: Client) -> Client:
    client.cookies[settings.SESSION_COOKIE_NAME] = "some-session"
    return client


# --- Public pages ---


def test_a_public_page_may_be_kept_by_any_cache_and_sets_no_cookie(visitor):
    answer = visitor.get("/agenda/")

    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Cookie" in answer["Vary"]
    assert not answer.cookies


def test_a_public_page_that_has_not_changed_is_not_sent_again(visitor):
    etag = visitor.get("/agenda/")["ETag"]

    again = visitor.get("/agenda/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_a_public_page_is_ones_own_when_one_is_signed_in(visitor):
    assert with_session(visitor).get("/agenda/")["Cache-Control"] == "private, no-cache"


def test_a_public_page_is_ones_own_when_it_shows_a_message(visitor):
    visitor.get("/saying/")

    assert visitor.get("/agenda/")["Cache-Control"] == "private, no-cache"


def test_every_other_page_stays_in_one_browser(visitor):
    assert visitor.get("/form/")["Cache-Control"] == "private, no-cache"


def test_a_page_that_says_nothing_asks_to_sign_in(visitor):
    answer = visitor.get("/places/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/places/")


# --- Pages opened by a link ---


def test_a_page_opened_by_a_link_is_not_kept_not_found_and_not_passed_on(visitor):
    answer = visitor.get("/registrations/a-token/")

    assert "no-store" in answer["Cache-Control"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")


def test_a_page_opened_by_a_link_takes_a_form_without_any_cookie():
    browser = Client(enforce_csrf_checks=True)

    # What browsers send from a page with `Referrer-Policy: no-referrer`.
    answer = browser.post("/registrations/a-token/", headers={"Origin": "null"})

    assert answer.content == b"Your place (POST)"


# --- Headers ---


@pytest.mark.parametrize("address", ["/agenda/", "/registrations/a-token/", "/nowhere/"])
def test_every_page_names_what_it_may_do(visitor, address):
    answer = visitor.get(address)
    policy = answer["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


# --- The database is gone ---


@pytest.mark.parametrize("how", ["gone", "cut"])
def test_a_database_that_is_gone_gives_a_503_that_says_when_to_come_back(visitor, how, caplog):
    answer = visitor.get(f"/failing/{how}/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert b"<h1" in answer.content
    assert "The database does not answer" in caplog.text


def test_a_database_that_is_gone_before_any_view_gives_the_same_503(visitor, monkeypatch):
    def gone(*_: Any) -> None:
        raise FAILURES["gone"]

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", gone)

    assert with_session(visitor).get("/places/").status_code == 503


def test_the_503_needs_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/failing/gone/")


@pytest.mark.parametrize("how", ["no-table", "other"])
def test_a_mistake_of_ours_is_not_called_an_outage(visitor, how):
    assert visitor.get(f"/failing/{how}/").status_code == 500


# --- Error pages ---


def test_a_form_in_a_strange_encoding_is_a_400_and_not_a_500(visitor):
    strange = "application/x-www-form-urlencoded; charset=latin-1"

    answer = visitor.post("/form/", data=b"name=J%F6rg", content_type=strange)

    assert answer.status_code == 400
    assert b"<h1" in answer.content


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/failing/other/", 500), ("/places%00/", 404)]
)
def test_an_error_page_has_one_heading(visitor, address, status):
    answer = visitor.get(address)

    assert (answer.status_code, answer.content.count(b"<h1")) == (status, 1)


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_appears_even_when_templates_do_not_work(status, settings, caplog):
    settings.TEMPLATES = []
    caplog.set_level(logging.CRITICAL)

    page = errors._page(status)

    assert (page.status_code, page.content.count(b"<h1")) == (status, 1)


# --- A form that was open too long ---


def press(origin: str, **typed: str) -> HttpResponse:
    browser = Client(enforce_csrf_checks=True)
    return browser.post("/form/?day=2", typed, headers={"Origin": origin})


def test_an_expired_form_gives_back_what_was_typed_and_can_be_sent_again():
    page = press("http://testserver", name='Ann "the ally"', csrfmiddlewaretoken="old").content.decode()

    assert 'action="/form/?day=2"' in page
    assert 'name="name" value="Ann &quot;the ally&quot;"' in page
    assert 'value="old"' not in page


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"]
)
def test_a_form_from_elsewhere_puts_no_words_into_anybodys_mouth(origin):
    page = press(origin, name="not-my-words")

    assert page.status_code == 403
    assert b"not-my-words" not in page.content
