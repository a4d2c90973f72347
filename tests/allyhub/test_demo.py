"""A trial hub gives the administrator to anybody who asks it. So it answers nobody whom something else brings along."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from allyhub.demo import HEALTH, ThisMachineAlone

ask = RequestFactory(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")


def status(path: str = "/demo/sign-in/administrator/", **what: str) -> int:
    return ThisMachineAlone(lambda _request: HttpResponse())(ask.get(path, **what)).status_code


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Host": "hub.example.org"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=203.0.113.7"},
        {"Via": "1.1 google"},
        {"X-Real-IP": "203.0.113.7"},
        {"True-Client-IP": "203.0.113.7"},
        {"CF-Connecting-IP": "203.0.113.7"},
        {"X-Original-URL": "/"},
        {"Origin": "https://hub.example.org"},
        {"Referer": "https://hub.example.org/demo/mail/"},
        {"Referer": "http://127.0.0.1.example.org/"},
        {"Referer": "http://["},
        # nginx's own way, where nothing was set: with the loopback name as Host.
        {"Connection": "close"},
    ],
    ids=str,
)
def test_what_a_proxy_passes_on_is_refused(header):
    assert status(headers=header) == 403


def test_what_speaks_as_a_proxy_of_old_is_refused():
    assert status(SERVER_PROTOCOL="HTTP/1.0") == 403


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"Connection": "keep-alive", "Referer": "http://127.0.0.1:8000/demo/mail/"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "http://[::1]:8000"},
        {"Origin": "null"},
    ],
    ids=str,
)
def test_a_browser_on_this_machine_is_answered(header):
    assert status(headers=header, SERVER_PROTOCOL="HTTP/1.1") == 200


def test_whoever_asks_whether_it_runs_may_close_afterwards():
    assert status(HEALTH, headers={"Connection": "close"}) == 200
    assert status(HEALTH, headers={"X-Forwarded-For": "203.0.113.7"}) == 403
