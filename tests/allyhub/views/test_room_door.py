"""The door of a room that has a meeting of its own: for its people, when the door of the event is open."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import review, rooms
from breakouts.models import Material, Topic
from events.models import Event, Registration
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    sit,
)
from tests.factories import came, register

pytestmark = pytest.mark.django_db

ADDRESS = "https://meeting.example/j/room-1?pwd=secret"
SOON = timedelta(minutes=10)


def page(registration: Registration, name: str = "room", *, by_door: bool = False) -> str:
    token = registration.join_token if by_door else registration.token
    return reverse(f"breakouts:{name}", args=[token])


def look(registration: Registration) -> str:
    return Client().get(page(registration)).content.decode()


def goes_nowhere(registration: Registration) -> bool:
    """Neither the button nor the addresses behind it lead anywhere but back to the page of the room."""
    client = Client()
    answers = [client.get(page(registration, name)) for name in ("room_door", "room_meeting")]
    answers.append(client.post(page(registration, "room_door")))
    registration.refresh_from_db()
    led_back = all(answer.get("Location") == page(registration) for answer in answers)
    return led_back and not came(registration)


@pytest.fixture
def event() -> Event:
    return make_social(starts_in=SOON, join_address="https://meeting.example/main")


@pytest.fixture
def topic(event: Event) -> Topic:
    return make_topic(event, join_address=ADDRESS)


@pytest.mark.parametrize("by_door", [False, True])
def test_going_in_notes_that_one_came_and_leads_to_the_meeting_of_the_room(event, topic, by_door):
    registration, client = sit(event, topic), Client()

    pressed = client.post(page(registration, "room_door", by_door=by_door))
    way_in = client.get(pressed["Location"])
    meeting = client.get(page(registration, "room_meeting", by_door=by_door))

    registration.refresh_from_db()
    assert pressed["Location"] == page(registration, "room_door", by_door=by_door)
    assert way_in["Refresh"] == f"0; url={page(registration, 'room_meeting', by_door=by_door)}"
    assert meeting["Location"] == ADDRESS
    assert came(registration)


def test_the_door_of_the_event_has_the_button_too(event, topic):
    registration = sit(event, topic)

    html = Client().get(reverse("events:join", args=[registration.join_token])).content.decode()

    assert f'action="{page(registration, "room_door", by_door=True)}"' in html


def test_the_address_is_in_no_page_and_no_header_but_the_last(event, topic):
    registration, client = sit(event, topic), Client()

    answers = [
        client.get(page(registration)),
        client.post(page(registration, "room_door")),
        client.get(page(registration, "room_door")),
        client.get(registration.get_absolute_url()),
        client.get(reverse("events:join", args=[registration.join_token])),
        client.get(event.get_absolute_url()),
    ]

    for answer in answers:
        assert "meeting.example" not in answer.content.decode() + str(answer.headers)


def test_looking_changes_nothing(event, topic):
    registration = sit(event, topic)

    for name in ("room", "room_door", "room_meeting"):
        Client().get(page(registration, name))

    registration.refresh_from_db()
    assert not came(registration)


def test_hosts_and_note_takers_of_the_room_go_in_too(event, topic):
    host = make_host(topic).registration
    helper = make_helper(make_role(event), topic=topic).registration

    for registration in (host, helper):
        assert ">Go into my room</button>" in look(registration)
        assert Client().get(page(registration, "room_meeting"))["Location"] == ADDRESS


def test_nobody_else_goes_in(event, topic):
    other = make_topic(event)
    elsewhere, undecided = sit(event, other), register(event)
    later = register(event)
    rooms.choose(later, None)

    for registration in (elsewhere, undecided, later):
        assert goes_nowhere(registration)


def test_whoever_changed_the_room_goes_in_no_longer(event, topic):
    registration = sit(event, topic)

    rooms.choose(registration, make_topic(event))

    assert goes_nowhere(registration)


def test_it_opens_with_the_door_of_the_event(event, topic):
    registration = sit(event, topic)

    with time_machine.travel(timezone.now() - timedelta(minutes=30)):
        assert "It opens here on " in look(registration)
        assert goes_nowhere(registration)


def test_when_the_event_is_over_it_is_closed(event, topic):
    registration = sit(event, topic)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert goes_nowhere(registration)


def test_it_needs_no_address_of_the_main_meeting():
    event = make_social(starts_in=SOON)
    registration = sit(event, make_topic(event, join_address=ADDRESS))

    assert Client().get(page(registration, "room_meeting"))["Location"] == ADDRESS


def test_without_an_address_of_its_own_people_are_moved_from_the_main_meeting(event):
    registration = sit(event, make_topic(event))

    assert "from the main meeting you are moved into your room" in look(registration)
    assert goes_nowhere(registration)


@pytest.mark.parametrize("address", ["http://meeting.example/1", "javascript:alert(1)", "https://[broken"])
def test_what_is_no_https_address_leads_nowhere(event, address):
    assert goes_nowhere(sit(event, make_topic(event, join_address=address)))


def test_where_people_meet_in_person_nobody_speaks_of_meetings():
    event = make_social(starts_in=SOON, format=Event.Format.IN_PERSON)
    registration = sit(event, make_topic(event, join_address=ADDRESS))

    assert "You meet in person." in look(registration)
    assert goes_nowhere(registration)


def test_a_folded_room_has_no_door(event, topic):
    registration = sit(event, topic)

    review.fold(topic, by=organiser_of(event))

    assert goes_nowhere(registration)


def test_what_the_host_gives_to_read_is_for_the_people_of_the_room(event, topic, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    material = Material(topic=topic, title="Words we use", description="The same in words.")
    material.file.save("words.txt", ContentFile(b"Ally: somebody who acts."))
    inside, outside = sit(event, topic), register(event)

    html = look(inside)
    read = Client().get(reverse("breakouts:room_material", args=[inside.token, material.pk]))
    refused = Client().get(reverse("breakouts:room_material", args=[outside.token, material.pk]))

    assert "Words we use" in html
    assert "The same in words." in html
    assert b"".join(read.streaming_content) == b"Ally: somebody who acts."
    assert refused.status_code == 404
    assert "Words we use" not in look(outside)
