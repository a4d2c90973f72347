"""What whoever proposed a topic reads on their page once the organisers have decided."""

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import hosts, review
from breakouts.models import Host, Proposer
from events.actions import calling_off
from events.models import Event
from people.models import Person
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of, propose
from tests.factories import make_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def by(event: Event) -> Person:
    return organiser_of(event)


def page_of(proposer: Proposer) -> str:
    response = Client().get(proposer.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_declined_topic_is_told_kindly_with_whom_to_ask_and_what_is_near(event, by):
    proposer = propose(event)
    make_topic(event, "Nobody holds this yet")
    make_topic(event, "Held", host="Keli")
    review.decline(proposer.topic, by=by, words="Six rooms are full. Next time?")

    page = page_of(proposer)

    assert "<h1>Your topic was not taken this time</h1>" in page
    assert "Six rooms are full. Next time?" in page
    assert f"mailto:{event.group.contact_email}" in page
    assert "Nobody holds this yet" in page
    assert "Held" not in page


def test_what_was_set_aside_is_answered_by_the_named_contacts(event, by):
    make_topic(event, "Nobody holds this yet")
    proposer = propose(event, "Words that attack people", why="Very much so")
    review.set_aside(proposer.topic, by=by, words="We do not take this.")

    page = page_of(proposer)

    assert "Words that attack people" not in page
    assert "We do not take this." in page
    assert "Nobody holds this yet" not in page
    assert reverse("concerns:tell", args=[event.group.slug]) in page
    assert f"mailto:{event.group.contact_email}" not in page.split("<main")[1].split("</main>")[0]


def test_whoever_would_host_is_led_to_their_answer_and_then_to_their_page(event, by):
    proposer = propose(event, hosting="alone")
    topic = review.accept(proposer.topic, by=by)
    host = Host.objects.get(topic=topic)

    page = page_of(proposer)
    assert f"<h1>Your topic is room {topic.number}</h1>" in page
    assert host.get_absolute_url() in page
    assert "Would you host it?" in page

    hosts.agree(host, values=None)
    page = page_of(proposer)
    assert "You host it." in page
    assert host.get_absolute_url() in page


def test_whoever_would_rather_not_host_sees_who_does_and_no_link_of_theirs(event, by):
    proposer = propose(event)
    topic = review.accept(proposer.topic, by=by)
    assert "A host is wanted now" in page_of(proposer)

    keli = make_host(topic, name="Keli")

    page = page_of(proposer)
    assert "Hosted by Keli." in page
    assert keli.get_absolute_url() not in page


def test_a_topic_joined_with_a_room_leads_there_and_to_their_part(event, by):
    proposer = propose(event, "Mine", hosting="alone")
    room = make_topic(event, "Theirs", host="Keli")
    review.merge(proposer.topic, into=room, by=by, words="You asked the same")

    page = page_of(proposer)

    assert f"<h1>Your topic is part of room {room.number}</h1>" in page
    assert "Theirs" in page
    assert "Would you host it together with somebody?" in page
    assert Host.objects.get(topic=room, email=proposer.email).get_absolute_url() in page


def test_a_topic_joined_with_one_that_is_not_decided_says_so(event, by):
    mine, theirs = propose(event, "Mine"), propose(event, "Theirs")
    review.merge(mine.topic, into=theirs.topic, by=by)

    page = page_of(mine)

    assert "<h1>Your topic was joined with another</h1>" in page
    assert "nothing is decided yet" in page


def test_the_part_of_a_topic_that_was_joined_is_taken_back(event, by):
    mine, theirs = propose(event, "Mine"), propose(event, "Theirs")
    review.merge(mine.topic, into=theirs.topic, by=by)
    page = reverse("breakouts:proposal_withdrawal", args=[mine.token])

    asked = " ".join(Client().get(page).content.decode().split())
    taken_back = Client().post(page, follow=True).content.decode()

    assert "“Theirs” goes on without you" in asked
    assert "<h1>You took your topic back</h1>" in taken_back
    assert "Take my part back" not in page_of(mine)


def test_whoever_hosts_the_room_that_theirs_was_joined_with_reads_that_this_stays(event, by):
    proposer = propose(event, "Mine", hosting="alone")
    room = make_topic(event, "Theirs")
    review.merge(proposer.topic, into=room, by=by)
    hosts.agree(room.hosts.get(), values=None)
    page = reverse("breakouts:proposal_withdrawal", args=[proposer.token])

    asked = " ".join(Client().get(page).content.decode().split())
    Client().post(page)

    assert "That you host it stays as it is" in asked
    assert room.hosts.get().is_hosting


def test_a_folded_room_is_told(event, by):
    proposer = propose(event)
    review.fold(review.accept(proposer.topic, by=by), by=by, words="Only one person chose it")

    page = page_of(proposer)

    assert "does not take place</h1>" in page
    assert "Only one person chose it" in page


def test_a_cancelled_event_is_told_and_asks_for_nothing(event, by):
    proposer = propose(event)
    calling_off.cancel(event, reason="Ruth is ill.", by=by)

    page = page_of(proposer)

    assert "Ruth is ill." in page
    assert "Change it" not in page
