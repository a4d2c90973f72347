"""An organiser and the topics people proposed: deciding, putting rooms in order, finding hosts, closing a room."""

import re

import pytest

from breakouts.actions import review, topics
from breakouts.models import Topic
from events.models import Event
from people.models import Membership
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of, propose, sit
from tests.browser.visitor import Visitor
from tests.factories import make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(site) -> Event:
    return make_social(title="Being better allies", slug="being-better-allies")


def open_rooms(someone: Visitor, event: Event) -> Visitor:
    """From the overview of the event, by its tab."""
    someone.sign_in(organiser_of(event)).open(f"/organise/events/{event.slug}/")
    someone.go(someone.page.get_by_role("navigation", name="Event").get_by_role("link", name="Rooms"))
    return someone


def states() -> dict[str, str]:
    return dict(Topic.objects.values_list("title", "state"))


def test_each_proposal_gets_its_answer(either_visitor, event):
    for title in ("Faith at work", "Belief at work", "Allies at school", "Out and about"):
        propose(event, title, hosting="alone")
    ruth = open_rooms(either_visitor, event)

    ruth.follow("Faith at work")
    ruth.press("Accept")
    ruth.sees("“Faith at work” is room 1 now.")
    ruth.follow("Belief at work")
    ruth.follow("Join it with another topic")
    ruth.choose("Join it with", "Room 1: Faith at work")
    ruth.press("Join them")
    ruth.follow("Allies at school")
    ruth.follow("Ask for a change")
    ruth.press("Ask for it")
    assert ruth.problems_named() == ["Say what you would like changed"]
    ruth.write("What would you like changed?", "Could the title say more?")
    ruth.press("Ask for it")
    ruth.follow("Out and about")
    ruth.follow("Decline it, with kind words")
    ruth.press("Decline")

    assert states() == {
        "Faith at work": "accepted",
        "Belief at work": "merged",
        "Allies at school": "change_wanted",
        "Out and about": "declined",
    }
    ruth.sees("There is nothing to decide.", "Host asked")


def test_old_and_new_words_stand_side_by_side_and_what_attacks_people_is_set_aside(visitor, event):
    make_member(event.group, Membership.Role.NAMED_CONTACT, name="Dani")
    proposer = propose(event, "Old words")
    review.ask_for_change(proposer.topic, by=organiser_of(event), words="Kinder, please.")
    topics.change(proposer, title="New words", why="It attacks.", content_note="", support="")
    ruth = open_rooms(visitor, event)

    ruth.follow("New words")
    assert "Old" in ruth.page.locator("del").first.inner_text()
    assert "New" in ruth.page.locator("ins").first.inner_text()
    ruth.follow("It attacks people: set it aside")
    ruth.sees("these people alone can read it: Dani")
    ruth.press("Set it aside")

    ruth.sees("Set aside. Its text is with the named contacts alone.")
    assert "New words" not in ruth.page.content()


def test_rooms_are_put_in_order_by_keyboard_and_the_focus_stays(either_visitor, event):
    for title in ("A", "B", "C"):
        make_topic(event, title)
    ruth = open_rooms(either_visitor, event)

    ruth.page.get_by_role("button", name=re.compile("Up ?: C")).focus()
    ruth.key("Enter")
    assert focused(ruth).startswith("↑ Up: C")
    ruth.key("Enter")

    assert list(event.topics.accepted().values_list("title", flat=True)) == ["C", "A", "B"]
    assert focused(ruth).startswith("↓ Down: C")


def test_a_room_loses_its_host_and_is_closed_in_the_end(either_visitor, event):
    room = make_topic(event, "Faith at work")
    make_host(room, name="Keli")
    sit(event, room), sit(event, room)
    ruth = open_rooms(either_visitor, event)

    ruth.follow("Faith at work")
    ruth.follow("Take the room back: Keli")
    ruth.press("Take the room back")
    ruth.sees("This room has no host yet.")
    ruth.follow("I'll host it myself")
    ruth.press("Send me the email")
    ruth.sees("You have an email")
    ruth.follow("Close this room")
    ruth.sees("2 people have chosen this room.")
    ruth.press("Close the room")

    ruth.sees("“Faith at work” does not take place.")
    assert states() == {"Faith at work": "folded"}


def focused(someone: Visitor) -> str:
    return " ".join(someone.page.evaluate("document.activeElement.textContent").split()).replace(" :", ":")
