"""O-4 of a programme: a list is brought in, somebody is moved to another group of places, somebody completes it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from events.models import Event, Registration
from mail.actions import outbox
from tests.browser.community import make_community, make_social, sunday_at_three
from tests.browser.inbox import newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import come, make_co_organiser, make_organiser, make_quota, make_session, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = "/organise/events/being-better-allies/registrations/"
LIST = """Name,Email,Group of places,Shoe size
Bo,bo@example.org,Kent,40
Cy,cy@example.org,City,41
Di,di at example.org,Kent,42
Ed,ed@example.org,Oxford,43
Amara,amara@example.org,Kent,44
"""


@dataclass
class World:
    """Kent has two places, of which Amara has one; City has one, which Sam has, and Tia waits. There are two dates."""

    event: Event
    amara: Registration
    tia: Registration


def make_programme() -> World:
    group = make_community()
    event = make_social(group, weeks=1, capacity=3, kind="programme", dates_to_complete=2)
    make_session(event, sunday_at_three(2))
    kent, city = make_quota(event, "Kent", 2), make_quota(event, "City", 1)
    make_organiser(group, email="ruth@example.org", name="Ruth")
    amara = register(event, "amara@example.org", name="Amara", pair=kent.pair)
    register(event, "sam@example.org", name="Sam", pair=city.pair)
    tia = register(event, "tia@example.org", name="Tia", pair=city.pair)
    return World(event, amara, tia)


@pytest.fixture
def world(site) -> World:
    return make_programme()


@pytest.fixture
def ruth(world, either_visitor) -> Visitor:
    return either_visitor.sign_in(world.event.group.members.get(name="Ruth"))


def states(event: Event) -> dict[str, tuple[str, str]]:
    rows = event.registrations.order_by("pk").values_list("name", "quota__name", "state")
    return {name: (quota, state) for name, quota, state in rows}


def test_a_list_is_brought_in_after_its_mistakes_were_seen(world, ruth):
    ruth.open(PEOPLE)
    ruth.follow("Bring in a list")
    ruth.press("Look at the lines")
    assert len(ruth.problems_named()) == 1
    ruth.write("Or the lines themselves", LIST)
    ruth.press("Look at the lines")
    assert ruth.heading == "Add 2 people?"
    ruth.sees(
        "These columns are not read: Shoe size.",
        "1 with a place, 1 on the waiting list",
        "3 lines are left out",
        "Line 3, Di: has no email address in the right form",
        "Line 4, Ed: names no group of places of this event",
        "Line 5, Amara: is registered already",
    )
    assert "Bo" not in states(world.event)

    ruth.press("Add 2 people")

    assert ruth.heading == "2 people were added"
    made = states(world.event)
    assert (made["Bo"], made["Cy"]) == (("Kent", "confirmed"), ("City", "waiting"))
    outbox.send_due()
    newest_letter_to("bo@example.org", "Your place is saved")


def test_somebody_who_waits_is_moved_to_where_a_place_is_free_and_keeps_the_offer(world, ruth):
    ruth.open(PEOPLE)
    ruth.tick("Tick Tia")
    ruth.choose("With those who are ticked", "Move to: Kent")
    ruth.press("Go on")
    ruth.sees("Tia", "is offered it at once, and keeps the offer")
    ruth.press("Move to another group of places")
    assert states(world.event)["Tia"] == ("Kent", "offered")
    ruth.sees("You can undo it until")

    ruth.press("Undo")

    ruth.sees("Left out: Tia (was offered a place there, and keeps the offer).")
    assert "No email leaves" not in ruth.text
    assert states(world.event)["Tia"] == ("Kent", "offered")


def test_organisers_see_who_has_completed_it_and_count_somebody_with_a_reason(world, ruth):
    first = world.event.sessions.get(number=1)
    first.starts_at, first.ends_at = sunday_at_three(-1), sunday_at_three(-1) + timedelta(hours=2)
    first.save()
    come(world.amara)

    ruth.open(PEOPLE)
    ruth.follow("Who was there")
    ruth.follow("Who has completed it")
    ruth.sees("Nobody has completed it yet.", "1 of 2 dates")
    ruth.follow("Count as completed: Amara")
    ruth.press("Count as completed")
    assert len(ruth.problems_named()) == 1
    ruth.write("Why it counts as completed", "She led the second date herself.")
    ruth.press("Count as completed")
    ruth.sees("Amara counts as having completed it.", "Completes on")

    ruth.open(world.amara.get_absolute_url())
    ruth.sees("She led the second date herself.")


def test_a_co_organiser_writes_to_their_own_people_and_takes_it_back(world, either_visitor):
    kim = either_visitor.sign_in(make_co_organiser(world.event.quotas.get(name="City"), name="Kim"))
    kim.open(f"/organise/events/{world.event.slug}/")
    kim.follow("Write to everyone of this group")
    kim.sees("This reaches nobody but people of City.")
    kim.write("Subject", "Where we meet")
    kim.write("Your words", "In the old library.")
    kim.press("Show me first")
    kim.sees("This goes to 2 people")
    kim.press("Send to 2 people")
    kim.sees("Nobody has it yet")

    kim.press("Undo and change it: Where we meet")

    kim.sees("Taken back. Nobody got it.")
    kim.press("Throw this draft away")
    assert not world.event.letters.exists()
