"""V-1 and O-5: from a suggestion to a room with a host, and what can go wrong on the way."""

import pytest

from breakouts.actions import plans
from breakouts.models import Host, Topic
from events.models import Event
from tests.breakouts.factories import make_host, make_topic, propose, sit
from tests.browser.community import make_social
from tests.browser.conftest import NewVisitor
from tests.browser.inbox import Letter, letters_about, letters_to, newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KELI, SAM, DANI = "keli@example.org", "sam@example.org", "dani@example.org"
CONFIRM_TOPIC, CONFIRM_HOST = "Please confirm your topic", "Please confirm that you would host"
ASKED = "Would you host a room?"
TITLE = "Self-care for empaths"


@pytest.fixture
def event(site) -> Event:
    event = make_social(capacity=60)
    plans.begin(event)
    return event


@pytest.fixture
def ruth(event: Event, new_visitor: NewVisitor) -> Visitor:
    return new_visitor().sign_in(make_organiser(event.group, name="Ruth"))


def suggest(visitor: Visitor, event: Event, *, title: str = TITLE, hosting: str = "I would host it") -> None:
    visitor.open(event.get_absolute_url())
    visitor.follow("Suggest a topic")
    visitor.write("What would you like us to talk about?", title)
    visitor.write("Why does it matter?", "Caring costs strength.")
    visitor.tick(hosting)
    visitor.write("Your name", "Keli")
    visitor.write("Email address", KELI)


def confirm_topic(visitor: Visitor, email: str = KELI) -> None:
    visitor.open(newest_letter_to(email, CONFIRM_TOPIC).link("Send my topic to the organisers"))
    visitor.press("Yes, send it to the organisers")


def rooms_of(ruth: Visitor, event: Event) -> None:
    ruth.open(f"/organise/events/{event.slug}/breakouts/")


def letter_to(address: str, heading: str) -> Letter:
    """With others of the same minute."""
    return next(letter for letter in letters_to(address) if letter.heading == heading)


def agree(visitor: Visitor, button: str = "Yes, I will hold it") -> None:
    visitor.tick("I agree, and will hold the room like this")
    visitor.press(button)


def test_from_a_suggestion_to_a_room_with_two_hosts(either_visitor, event, ruth):
    suggest(either_visitor, event, hosting="I would host it together with somebody")
    either_visitor.write("Their name", "Sam")
    either_visitor.write("Their email address", SAM)
    either_visitor.press("Send my topic")
    assert either_visitor.heading == "Check your inbox"
    confirm_topic(either_visitor)
    either_visitor.sees(TITLE, "They read every topic")

    rooms_of(ruth, event)
    ruth.follow(f"Look and decide: {TITLE}")
    ruth.press("Accept")

    either_visitor.open(letter_to(KELI, ASKED).link("Yes or no: answer here"))
    either_visitor.sees("We listen first", "If somebody is hurt")
    agree(either_visitor)
    assert either_visitor.heading == f"Room 1: {TITLE}"
    either_visitor.sees("Your place at the event", "How many to expect")
    either_visitor.open(letter_to(SAM, ASKED).link("Yes or no: answer here"))
    agree(either_visitor, "Yes, I will be co-host")

    either_visitor.open(event.get_absolute_url())
    either_visitor.sees("Hosted by Keli and Sam")


def test_a_suggestion_with_gaps_keeps_what_was_typed(either_visitor, event):
    either_visitor.open(f"/events/{event.slug}/topics/new/")
    either_visitor.write("Why does it matter?", "Caring costs strength.")
    either_visitor.press("Send my topic")

    assert either_visitor.problems_named()[0] == "Enter what you would like us to talk about"
    assert either_visitor.field("Why does it matter?").input_value() == "Caring costs strength."
    assert not Topic.objects.exists()


