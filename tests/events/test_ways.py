"""In person or online: each person says how they come, and whatever speaks to them follows."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from tests.factories import by_hand, make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("format", "typed", "way"),
    [
        ("both", "online", "online"),
        ("both", "in_person", "in_person"),
        ("both", "", None),
        ("both", "by_boat", None),
        ("online", "in_person", ""),
        ("in_person", "online", ""),
    ],
)
def test_whoever_registers_says_how_they_come_where_there_are_two_ways(
    format: str, typed: str, way: str | None
):
    event = make_event(format=format)

    page = send(event, way=typed)

    assert [row.way for row in event.registrations.all()] == ([] if way is None else [way])
    if way is None:
        assert page.context["form"].errors["way"] == ["Choose whether you come in person or online"]


def test_another_address_keeps_the_way():
    event, browser = make_event(format="both"), Client()
    send(event, browser, way="online")

    browser.post(reverse("events:registration_sent", args=[event.slug]), {"email": "amara@example.net"})

    assert list(event.registrations.values_list("email", "way")) == [("amara@example.net", "online")]


def send(event: Event, client: Client | None = None, **more: str):
    typed = {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand() | more
    return (client or Client()).post(reverse("events:registration_new", args=[event.slug]), typed)
