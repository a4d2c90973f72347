"""Rooms among the organisers' pages: proposals to decide, rooms in their order, who hosts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breakouts.actions import hosts, review, topics
from breakouts.models import BreakoutPlan, Topic
from concerns.models import Concern
from events.models import Event
from mail.models import OutgoingMail
from people.models import Membership, Person
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic, propose, sit
from tests.factories import make_event, make_group, make_hub, make_member, make_organiser

pytestmark = pytest.mark.django_db

HARM = "canary-text-that-attacks"


@pytest.fixture
def organiser() -> Person:
    make_hub()
    return make_organiser(make_group("Solidarity Socials", slug="socials"), name="Ruth")


@pytest.fixture
def event(organiser: Person) -> Event:
    return make_social(group=organiser.memberships.get().group, title="Being better allies")


@pytest.fixture
def ruth(organiser: Person) -> Client:
    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def rooms_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/breakouts/"


def page_of(topic: Topic, part: str = "") -> str:
    return f"/organise/events/{topic.event.slug}/topics/{topic.pk}/{part}"


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def numbered(event: Event) -> list[tuple[int, str]]:
    return list(event.topics.accepted().values_list("number", "title"))


# The tab


def test_an_event_without_rooms_says_what_they_are_and_begins_with_one_press(ruth, organiser):
    event = make_event(group=organiser.memberships.get().group)

    before = ruth.get(rooms_of(event))
    after = ruth.post(rooms_of(event), follow=True)
    ruth.post(rooms_of(event))

    assert "People propose what they would like to talk about" in text(before)
    assert after.redirect_chain[-1][0] == f"{rooms_of(event)}plan/"
    assert BreakoutPlan.objects.filter(event=event).count() == 1


def test_the_tab_counts_rooms_and_not_what_waits_to_be_decided(ruth, event):
    make_topic(event), make_topic(event), propose(event), propose(event, confirmed=False)

    tabs = {tab["words"]: tab["count"] for tab in ruth.get(rooms_of(event)).context["tabs"]}

    assert tabs["Rooms"] == 2


def test_the_inbox_has_the_oldest_first_and_nothing_whose_address_is_not_confirmed(ruth, event):
    propose(event, "First", hosting="with_co_host"), propose(event, "Second")
    unseen = propose(event, "Unseen", confirmed=False)

    answer = ruth.get(rooms_of(event))

    assert [proposed.topic.title for proposed in answer.context["inbox"]] == ["First", "Second"]
    assert answer.context["inbox"][0].hosting == "Would host it together with somebody"
    assert "Unseen" not in text(answer)
    assert ruth.get(page_of(unseen.topic)).status_code == 404


def test_a_proposal_that_came_back_changed_says_so(ruth, event, organiser):
    proposer = propose(event, "Old")
    review.ask_for_change(proposer.topic, by=organiser, words="More, please.")
    waiting = ruth.get(rooms_of(event))
    topics.change(proposer, title="New", why="", content_note="", support="")

    answer = ruth.get(rooms_of(event))

    assert [topic.title for topic in waiting.context["waiting_for_change"]] == ["Old"]
    assert [proposed.is_changed for proposed in answer.context["inbox"]] == [True]


def test_each_room_says_who_hosts_how_many_sit_there_and_who_takes_notes(ruth, event):
    event.breakout_plan.seats = 2
    event.breakout_plan.save()
    hosted, wanted, asked = make_topic(event, "A"), make_topic(event, "B"), make_topic(event, "C")
    make_host(hosted, name="Keli"), make_host(hosted, name="Sam")
    hosts.invite(asked, name="Dani", email="dani@example.org", as_co_host=False)
    sit(event, hosted)
    make_helper(make_role(event, "notes"), name="Noor", topic=wanted)

    rooms = ruth.get(rooms_of(event)).context["rooms"]

    assert [room.host.tag for room in rooms] == ["Hosted", "Host wanted", "Host asked"]
    assert rooms[0].host.lines == ("by Keli", "1 more would step in")
    assert rooms[2].host.lines[0].startswith("Dani asked, to answer by ")
    assert [room.seats_words for room in rooms] == ["1 of 2 seats", "0 of 2 seats", "0 of 2 seats"]
    assert [room.note_takers for room in rooms] == ["", "Noor", ""]


def test_the_lists_cost_as_many_queries_with_three_rows_as_with_one(ruth, event, organiser):
    def fill() -> None:
        topic = make_topic(event, host="Keli")
        sit(event, topic)
        make_host(topic)
        propose(event)
        review.decline(propose(event).topic, by=organiser, words="Sorry.")
        review.ask_for_change(propose(event).topic, by=organiser, words="Please.")

    fill()
    with CaptureQueriesContext(connection) as with_one:
        ruth.get(rooms_of(event))
    fill(), fill()
    with CaptureQueriesContext(connection) as with_three:
        ruth.get(rooms_of(event))

    assert len(with_three) == len(with_one)


# The order


def test_a_room_moves_up_by_a_button_and_the_keyboard_stays_on_it(ruth, event):
    make_topic(event, "A"), make_topic(event, "B")
    last = make_topic(event, "C")

    answer = ruth.post(page_of(last, "order/"), {"by": "up"}, follow=True)

    assert numbered(event) == [(1, "A"), (2, "C"), (3, "B")]
    assert answer.redirect_chain[-1][0] == f"{rooms_of(event)}?moved={last.pk}&by=up"
    assert focused(answer) == ["up: C"]


def test_at_the_end_of_the_list_the_keyboard_stays_on_the_button_that_is_left(ruth, event):
    first = make_topic(event, "A")
    make_topic(event, "B")

    answer = ruth.post(page_of(first, "order/"), {"by": "down"}, follow=True)

    assert numbered(event) == [(1, "B"), (2, "A")]
    assert focused(answer) == ["up: A"]


def test_moving_what_was_folded_meanwhile_changes_nothing(ruth, event, organiser):
    make_topic(event, "A")
    folded = make_topic(event, "B")
    review.fold(folded, by=organiser)

    answer = ruth.post(page_of(folded, "order/"), {"by": "up"}, follow=True)

    assert (answer.status_code, numbered(event)) == (200, [(1, "A")])


def focused(answer) -> list[str]:
    """Direction and title of the buttons the keyboard begins at."""
    found = re.findall(
        r'value="(up|down)" type="submit" autofocus>.*?<span class="vh">(?:Up|Down)(: .*?)</span>',
        text(answer),
    )
    return ["".join(words) for words in found]


# Deciding


def test_accepting_makes_a_room_and_says_its_number(ruth, event, organiser):
    topic = propose(event, "Faith at work").topic

    answer = ruth.post(page_of(topic, "acceptance/"), {"words": "Lovely."}, follow=True)

    assert said(answer) == ["“Faith at work” is room 1 now."]
    assert (topic.steps.last().by, topic.steps.last().note) == (organiser, "Lovely.")
    assert ruth.post(page_of(topic, "acceptance/"), {"words": "Lovely."}, follow=True).status_code == 200
    assert topic.steps.filter(kind="accepted").count() == 1


def test_a_change_needs_words_and_nothing_typed_is_lost(ruth, event):
    topic = propose(event).topic

    wrong = ruth.post(page_of(topic, "change/"), {"words": " "})
    right = ruth.post(page_of(topic, "change/"), {"words": "Could the title say more?"}, follow=True)

    assert wrong.context["form"].errors == {"words": ["Say what you would like changed"]}
    assert said(right) == ["They have been asked. When they have changed it, it stands in the inbox again."]
    topic.refresh_from_db()
    assert (topic.state, topic.answer) == ("change_wanted", "Could the title say more?")


def test_old_and_new_words_stand_side_by_side_with_what_changed_marked(ruth, event, organiser):
    proposer = propose(event, "Faith at work", why="Prayer needs a quiet room.")
    review.ask_for_change(proposer.topic, by=organiser, words="More, please.")
    topics.change(
        proposer, title="Faith and work", why="Prayer needs a quiet room.", content_note="", support=""
    )
    topics.change(
        proposer, title="Faith and working", why="Prayer needs a room.", content_note="", support=""
    )

    answer = ruth.get(page_of(proposer.topic))

    title, why = answer.context["compared"]
    assert [(piece.text, piece.is_changed) for piece in title.before] == [
        ("Faith ", False),
        ("at work", True),
    ]
    assert [piece.text for piece in title.now if piece.is_changed] == ["and working"]
    assert [piece.text for piece in why.before if piece.is_changed] == ["quiet "]
    assert '<del><span class="vh">taken out: </span>at work' in text(answer)
    assert '<ins><span class="vh">put in: </span>and working' in text(answer)


def test_what_was_marked_is_never_markup(ruth, event):
    proposer = propose(event, "<b>bold</b>")
    topics.change(proposer, title="<script>alert(1)</script>", why="", content_note="", support="")

    answer = text(ruth.get(page_of(proposer.topic)))

    assert "<script>alert" not in answer
    assert "<b>bold" not in answer


def test_declining_begins_with_a_suggestion_and_never_goes_without_words(ruth, event):
    topic = propose(event, hosting="alone").topic

    form = ruth.get(page_of(topic, "refusal/")).context["form"]
    empty = ruth.post(page_of(topic, "refusal/"), {"words": ""})
    ruth.post(page_of(topic, "refusal/"), {"words": "Thank you. Not this time."})

    assert "would you like to be co-host there?" in form["words"].value()
    assert empty.context["form"].errors == {"words": ["Write a few kind words"]}
    topic.refresh_from_db()
    assert (topic.state, topic.answer) == ("declined", "Thank you. Not this time.")


def test_joining_offers_rooms_and_other_proposals_of_this_event_alone(ruth, event):
    topic, other = propose(event, "Mine").topic, propose(event, "Other").topic
    room = make_topic(event, "Room")
    elsewhere = make_topic(make_social(), "Elsewhere")

    page = ruth.get(page_of(topic, "merging/"))
    wrong = ruth.post(page_of(topic, "merging/"), {"into": elsewhere.pk})
    ruth.post(page_of(topic, "merging/"), {"into": room.pk, "words": "They ask the same."})

    choices = {label for _value, label in page.context["form"].fields["into"].choices}
    assert choices == {"Choose a room or a proposal", f"Proposal: {other.title}", "Room 1: Room"}
    assert wrong.context["form"].errors == {"into": ["Choose a room or a proposal from the list"]}
    topic.refresh_from_db()
    assert (topic.state, topic.merged_into) == ("merged", room)


@pytest.mark.parametrize("part", ["change", "refusal", "aside", "merging", "acceptance"])
def test_a_decision_that_comes_too_late_changes_nothing_and_says_so(ruth, event, organiser, part):
    topic, room = propose(event).topic, make_topic(event)
    review.decline(topic, by=organiser, words="Sorry.")

    answer = ruth.post(page_of(topic, f"{part}/"), {"words": "Late.", "into": room.pk}, follow=True)

    assert answer.redirect_chain[-1][0] == page_of(topic)
    assert said(answer) == ["This has changed meanwhile, so nothing was done. Here is how it stands now."]
    topic.refresh_from_db()
    assert (topic.state, topic.answer) == ("declined", "Sorry.")


@pytest.mark.parametrize("part", ["change", "refusal", "aside", "merging"])
def test_the_page_of_a_decision_leads_back_once_it_was_taken(ruth, event, organiser, part):
    topic = propose(event).topic
    review.accept(topic, by=organiser)

    assert ruth.get(page_of(topic, f"{part}/")).headers["Location"] == page_of(topic)


def test_the_history_says_who_decided(ruth, event, organiser):
    topic = propose(event).topic
    review.ask_for_change(topic, by=organiser, words="More, please.")

    history = ruth.get(page_of(topic)).context["history"]

    assert [(step.words, step.by, step.note) for step in history] == [
        ("Proposed.", "", ""),
        ("The address of whoever proposed it was confirmed.", "", ""),
        ("A change was asked for.", "Ruth", "More, please."),
    ]


# Set aside


def test_what_was_set_aside_stands_nowhere_among_the_organisers_pages(ruth, event, organiser):
    make_member(event.group, Membership.Role.NAMED_CONTACT, name="Contact")
    make_topic(event, "A room")
    proposer = propose(event, HARM, why=HARM, content_note=HARM, support=HARM, name=HARM)
    topics.change(proposer, title=f"{HARM} again", why=HARM, content_note=HARM, support=HARM)
    topic = proposer.topic
    review.ask_for_change(topic, by=organiser, words=f"Not “{HARM}”, please.")
    before = text(ruth.get(page_of(topic)))
    asked = text(ruth.get(page_of(topic, "aside/")))

    answer = ruth.post(page_of(topic, "aside/"), {"words": "We do not take this."}, follow=True)

    assert HARM in before
    assert "these people alone can read it: Contact" in asked
    assert said(answer) == ["Set aside. Its text is with the named contacts alone."]
    addresses = [
        rooms_of(event),
        page_of(topic),
        f"/organise/events/{event.slug}/",
        f"/organise/events/{event.slug}/messages/",
        f"/organise/events/{event.slug}/rooms/",
        f"/organise/groups/{event.group.slug}/messages/",
        "/organise/",
        event.get_absolute_url(),
    ]
    pages = {address: ruth.get(address) for address in addresses}
    assert {page.status_code for page in pages.values()} == {200}
    assert [address for address, page in pages.items() if HARM in text(page)] == []
    assert "(a proposal that was set aside)" in text(pages[rooms_of(event)])
    assert "(a proposal that was set aside)" in text(pages[page_of(topic)])
    assert Concern.objects.get().text.count(HARM) > 3


def test_a_group_whom_nobody_can_tell_is_told_so_before_something_is_set_aside(ruth, event):
    topic = propose(event).topic

    page = text(ruth.get(page_of(topic, "aside/")))

    assert "Your group has nobody yet who reads such texts." in page


# Rooms


def test_an_own_topic_is_a_room_at_once(ruth, event):
    wrong = ruth.post(f"/organise/events/{event.slug}/topics/new/", {"title": ""})
    answer = ruth.post(f"/organise/events/{event.slug}/topics/new/", {"title": "How to listen"}, follow=True)

    assert wrong.context["form"].errors == {"title": ["Enter the topic"]}
    assert said(answer) == ["“How to listen” is room 1 now."]
    assert "This room has no host yet." in text(answer)


def test_a_way_into_a_meeting_is_asked_about_before_it_is_public(ruth, event):
    way_in = "https://example.zoom.us/j/12345678901"

    answer = ruth.post(f"/organise/events/{event.slug}/topics/new/", {"title": "Hi", "why": way_in})

    assert [*answer.context["form"].errors] == ["why", "meeting_address"]
    assert not event.topics.exists()


def words(**more: object) -> dict[str, object]:
    return {"title": "A", "why": "", "content_note": "", "seats": "", "join_address": ""} | more


def test_words_seats_and_the_rooms_own_address_are_set_right_and_the_address_is_sealed(ruth, event):
    topic = make_topic(event, "A")

    ruth.post(
        page_of(topic, "words/"), words(title="B", seats="8", join_address="https://meet.example.org/4")
    )

    topic.refresh_from_db()
    assert (topic.title, topic.seats, topic.join_address) == ("B", 8, "https://meet.example.org/4")
    stored = (
        Topic.objects.extra(select={"kept": "join_address"}).values_list("kept", flat=True).get(pk=topic.pk)
    )
    assert "meet.example.org" not in stored
    shown = [page_of(topic), rooms_of(event), event.get_absolute_url(), topic.get_absolute_url()]
    assert [address for address in shown if "meet.example.org" in text(ruth.get(address))] == []


def test_fewer_seats_than_people_is_said_at_the_field_with_their_number(ruth, event):
    topic = make_topic(event, "A")
    sit(event, topic), sit(event, topic)

    answer = ruth.post(page_of(topic, "words/"), words(title="B", seats="1"))

    assert answer.context["form"].errors == {"seats": ["2 people have chosen this room. Enter 2 or more"]}
    topic.refresh_from_db()
    assert (topic.title, topic.seats) == ("A", None)


def test_bad_numbers_and_addresses_are_said_at_their_fields(ruth, event):
    topic = make_topic(event)

    answer = ruth.post(page_of(topic, "words/"), words(seats="0", join_address="meet me"))

    assert answer.context["form"].errors == {
        "seats": ["Enter at least 1, or leave this empty"],
        "join_address": ["Enter the whole address of the meeting, like https://meeting.example.org/123"],
    }


def test_whoever_saves_second_is_shown_what_changed_and_chooses(ruth, event, organiser):
    topic = make_topic(event, "A")
    opened = ruth.get(page_of(topic, "words/")).context["form"].opened()
    review.edit(topic, by=organiser, title="Theirs")

    asked = ruth.post(page_of(topic, "words/"), words(title="Mine", opened=opened))
    topic.refresh_from_db()
    kept = topic.title
    ruth.post(page_of(topic, "words/"), words(title="Mine", opened=asked.context["form"].opened()))

    assert [(change.label, change.before, change.now) for change in asked.context["changes"]] == [
        ("Topic", "A", "Theirs")
    ]
    topic.refresh_from_db()
    assert (kept, topic.title) == ("Theirs", "Mine")


def test_the_words_of_a_proposal_are_its_proposers(ruth, event):
    topic = propose(event).topic

    assert ruth.get(page_of(topic, "words/")).headers["Location"] == page_of(topic)


def test_closing_a_room_says_first_how_many_sit_there_and_twice_is_once(ruth, event):
    topic = make_topic(event, "A", host="Keli")
    sit(event, topic), sit(event, topic)

    page = text(ruth.get(page_of(topic, "folding/")))
    answer = ruth.post(page_of(topic, "folding/"), {"words": ""}, follow=True)
    again = ruth.post(page_of(topic, "folding/"), {"words": ""}, follow=True)

    assert "2 people have chosen this room." in page
    assert "Keli and everyone who offered to host it are told too." in page
    assert said(answer) == ["“A” does not take place. Its people are told, and can choose again."]
    assert again.status_code == 200
    assert OutgoingMail.objects.filter(kind="room-folded").count() == 3


# Hosts


def test_somebody_is_asked_to_host_and_where_somebody_does_to_co_host(ruth, event):
    topic = make_topic(event)

    ruth.post(page_of(topic, "host/"), {"name": "Keli", "email": "keli@example.org"})
    ruth.post(page_of(topic, "host/"), {"name": "Sam", "email": "sam@example.org"})
    twice = ruth.post(page_of(topic, "host/"), {"name": "Sam", "email": "sam@example.org"})

    asked = list(topic.hosts.order_by("pk").values_list("name", "state", "is_co_host"))
    assert asked == [("Keli", "asked", False), ("Sam", "asked", True)]
    assert twice.context["form"].errors == {"email": ["This address hosts the room, or has been asked to"]}


def test_an_organiser_who_would_host_finds_their_own_name_there(ruth, event, organiser):
    topic = make_topic(event)

    form = ruth.get(f"{page_of(topic, 'host/')}?me=1").context["form"]
    answer = ruth.post(page_of(topic, "host/"), {"name": "Ruth", "email": organiser.email}, follow=True)

    assert (form["name"].value(), form["email"].value()) == ("Ruth", organiser.email)
    assert said(answer) == ["You have an email: say yes there, and the room is yours."]
    assert topic.hosts.get().state == "asked"


def test_whoever_came_second_can_be_asked_to_co_host_once(ruth, event):
    topic = make_topic(event)
    make_host(topic, name="Keli")
    second = make_host(topic, name="Sam")
    address = page_of(topic, f"hosts/{second.pk}/co-host/")

    answer = ruth.post(address, follow=True)
    again = ruth.post(address, follow=True)

    second.refresh_from_db()
    assert (second.state, second.is_co_host) == ("asked", True)
    assert said(answer) == ["Sam is asked by email."]
    assert said(again) == ["This has changed meanwhile, so nothing was done. Here is how it stands now."]


def test_a_room_is_taken_back_after_a_question_and_whoever_offered_next_is_asked(ruth, event):
    topic = make_topic(event)
    first, second = make_host(topic, name="Keli"), make_host(topic, name="Sam")
    address = page_of(topic, f"hosts/{first.pk}/removal/")

    page = text(ruth.get(address))
    ruth.post(address), ruth.post(address)

    assert "Take the room back from Keli?" in page
    assert "Whoever offered next is asked" in page
    second.refresh_from_db()
    assert second.state == "asked"
    assert OutgoingMail.objects.filter(kind="host-ended").count() == 1


def test_in_a_draft_hosts_are_named_and_hear_of_it_when_it_is_published(ruth, organiser):
    draft = make_social(group=organiser.memberships.get().group, state="draft", published_at=None)
    topic = make_topic(draft)

    page = ruth.get(page_of(topic, "host/"))
    answer = ruth.post(page_of(topic, "host/"), {"name": "Keli", "email": "keli@example.org"}, follow=True)

    assert "Ask them when I publish" in text(page)
    assert said(answer) == ["Keli is asked when you publish."]
    assert "Asked when you publish" in text(answer)
    publishing = text(ruth.get(f"/organise/events/{draft.slug}/publication/"))
    assert "Asked by email: Keli." in publishing
    assert not OutgoingMail.objects.exists()
    named = topic.hosts.get()
    removal = page_of(topic, f"hosts/{named.pk}/removal/")
    assert "They know nothing of it" in text(ruth.get(removal))
    assert said(ruth.post(removal, follow=True)) == ["Keli is not asked."]
    assert not topic.hosts.exists()


def test_a_topics_page_costs_as_many_queries_with_three_hosts_as_with_one(ruth, event):
    topic = make_topic(event)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ruth.get(page_of(topic)).status_code == 200
        return len(captured)

    make_host(topic)
    with_one = queries()
    make_host(topic), make_host(topic)

    assert queries() == with_one


def test_a_topic_of_another_event_is_not_there(ruth, event):
    other = make_topic(make_social())

    assert ruth.get(f"/organise/events/{event.slug}/topics/{other.pk}/").status_code == 404
