"""The table URL × person → status. An address that is not in the table fails the run."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import Person
from tests.permission_table import ARGUMENTS, BY_PARAMETER, COLUMNS, TABLE
from tests.permission_world import World, make_world

LINES = [line.split() for line in TABLE.strip().splitlines() if line and not line.startswith("#")]
ROWS = {name: dict(zip(COLUMNS, words, strict=True)) for _method, name, *words in LINES}
METHODS = {name: method.lower() for method, name, *_words in LINES}
# Django's admin and allauth bring many addresses of their own: each is one rule, tested as a whole below.
BROUGHT_ALONG = ("admin:", "account_", "mfa_", "socialaccount_")


def addresses(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """The name of every address with the names of its parameters."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", list(pattern.pattern.converters)


PARAMETERS = {
    name: parameters
    for name, parameters in addresses(get_resolver().url_patterns)
    if not name.startswith(BROUGHT_ALONG)
}
ALL_NAMES = sorted(PARAMETERS)


def test_every_address_is_in_the_table():
    assert sorted(ROWS) == ALL_NAMES


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One world for all rows: GETs change nothing, so it can be shared."""
    with django_db_blocker.unblock():
        world = make_world()
        world.clients = {column: signed_in(world.people.get(column)) for column in COLUMNS}
        yield world
        world.clear()


@pytest.mark.parametrize("name", ALL_NAMES)
def test_who_may_open(name: str, world: World, db: None):
    arguments = ARGUMENTS.get(name) or [BY_PARAMETER[parameter] for parameter in PARAMETERS[name]]
    address = reverse(name, args=[argument(world) for argument in arguments])
    expected = ROWS[name]

    met = {column: what_meets(world, column, METHODS[name], address) for column in COLUMNS}

    assert met == expected
    for column in (column for column in COLUMNS if expected[column] in {"in", "no"}):
        assert what_meets(world, column, "post", address) in {expected[column], "405"}


def what_meets(world: World, column: str, method: str, address: str) -> str:
    answer = getattr(world.clients[column], method)(address)
    if answer.streaming:
        answer.getvalue()  # to the end, which closes the file
    if answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_login")):
        return "in"
    return {200: "ok", 302: "to", 404: "no"}.get(answer.status_code, str(answer.status_code))


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("column", COLUMNS)
def test_the_admin_site_is_for_administrators_alone(column: str, world: World, db: None):
    index, people = reverse("admin:index"), reverse("admin:people_person_changelist")

    met = [what_meets(world, column, "get", address) for address in (index, people)]

    assert (met == ["ok", "ok"]) == (column == "administrator")
