"""The first page of a hub without events says what to do, to each who opens it."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Group
from tests.factories import make_event, make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db
FIRST = "Nothing has been on this calendar yet"
FOLLOW, ASK, START, WRITE, ANSWER = (
    reverse(name)
    for name in (
        "events:subscribe",
        "people:group_new",
        "organise:group_start",
        "organise:overview",
        "organise:groups",
    )
)


def what_to_do(client: Client, page: str = "events:home") -> set[str]:
    """The addresses in the part that says what to do."""
    content = client.get(reverse(page)).content.decode()
    assert content.count(FIRST) == 1
    part = content.split(FIRST)[1].split("</div>")[0]
    return {word for word in part.split('"') if word.startswith("/")}


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_hub_without_events_says_what_to_do():
    make_hub()
    keeper = signed_in(make_person(is_staff=True, is_superuser=True))
    for page in ("events:home", "events:agenda"):
        assert {FOLLOW, ASK} <= what_to_do(Client(), page)
        assert START in what_to_do(keeper, page)
    asked = make_group(state=Group.State.REQUESTED, requested_by=make_person())
    assert ANSWER in what_to_do(keeper)
    assert asked.name not in Client().get("/").content.decode()

    organiser = signed_in(make_organiser(make_group()))
    assert WRITE in what_to_do(organiser)
    assert START not in what_to_do(organiser)
    make_event(state="draft", published_at=None)
    assert "still being written" in Client().get("/").content.decode()
    narrowed = Client().get("/", {"format": "online"}).content.decode()
    assert FIRST not in narrowed
    make_event()
    assert FIRST not in Client().get("/").content.decode()
