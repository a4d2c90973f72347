"""A-5 and U2: choosing a room, being a moment late, finding it at the door, and its own way in. And D-1: the sheet."""

from datetime import timedelta

import pytest

from breakouts.actions import rooms
from breakouts.models import Placement, Topic
from events.models import Event, Registration
from tests.breakouts.factories import make_social, make_topic, organiser_of, sit
from tests.browser.visitor import Visitor
from tests.factories import came, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETING = "https://meeting.example/j/room-2?pwd=secret"


@pytest.fixture
def event(site) -> Event:
    return make_social(title="Solidarity Social", starts_in=timedelta(minutes=10), plan_call_name="Ruth")


@pytest.fixture
def small(event: Event) -> Topic:
    return make_topic(event, "How to be a better ally at work", host="Vanessa", seats=1)


@pytest.fixture
def large(event: Event, small: Topic) -> Topic:
    return make_topic(event, "What is privilege?", host="Sage", join_address=MEETING)


@pytest.fixture
def amara(event: Event, large: Topic) -> Registration:
    return register(event, name="Amara")


def test_a_room_is_chosen_and_who_was_a_moment_late_chooses_another(either_visitor, event, small, amara):
    either_visitor.open(amara.get_absolute_url())
    either_visitor.follow("Choose a room", within="main")
    either_visitor.field("1. How to be a better ally at work").check()
    sit(event, small)

    either_visitor.press("Save my choice", within="main")

    either_visitor.sees(
        "There is a problem", "That room filled up while you were choosing", "You chose this one"
    )
    either_visitor.tick("2. What is privilege?")
    either_visitor.press("Save my choice", within="main")
    either_visitor.sees("You are in room 2.", "Room 2: What is privilege?", "Host: Sage")
    either_visitor.tick("Decide on the day")
    either_visitor.press("Change my room", within="main")
    either_visitor.sees("You decide on the day.")
    assert not Placement.objects.filter(registration=amara).exists()


def test_a_room_is_chosen_by_keyboard(visitor, amara, large):
    visitor.open(f"/registrations/{amara.token}/room/")

    visitor.tab_to("Decide on the day")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    visitor.key("Enter")

    assert Placement.objects.get(registration=amara).topic == large


def test_the_door_leads_into_the_meeting_of_the_room(either_visitor, amara, large):
    rooms.choose(amara, large)
    either_visitor.open(f"/join/{amara.join_token}/")
    either_visitor.sees("Room 2: What is privilege?", "Your room is open")
    assert "meeting.example" not in either_visitor.page.content()

    with either_visitor.page.expect_event("requestfailed", lambda request: request.url == MEETING):
        either_visitor.page.get_by_role("button", name="Go into my room").click()
    either_visitor.page.wait_for_url("chrome-error://**")  # it is on its way to a page of its own still

    assert set(either_visitor.troubles) == {f"it asks another host: {MEETING}"}
    either_visitor.troubles.clear()
    amara.refresh_from_db()
    assert came(amara)


def test_an_organiser_reads_who_sits_where_and_takes_the_file(visitor: Visitor, event, amara, large):
    rooms.choose(amara, large)
    visitor.sign_in(organiser_of(event))

    visitor.open(f"/organise/events/{event.slug}/rooms/")

    visitor.sees("1 person chose it", "Amara", "Ruth")
    assert (
        visitor.download("Download the file (3 people)").splitlines()[0]
        == "Pre-assign Room Name,Email Address"
    )