def test_declined_kindly_with_other_rooms_that_look_for_a_host(visitor, event, ruth):
    make_topic(event, "Handling our mistakes")
    suggest(visitor, event)
    visitor.press("Send my topic")
    confirm_topic(visitor)

    rooms_of(ruth, event)
    ruth.follow(f"Look and decide: {TITLE}")
    ruth.follow("Decline it, with kind words")
    ruth.press("Decline")

    visitor.open(newest_letter_to(KELI, "News of your topic").link("My topic"))
    visitor.sees("You may ask why", "Could you hold one of these conversations?")
    visitor.follow("Handling our mistakes")
    assert visitor.heading == "Could you hold this conversation?"


def test_a_change_that_was_asked_for_stands_beside_what_was_there(visitor, event, ruth):
    suggest(visitor, event, title="Apologies")
    visitor.press("Send my topic")
    confirm_topic(visitor)
    rooms_of(ruth, event)
    ruth.follow("Look and decide: Apologies")
    ruth.follow("Ask for a change")
    ruth.press("Ask for it")
    assert ruth.problems_named()
    ruth.page.locator("main textarea").fill("Could the title say more?")
    ruth.press("Ask for it")

    asked = newest_letter_to(KELI, "The organisers ask you for a change")
    visitor.open(asked.link("My topic"))
    visitor.sees("Could the title say more?")
    visitor.follow("Change it")
    visitor.write("What would you like us to talk about?", "What an apology needs to hear first")
    visitor.press("Save and send")

    rooms_of(ruth, event)
    ruth.sees("Changed")
    ruth.follow("Look and decide: What an apology needs to hear first")
    ruth.sees("Apologies", "What an apology needs to hear first")
    ruth.press("Accept")
    assert Topic.objects.get().is_accepted


def test_two_that_ask_the_same_become_one_room_and_both_are_asked_to_host(visitor, event, ruth):
    first = propose(
        event, "Listening across languages", name="Tomasz", email="tomasz@example.org", hosting="alone"
    )
    propose(event, "No first language in common", name="Zofia", email="zofia@example.org", hosting="alone")
    rooms_of(ruth, event)
    ruth.follow("Look and decide: No first language in common")
    ruth.follow("Join it with another topic")
    ruth.choose("Join it with", "Proposal: Listening across languages")
    ruth.press("Join them")

    rooms_of(ruth, event)
    ruth.follow("Look and decide: Listening across languages")
    ruth.press("Accept")

    asked = Host.objects.filter(topic=first.topic, state=Host.State.ASKED)
    assert sorted(asked.values_list("name", "is_co_host")) == [("Tomasz", False), ("Zofia", True)]


def test_offering_to_hold_a_room_and_being_second(new_visitor, event):
    topic = make_topic(event, "Handling our mistakes")
    first, second = new_visitor(), new_visitor(scripts=False)
    for somebody, name, email in ((first, "Keli", KELI), (second, "Dani", DANI)):
        somebody.open(event.get_absolute_url())
        somebody.follow("Offer to host room 1")
        somebody.write("Your name", name)
        somebody.write("Email address", email)
        somebody.press("Offer to host")
        somebody.open(newest_letter_to(email, CONFIRM_HOST).link("I can hold it"))

    agree(second)
    agree(first)

    second.sees("Your place at the event")
    first.sees("in line")
    first.check()
    assert list(topic.hosts.order_by("pk").values_list("name", "state")) == [
        ("Keli", "willing"),
        ("Dani", "hosting"),
    ]
    assert letters_about(KELI)[-1] == "You are in line to host"


def test_without_the_tick_nobody_hosts_and_the_page_says_so(plain_visitor, event):
    topic = make_topic(event)
    plain_visitor.open(f"/events/{event.slug}/topics/{topic.pk}/host/")
    plain_visitor.write("Your name", "Keli")
    plain_visitor.write("Email address", KELI)
    plain_visitor.press("Offer to host")
    plain_visitor.open(newest_letter_to(KELI, CONFIRM_HOST).link("I can hold it"))

    plain_visitor.press("Yes, I will hold it")

    assert plain_visitor.problems_named() == ["Tick the box to say that you agree"]
    assert not topic.hosts.hosting().exists()


