from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import leaving
from people.models import Person
from tests.factories import make_event, make_person, register

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def look(person: Person) -> str:
    return signed_in(person).get(reverse("events:places")).content.decode()


@pytest.fixture
def amara() -> Person:
    return make_person("amara@example.org", name="Amara")


def test_visitors_are_asked_to_log_in():
    response = Client().get(reverse("events:places"))

    assert response["Location"].startswith(reverse("account_login"))


def test_without_a_place_the_list_says_what_to_do(amara: Person):
    assert "You hold no place at the moment." in look(amara)


def test_every_place_says_how_it_stands(amara: Person):
    held = register(make_event(title="Held"), amara.email)
    full = make_event(title="Queued", places=1)
    for _ in range(3):
        register(full)
    queued = register(full, amara.email)
    offering = make_event(title="Offered", places=1)
    leaver = register(offering)
    register(offering, amara.email)
    leaving.leave(leaver)
    register(make_event(title="Asked for"), amara.email, confirmed=False)

    html = look(amara)

    assert held.get_absolute_url() in html
    assert queued.get_absolute_url() in html
    for words in (
        "Confirmed",
        "On the waiting list, 3rd",
        "Offered until ",
        "Waiting for you to confirm your address",
    ):
        assert words in html


def test_what_is_over_stands_below_and_what_was_given_up_apart(amara: Person):
    register(make_event(title="Long ago", starts_in=timedelta(hours=1)), amara.email)
    leaving.leave(register(make_event(title="Given away", starts_in=timedelta(days=9)), amara.email))
    register(make_event(title="Coming up", starts_in=timedelta(days=9)), amara.email)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        html = look(amara)

    parts = ["<h1>", "Coming up", 'id="ended"', "Given away", 'id="past"', "Long ago"]
    assert sorted(parts, key=html.index) == parts


def test_nobody_elses_places_are_listed(amara: Person):
    register(make_event(title="Somebody else's"), "sam@example.org")

    assert "Somebody else" not in look(amara)


def test_the_list_costs_the_same_for_one_place_and_for_three(amara: Person, django_assert_num_queries):
    client = signed_in(amara)
    for number in (1, 2):
        for _ in range(number):
            full = make_event(places=1)
            register(full)
            register(full, amara.email)
        with django_assert_num_queries(7):
            client.get(reverse("events:places"))
