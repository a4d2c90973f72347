"""Settings refuse what would hurt somebody, with words that say what to write instead."""

import logging
import re
import stat
import sys
from base64 import b64decode
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import path, reverse

from allyhub.logs import WithoutTokens, without_tokens
from kit import environment
from tests.permission_walk import PARAMETERS

ROOT = environment.BASE_DIR
SOURCES = sorted((ROOT / "allyhub" / "settings").glob("*.py"))
KEY = "A" * 43 + "="
REAL_HUB = {
    "SITE_URL": "https://hub.example.org",
    "SECRET_KEY": "as-long-as-a-real-one-and-as-little-to-be-guessed-0123456789",
    "ALLYHUB_KEYS": KEY,
}


def names_in_the_example() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The settings as they would be with this environment and nothing else."""

    def read(**variables: str) -> dict[str, Any]:
        for name in names_in_the_example():
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"VAR_DIR": str(tmp_path)} | variables).items():
            monkeypatch.setenv(name, value)
        for name in [name for name in sys.modules if name.startswith("allyhub.settings")]:
            monkeypatch.delitem(sys.modules, name)
        return vars(import_module("allyhub.settings"))

    return read


def refusal(read: Any, **variables: str) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**variables)
    return str(refused.value)


def test_a_real_hub_starts_with_three_settings(read):
    hub = read(**REAL_HUB)

    assert (hub["DEBUG"], hub["DEMO"], hub["PRODUCTION"]) == (False, False, True)


@pytest.mark.parametrize("name", REAL_HUB)
def test_a_real_hub_does_not_start_without(read, name):
    assert name in refusal(read, **REAL_HUB | {name: ""})


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("SITE_URL", "http://hub.example.org"),
        ("SITE_URL", "hub.example.org"),
        ("SITE_URL", "https://hub.example.org/events"),
        ("SITE_URL", "https://hub.example.org:port"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLYHUB_KEYS", "no-key"),
        ("ALLYHUB_KEYS", "dG9vIHNob3J0"),
        ("ALLYHUB_KEYS", f"20261128:{KEY}"),
        ("ALLYHUB_KEYS", f"{KEY},{KEY}"),
        ("DATABASE_URL", "mysql://somebody@example.org/hub"),
        ("DEBUG", "perhaps"),
        ("EMAIL_PORT", "none"),
        ("EMAIL_PORT", "99999"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_nonsense_is_refused(read, name, nonsense):
    assert refusal(read, **REAL_HUB | {name: nonsense})


@pytest.mark.parametrize("mode", ["DEBUG", "ALLYHUB_DEMO"])
@pytest.mark.parametrize(
    "address", ["https://hub.example.org", "http://192.168.1.7:8000", "http://0.0.0.0:8000"]
)
def test_a_trial_is_for_this_machine_alone(read, mode, address):
    assert address in refusal(read, **REAL_HUB | {mode: "1", "SITE_URL": address})


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8001", "http://[::1]:8000"])
def test_a_trial_runs_on_a_loopback_address(read, address):
    assert read(ALLYHUB_DEMO="1", SITE_URL=address)["SITE_URL"] == address


def test_what_refuses_proxies_stands_before_all_else_in_a_trial_and_nowhere_else(read):
    guard = "allyhub.demo.ThisMachineAlone"

    assert read(ALLYHUB_DEMO="1")["MIDDLEWARE"][0] == guard
    assert guard not in read(DEBUG="1")["MIDDLEWARE"] + read(**REAL_HUB)["MIDDLEWARE"]


def test_a_trial_makes_its_secrets_once_and_keeps_them_to_itself(read, tmp_path):
    first, second = read(DEBUG="1"), read(DEBUG="1")

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["SEALING_KEYS"] == second["SEALING_KEYS"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()] == [0o600, 0o600]


def test_the_first_key_is_the_one_that_seals(read):
    new = environment.new_sealing_key()
    hub = read(**REAL_HUB | {"ALLYHUB_KEYS": f"{new}, {KEY}"})

    assert list(hub["SEALING_KEYS"].values()) == [b64decode(new, b"-_"), bytes(32)]


def test_a_key_is_called_by_what_it_is_so_no_other_can_stand_under_its_name(read):
    one, other = ({"ALLYHUB_KEYS": environment.new_sealing_key()} for _ in range(2))

    names = [list(read(**REAL_HUB | keys)["SEALING_KEYS"]) for keys in (one, one, other)]

    assert names[0] == names[1] != names[2]


def test_a_real_hub_gives_cookies_only_over_https_and_only_to_itself(read):
    hub = read(**REAL_HUB)

    assert (hub["SESSION_COOKIE_SECURE"], hub["CSRF_COOKIE_SECURE"]) == (True, True)
    names = [value for name, value in hub.items() if name.endswith("_COOKIE_NAME")]
    assert len(names) == 9
    assert [name for name in names if not name.startswith(("__Host-", "__Secure-"))] == []
    assert {hub["SESSION_COOKIE_NAME"], hub["CSRF_COOKIE_NAME"]} == {"__Host-session", "__Host-csrf"}


def test_the_proxy_is_believed_as_often_as_it_is_there(read):
    assert read(**REAL_HUB)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert read(**REAL_HUB | {"TRUSTED_PROXIES": "0"})["SECURE_PROXY_SSL_HEADER"] is None


def test_postgres_reads_what_is_committed_and_nothing_older(read):
    from psycopg import IsolationLevel

    database = read(**REAL_HUB | {"DATABASE_URL": "postgres://hub:p%40ss@db:5433/hub"})["DATABASES"][
        "default"
    ]

    assert database["OPTIONS"]["isolation_level"] == IsolationLevel.READ_COMMITTED
    assert (database["PASSWORD"], database["PORT"], database["CONN_HEALTH_CHECKS"]) == ("p@ss", 5433, True)


@pytest.mark.parametrize(("port", "ssl", "tls"), [("465", True, False), ("587", False, True)])
def test_mail_speaks_tls_as_its_port_expects(read, port, ssl, tls):
    hub = read(**REAL_HUB | {"EMAIL_PORT": port})

    assert (hub["EMAIL_USE_SSL"], hub["EMAIL_USE_TLS"]) == (ssl, tls)


def test_every_setting_is_in_the_example_and_no_other():
    asked_for = set(
        re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", "".join(file.read_text() for file in SOURCES))
    )

    assert names_in_the_example() == asked_for


def test_a_file_fills_in_what_the_environment_leaves_out(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_HOST", "from-outside")
    monkeypatch.delenv("EMAIL_HOST_USER", raising=False)
    file = tmp_path / ".env"
    file.write_text("# EMAIL_HOST=comment\nEMAIL_HOST=from-file\nEMAIL_HOST_USER='me'\n")

    environment.read_file(file)

    assert (environment.text("EMAIL_HOST"), environment.text("EMAIL_HOST_USER")) == ("from-outside", "me")


def test_tokens_stay_out_of_the_logs():
    line = 'Not Found: /registrations/abc:def/answers/ and "/calendar/k:1.ics" next=%2Fjoin%2Fsecret%2F'

    assert (
        without_tokens(line) == 'Not Found: /registrations/…/answers/ and "/calendar/…" next=%2Fjoin%2F…%2F'
    )


def test_no_address_with_a_token_is_logged_whole():
    with_token = [name for name, parameters in PARAMETERS.items() if "token" in parameters]
    arguments = {"token": "SECRET.1.SECRET", "need": 1, "pk": 1, "number": 1}
    arguments |= {"code": "abcd", "where": "event", "months": 3}
    lines = [
        reverse(name, kwargs={parameter: arguments[parameter] for parameter in PARAMETERS[name]})
        for name in with_token
    ]

    assert len(lines) > 15
    assert [line for line in lines if "SECRET" in without_tokens(f"Not Found: {line}")] == []


def test_logs_say_the_time_in_utc():
    record = logging.makeLogRecord({"created": 1774612800.5, "msecs": 500, "msg": "Ready", "name": "hub"})

    assert WithoutTokens("{asctime} {message}", style="{").format(record) == "2026-03-27T12:00:00.500Z Ready"


def pragmas(request: Any) -> Any:
    from django.http import JsonResponse

    names = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
    with connection.cursor() as cursor:
        return JsonResponse({name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names})


urlpatterns = [path("pragmas/", pragmas)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"][-7:] != "sqlite3", reason="about SQLite")
def test_what_a_request_wrote_to_sqlite_survives_a_power_cut(client, monkeypatch):
    monkeypatch.setattr(pragmas, "login_required", False, raising=False)

    answer = client.get("/pragmas/").json()

    full = 2
    assert answer == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": 20_000}