def test_a_host_gives_the_room_back_and_whoever_offered_next_takes_it(visitor, event):
    topic = make_topic(event, "Create to de-stress")
    host, _next = make_host(topic, KELI, name="Keli"), make_host(topic, DANI, name="Dani")

    visitor.open(host.get_absolute_url())
    visitor.follow("I can’t host after all")
    visitor.press("I can’t host after all")
    visitor.open(letter_to(DANI, ASKED).link("Yes or no: answer here"))
    agree(visitor)

    visitor.open(event.get_absolute_url())
    visitor.sees("Hosted by Dani")


def test_who_waits_hosts_for_a_while_and_waits_on_where_they_stood(either_visitor, event):
    event.capacity = 1
    event.save()
    topic = make_topic(event, "Create to de-stress")
    register(event)
    keli, _later = register(event, KELI), register(event, SAM)
    host = make_host(topic, KELI, name="Keli")

    either_visitor.open(keli.get_absolute_url())
    assert either_visitor.heading == "You have a place because you host or help"
    either_visitor.open(host.get_absolute_url())
    either_visitor.follow("I can’t host after all")
    either_visitor.sees("you are back where you stood on the waiting list")
    either_visitor.press("I can’t host after all")

    either_visitor.sees("Your place came with it")
    either_visitor.open(letter_to(KELI, "You are on the waiting list").link("My registration"))
    assert either_visitor.heading == "You are on the waiting list, 1st"


def test_a_room_nobody_can_host_is_closed_and_its_people_choose_again(visitor, event, ruth):
    topic, other = (
        make_topic(event, "Create to de-stress", host="Keli"),
        make_topic(event, "Speaking up", host="Sage"),
    )
    amara = sit(event, topic, "amara@example.org", name="Amara")
    visitor.open(topic.hosts.get().get_absolute_url())
    visitor.follow("I can’t host after all")
    visitor.press("I can’t host after all")

    rooms_of(ruth, event)
    ruth.follow("Create to de-stress")
    ruth.follow("Close this room")
    ruth.sees("1 person has chosen this room")
    ruth.press("Close the room")

    visitor.open(
        newest_letter_to("amara@example.org", "A room does not take place").link("Choose another room")
    )
    visitor.tick("2. Speaking up")
    visitor.press("Save my choice")
    amara.refresh_from_db()
    assert amara.placement.topic == other


def test_words_that_attack_people_are_read_by_nobody_any_more(visitor, event, ruth):
    proposer = propose(event, "Why those people should stay away", name="Nobody", email="nobody@example.org")
    rooms_of(ruth, event)
    ruth.follow("Look and decide: Why those people should stay away")
    ruth.follow("It attacks people: set it aside")
    ruth.press("Set it aside")

    ruth.sees("Its text is with the named contacts alone")
    assert "Why those people" not in ruth.page.content()
    visitor.open(proposer.get_absolute_url())
    visitor.sees("the named contacts")
    assert "Why those people" not in visitor.page.content()


def test_rooms_change_places_by_keyboard(event, ruth):
    for title in ("First", "Second"):
        make_topic(event, title)
    rooms_of(ruth, event)

    ruth.tab_to("↓")
    ruth.key("Enter")

    assert list(event.topics.accepted().values_list("title", flat=True)) == ["Second", "First"]


def test_someone_with_a_place_suggests_by_keyboard_alone(visitor, event):
    register(event, KELI)
    visitor.open(f"/events/{event.slug}/topics/new/")
    visitor.tab_to("What would you like us to talk about?")
    visitor.type(TITLE)
    visitor.tab_to("Why does it matter?")
    visitor.type("Caring costs strength.")
    visitor.tab_to("I would host it")
    visitor.page.keyboard.press("Space")
    visitor.tab_to("Your name")
    visitor.type("Keli")
    visitor.tab_to("Email address")
    visitor.type(KELI)
    visitor.tab_to("Send my topic")
    visitor.key("Enter")

    assert visitor.heading == "Check your inbox"
