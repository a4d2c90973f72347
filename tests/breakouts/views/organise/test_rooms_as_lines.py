"""All rooms of an event as lines: other titles, another order, more rooms and hosts."""

from typing import Any

import pytest
from django.test import Client

from breakouts.models import Host, Topic
from events.models import Event
from mail.models import OutgoingMail
from people.models import Person
from tests.breakouts.factories import make_social, make_topic
from tests.factories import make_group, make_hub, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Person:
    make_hub()
    return make_organiser(make_group("Solidarity Socials", slug="socials"), name="Ruth")


@pytest.fixture
def ruth(organiser: Person) -> Client:
    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def event(organiser: Person) -> Event:
    """Three rooms, of which Keli hosts the second."""
    event = make_social(group=organiser.memberships.get().group)
    make_topic(event, "Faith"), make_topic(event, "Words", host="Keli"), make_topic(event, "Care")
    return event


def page_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/breakouts/lines/"


def rooms(event: Event) -> list[tuple[int | None, str]]:
    return list(event.topics.accepted().values_list("number", "title"))


def send(ruth: Client, event: Event, lines: str, **more: str) -> dict[str, Any]:
    """The page's form as it comes back; empty once everything was saved."""
    opened = ruth.get(page_of(event)).context["form"]["opened"].value()
    answer = ruth.post(page_of(event), {"topics": lines, "opened": opened, **more})
    form = answer.context["form"] if answer.context else None
    if form is None:
        return {}
    hosts = {form.fields[name].label: name for name in form.fields if name.startswith("host-")}
    return {"read": form["read"].value(), "wrong": dict(form.errors), **hosts}


def test_the_lines_say_how_it_stands(ruth: Client, event: Event) -> None:
    form = ruth.get(page_of(event)).context["form"]

    assert form["topics"].value() == "1. Faith\n2. Words – Keli\n3. Care"


def test_titles_order_and_new_rooms_are_saved_at_once(ruth: Client, event: Event) -> None:
    keys = dict(event.topics.values_list("title", "pk"))
    Topic.objects.filter(title="Care").update(number=5)  # a room before it was closed

    back = send(ruth, event, "5. Self-care\nNew\n1. Faith\n2. Words – Keli")

    assert back == {}
    assert rooms(event) == [(1, "Self-care"), (2, "New"), (5, "Faith"), (6, "Words")]
    assert Topic.objects.get(title="Self-care").pk == keys["Care"]
    assert Topic.objects.get(title="Self-care").versions.get().title == "Care"
    assert Topic.objects.get(title="Words").hosts.get().is_hosting


def test_whoever_is_newly_named_is_asked_once_there_is_an_address(ruth: Client, event: Event) -> None:
    lines = "1. Faith – Sage\n2. Words – Keli, Sam\n3. Care – Ruth"
    back = send(ruth, event, lines)
    sent = {str(back["Sage"]): "sage@example.org", str(back["Sam"]): "sam@example.org"}

    done = send(ruth, event, lines, read=str(back["read"]), **sent)

    assert (back["wrong"], done) == ({}, {})
    asked = Host.objects.filter(state="asked").order_by("topic__number").values_list("name", "is_co_host")
    assert list(asked) == [("Sage", False), ("Sam", True), ("Ruth", False)]
    assert OutgoingMail.objects.filter(kind="host-asked").count() == 3
    assert send(ruth, event, lines) == {}
    assert OutgoingMail.objects.filter(kind="host-asked").count() == 3


def test_nothing_is_taken_away_by_a_line_that_is_gone(ruth: Client, event: Event) -> None:
    wrong = {
        "1. Faith\n2. Words – Keli": "Room 3 is not there any more. To close it, open it under Rooms",
        "1. Faith\n2. Words\n3. Care": "Keli is a host of room 2. To take them off, open it under Rooms",
        "1. Faith\n2. Words – Keli\n3. Care\n7. New": (
            "There is no room 7, or it stands there twice. Leave the number out for a new room"
        ),
        "1. Faith\n2. Words – Keli\n3. https://zoom.us/j/84512307741": (
            "https://zoom.us/j/84512307741 looks like the way into a meeting. Everyone could read it here."
        ),
    }

    said = {lines: send(ruth, event, lines)["wrong"] for lines in wrong}

    assert {lines: found["topics"] for lines, found in said.items()} == {
        lines: [words] for lines, words in wrong.items()
    }
    assert rooms(event) == [(1, "Faith"), (2, "Words"), (3, "Care")]


def test_who_saves_second_is_told_what_changed(ruth: Client, event: Event) -> None:
    opened = ruth.get(page_of(event)).context["form"]["opened"].value()
    make_topic(event, "New")
    lines = {"topics": "3. Care\n1. Faith\n2. Words – Keli\n4. New"}

    first = ruth.post(page_of(event), lines | {"opened": opened}).context["form"]
    second = ruth.post(page_of(event), lines | {"opened": first["opened"].value()})

    assert first.errors["topics"][0].startswith("Somebody changed the rooms meanwhile. They are: 1. Faith;")
    assert second.status_code == 302
    assert rooms(event)[0] == (1, "Care")


def test_an_event_without_rooms_has_no_lines(ruth: Client, organiser: Person) -> None:
    plain = make_social(group=organiser.memberships.get().group)
    plain.breakout_plan.delete()

    assert ruth.get(page_of(plain)).status_code == 302
