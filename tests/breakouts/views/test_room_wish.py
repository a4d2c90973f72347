"""Wishing for a room with the form for a place."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import review
from breakouts.models import Placement
from events.actions import registrations
from events.models import Event
from tests.breakouts.factories import make_social, make_topic, organiser_of, sit
from tests.factories import by_hand

pytestmark = pytest.mark.django_db

FULL = "That room filled up while you were choosing. Choose another room, or decide on the day"
GONE = "That room is no longer there. Choose another room, or decide on the day"


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def send(event: Event, client: Client | None = None, **more: object):
    typed = {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand()
    return (client or Client()).post(form_of(event), typed | more)


def options(page: str) -> list[tuple[str, bool]]:
    """What can be chosen, and whether a browser lets people choose it."""
    select = re.search(r'<select name="room".*?</select>', page, re.DOTALL)
    found = re.findall(r"<option[^>]*?( disabled)?>\s*([^<]*?)\s*</option>", select[0]) if select else []
    return [(words, not disabled) for disabled, words in found]


def test_the_form_has_the_rooms_and_says_which_are_full():
    event = make_social()
    assert options(Client().get(form_of(event)).content.decode()) == []
    make_topic(event, "Listening")
    sit(event, make_topic(event, "Speaking", seats=1))

    page = Client().get(form_of(event)).content.decode()

    assert options(page) == [
        ("I will decide on the day", True),
        ("1. Listening", True),
        ("2. Speaking (full)", False),
    ]


def test_a_room_that_filled_up_or_went_is_said_at_the_field_and_nothing_is_lost():
    event = make_social()
    topic = make_topic(event, "Speaking", seats=1)
    sit(event, topic)

    full = send(event, room=str(topic.pk)).content.decode()
    review.fold(topic, by=organiser_of(event))
    gone = send(event, room=str(topic.pk)).content.decode()

    for page, words in ((full, FULL), (gone, GONE)):
        assert f'href="#id_room">{words}' in page
        assert 'value="Amara"' in page
    assert options(full)[1] == ("1. Speaking (full)", True)
    assert not event.registrations.filter(email="amara@example.org").exists()


def test_the_wish_goes_along_to_another_address_and_comes_true_with_the_place():
    event, client = make_social(), Client()
    topic = make_topic(event, "Listening")
    send(event, client, email="typo@example.org", room=str(topic.pk))

    client.post(reverse("events:registration_sent", args=[event.slug]), {"email": "amara@example.org"})
    registration = registrations.confirm(event.registrations.get())

    assert Placement.objects.get(registration=registration).topic == topic
    assert "Room 1: Listening" in client.get(registration.get_absolute_url()).content.decode()


def test_who_wished_for_a_room_that_is_full_by_then_reads_it_first_on_their_own_page():
    event = make_social()
    topic = make_topic(event, "Listening", seats=1)
    send(event, room=str(topic.pk))
    sit(event, topic)

    registration = registrations.confirm(event.registrations.get(email="amara@example.org"))

    page = Client().get(registration.get_absolute_url()).content.decode()
    assert "<h2>The room you wished for is full</h2>" in re.sub(r"<h2[^>]*>", "<h2>", page)
    assert "Choose a room" in page


def test_left_alone_it_is_decided_on_the_day():
    event = make_social()
    make_topic(event)

    for n, room in enumerate(({}, {"room": ""}, {"room": "later"})):
        assert send(event, email=f"amara{n}@example.org", **room).status_code == 302
