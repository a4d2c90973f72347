"""The examples for proxies in docs/hosting.md start on a distribution's versions, and no log of theirs holds what opens
somebody's page, whether the hub is up or down."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from tests import proxies
from tests.permission_walk import PARAMETERS
from tests.proxies import HOST, Proxy

TOKEN = "SECRET.1.SECRET"
ARGUMENTS = {"token": TOKEN, "code": TOKEN.replace(".", "-"), "need": 1, "pk": 1}
OF_SOMEBODY = [
    reverse(name, kwargs={parameter: ARGUMENTS[parameter] for parameter in parameters})
    for name, parameters in PARAMETERS.items()
    if {"token", "code"} & set(parameters) and set(parameters) <= set(ARGUMENTS)
]
# The same address as people, programs and adversaries may write it.
ONE = f"/registrations/{TOKEN}/"
SPELLINGS = [
    ONE.upper(),
    f"/{ONE}",
    f"/./x/..{ONE}",
    f"{ONE}%zz",
    f"{ONE}?x={TOKEN}",
    ONE.replace("reg", "%72eg"),
    f"{ONE}\x01",
    f"{ONE}{'x' * 9000}",
]
IN_CONFIDENCE = ["/concerns/", "/groups/derby/tell-someone/", "/concerns/CODE/", "/s/ROOM77/"]


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxies.nginx(tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy


def ask_for_everything(proxy: Proxy, *, secure: bool = True) -> set[int]:
    return {
        *(proxy.ask(path, secure=secure) for path in [*OF_SOMEBODY, *SPELLINGS, *IN_CONFIDENCE]),
        # The proxy's own page for an error says nothing about referrers, and the browser asks for an icon.
        proxy.ask("/favicon.ico", referer=f"https://{HOST}{ONE}", secure=secure),
        proxy.ask(f"/events/?from=ASKED{time.monotonic_ns()}", secure=secure),
    }


def assert_nothing_is_told(logged: str) -> None:
    assert [line for line in logged.splitlines() if "SECRET" in line.upper()] == []
    assert [
        line
        for line in logged.splitlines()
        if any(word in line for word in ("tell-someone", "concerns", "ROOM77"))
    ] == []


@pytest.mark.nginx
def test_nginx_keeps_what_opens_a_page_out_of_all_logs_while_the_hub_is_up(nginx):
    with nginx.hub_is_up():
        answers = ask_for_everything(nginx)

    assert len(OF_SOMEBODY) > 50
    assert {200, 400} <= answers <= {200, 400, 414}
    assert "ASKED" in nginx.logged()
    assert_nothing_is_told(nginx.logged())


@pytest.mark.nginx
def test_nginx_keeps_it_out_while_the_hub_is_down(nginx):
    answers = ask_for_everything(nginx)

    assert {502, 400} <= answers <= {502, 400, 414}
    assert_nothing_is_told(nginx.logged())


@pytest.mark.nginx
def test_nginx_keeps_it_out_where_it_sends_people_to_https(nginx):
    answers = ask_for_everything(nginx, secure=False)

    assert {301, 400} <= answers <= {301, 400, 414}
    assert_nothing_is_told(nginx.logged())


@pytest.mark.nginx
def test_nginx_finds_nothing_to_say_about_the_example(nginx):
    said = [(nginx.folder / name).read_text() for name in ("said.log", "main-error.log")]

    assert [
        line for text in said for line in text.splitlines() if "[warn]" in line or "[emerg]" in line
    ] == []


@pytest.mark.nginx
def test_nginx_lets_go_of_those_who_send_too_slowly(tmp_path):
    sooner = {f"client_{part}_timeout 10s": f"client_{part}_timeout 1s" for part in ("header", "body")}
    with (
        proxies.nginx(tmp_path, sooner) as proxy,
        proxy.hub_is_up(),
        proxy.connected() as headers,
        proxy.connected() as body,
    ):
        headers.sendall(b"GET / HTTP/1.1\r\n")
        body.sendall(f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 9000\r\n\r\nx".encode())

        assert (headers.recv(1000), body.recv(1000)) == (b"", b"")


# Caddy is not asked for: no distribution brings the version that people install from elsewhere.
WHERE_CADDY_IS = pytest.mark.parametrize("program", list(filter(None, [proxies.find_caddy()])))


@WHERE_CADDY_IS
def test_caddy_takes_the_example(program, tmp_path):
    (tmp_path / "Caddyfile").write_text(proxies.example("Caddy"))
    command = [program, "validate", "--config", "Caddyfile", "--adapter", "caddyfile"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@WHERE_CADDY_IS
def test_caddy_keeps_what_opens_a_page_out_of_all_logs(program, tmp_path: Path):
    with proxies.caddy(tmp_path) as proxy:
        with proxy.hub_is_up():
            up = ask_for_everything(proxy, secure=False)
        down = ask_for_everything(proxy, secure=False)

    assert 200 in up
    assert 502 in down
    assert "connection refused" in proxy.logged()
    assert_nothing_is_told(proxy.logged())
