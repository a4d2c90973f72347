from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertInHTML

from events.actions import calling_off, leaving
from events.actions.attendance import arrival_at
from events.models import Event, Registration
from tests.factories import came, make_event, make_organiser, make_session, make_venue, register

pytestmark = pytest.mark.django_db

ADDRESS = "https://meeting.example/j/123?pwd=secret"
SOON = timedelta(minutes=10)


def page(registration: Registration, name: str = "join") -> str:
    return reverse(f"events:{name}", args=[registration.join_token])


def holder(**event: object) -> Registration:
    defaults = {"starts_in": SOON, "join_address": ADDRESS, "join_help": "Passcode: tea"}
    return register(make_event(**defaults | event))


def look(registration: Registration) -> str:
    return Client().get(page(registration)).content.decode()


def goes_nowhere(registration: Registration) -> bool:
    """Neither the button nor the addresses behind it lead anywhere but back to the door."""
    answers = [Client().get(page(registration, name)) for name in ("way_in", "meeting")]
    pressed = Client().post(page(registration))
    registration.refresh_from_db()
    return (
        all(answer["Location"] == page(registration) for answer in answers)
        and pressed.status_code == 200
        and not came(registration)
    )


def test_fifteen_minutes_before_the_door_opens():
    registration = holder()

    html = look(registration)

    assert "<h2>The meeting is open</h2>" in html
    assert "Passcode: tea" in html
    assert ">Go in</button>" in html


def test_going_in_notes_that_one_came_and_leads_to_the_meeting():
    registration = holder()
    client = Client()

    pressed = client.post(page(registration))
    way_in = client.get(pressed["Location"])
    meeting = client.get(page(registration, "meeting"))

    registration.refresh_from_db()
    assert pressed["Location"] == page(registration, "way_in")
    assert way_in["Refresh"] == f"0; url={page(registration, 'meeting')}"
    assert f'href="{page(registration, "meeting")}"' in way_in.content.decode()
    assert meeting["Location"] == ADDRESS
    assert came(registration)


def test_the_address_of_the_meeting_is_in_no_page_and_no_header_but_the_last():
    registration = holder()
    client = Client()

    answers = [
        client.get(page(registration)),
        client.post(page(registration)),
        client.get(page(registration)),
    ]
    answers.append(client.get(page(registration, "way_in")))

    for answer in answers:
        assert "meeting.example" not in answer.content.decode() + str(answer.headers)


def test_looking_at_the_door_changes_nothing():
    registration = holder()

    for name in ("join", "way_in", "meeting"):
        Client().get(page(registration, name))

    registration.refresh_from_db()
    assert not came(registration)


def test_pressing_twice_is_one_arrival_and_one_is_asked_whether_it_is_oneself():
    registration = holder()
    Client().post(page(registration))
    registration.refresh_from_db()
    first = arrival_at(registration, registration.event.sessions.get())

    html = look(registration)
    Client().post(page(registration))

    registration.refresh_from_db()
    assert "Someone went in with this link at" in html
    assert reverse("events:registration_new", args=[registration.event.slug]) in html
    assert arrival_at(registration, registration.event.sessions.get()) == first


def test_earlier_it_says_when_it_opens_and_keeps_the_passcode():
    registration = holder(starts_in=timedelta(days=3))

    html = look(registration)

    assert "The meeting opens on " in html
    assert "The event is in 3 days." in html
    assert "Passcode: tea" not in html
    assert goes_nowhere(registration)


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(16, False), (15, True), (0, True), (-119, True), (-120, False)]
)
def test_it_is_open_from_fifteen_minutes_before_until_the_end(minutes: int, is_open: bool):
    registration = holder(starts_in=timedelta(days=1))
    start = registration.event.sessions.get().starts_at

    with time_machine.travel(start - timedelta(minutes=minutes), tick=False):
        html = look(registration)

    assert ("The meeting is open" in html) == is_open


def test_of_four_dates_the_door_belongs_to_the_next():
    registration = holder(starts_in=timedelta(days=1))
    make_session(registration.event, timezone.now() + timedelta(days=8))

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        between = look(registration)
    with time_machine.travel(timezone.now() + timedelta(days=8, minutes=5)):
        second = look(registration)

    assert "The meeting opens on " in between
    assert "The meeting is open" in second


def test_without_an_address_it_says_so_kindly():
    registration = holder(join_address="")

    html = look(registration)

    assert "have not put the meeting’s address here yet" in html
    assert registration.event.group.contact_email in html
    assert goes_nowhere(registration)


def test_an_address_whose_key_is_lost_is_no_address(settings):
    registration = holder()
    settings.SEALING_KEYS = {"other": b"0" * 32}

    assert "have not put the meeting’s address here yet" in look(registration)
    assert goes_nowhere(registration)


@pytest.mark.parametrize(
    "address", ["http://meeting.example/1", "javascript:alert(1)", "https://", "//x", "zoommtg://x"]
)
def test_only_a_secure_web_address_is_a_way_in(address: str):
    assert goes_nowhere(holder(join_address=address))


def test_who_waits_or_left_stays_outside():
    event = make_event(places=1, starts_in=SOON, join_address=ADDRESS)
    first = register(event)
    waiting, left = register(event), first
    leaving.leave(left)
    late = register(event, confirmed=False)

    for registration in (waiting, left, late):
        assert "You hold no place at this event" in look(registration)
        assert goes_nowhere(registration)


def test_a_cancelled_event_says_why():
    registration = holder()
    calling_off.cancel(
        registration.event, reason="Vanessa is ill.", by=make_organiser(registration.event.group)
    )

    assert "This event is cancelled. Vanessa is ill." in look(registration)
    assert goes_nowhere(registration)


def test_after_the_end_it_is_closed():
    registration = holder(starts_in=-timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert "This event is over." in look(registration)
        assert goes_nowhere(registration)


def test_in_person_there_is_no_door_but_an_address():
    registration = holder(format=Event.Format.IN_PERSON)
    Event.objects.filter(pk=registration.event_id).update(
        venue=make_venue(registration.event.group, name="The Quad")
    )

    html = look(registration)

    assert "You meet in person" in html
    assert "The Quad" in html
    assert goes_nowhere(registration)


@pytest.mark.parametrize("name", ["join", "way_in", "meeting"])
def test_a_wrong_or_cut_link_is_the_same_page_as_none(name: str):
    registration = holder()
    nothing = Client().get("/join/nothing-of-ours/")

    for token in (registration.join_token[:-1], registration.token, "x" * 400):
        response = Client().get(reverse(f"events:{name}", args=[token]))

        assert (response.status_code, response.content) == (404, nothing.content)


@pytest.mark.parametrize("name", ["join", "way_in", "meeting"])
def test_the_door_is_neither_kept_nor_listed_nor_told_to_the_meeting(name: str):
    response = Client().get(page(holder(), name))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_times_of_the_agenda_are_said_as_on_the_event_page():
    registration = holder()
    registration.event.sessions.update(agenda="15:20 Choose a room\nGoodbyes")

    assertInHTML("<li><strong>3.20pm</strong> Choose a room</li><li>Goodbyes</li>", look(registration))
