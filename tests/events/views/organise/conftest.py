"""An organiser with a group, signed in."""

import pytest
from django.test import Client

from people.models import Group, Person
from tests.factories import make_group, make_hub, make_organiser


@pytest.fixture
def group(db: None) -> Group:
    make_hub()
    return make_group("Solidarity Socials", slug="socials")


@pytest.fixture
def organiser(group: Group) -> Person:
    return make_organiser(group, name="Ruth")


@pytest.fixture
def signed_in(organiser: Person) -> Client:
    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
