"""What somebody carried, on a page of their own, and the confirmation of it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import ask_again, host_departures
from events.actions import calling_off
from events.models import Event
from people.models import Person
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_note_taker,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    write_notes,
)
from tests.factories import make_hub
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db
CARRIED, CONFIRMATION = reverse("breakouts:carried"), reverse("breakouts:carried_confirmation")
KELI = "keli@example.org"
DONE = ("Hosted room 1: Who is heard", "Took notes in room 1: What helps", "Welcome people")


@made_once
def make_three_parts() -> tuple[Event, Event]:
    """Keli hosts and helps at one event, and takes notes at another; so do others."""
    make_hub()
    first, second = (
        make_social(title="The first"),
        make_social(title="The second", starts_in=timedelta(days=9)),
    )
    make_host(make_topic(first, "Who is heard"), KELI, name="Keli")
    make_helper(make_role(first, "welcome", wanted=2), KELI, name="Keli")
    make_helper(make_role(first, "tech"), "other@example.org", name="Somebody Else")
    write_notes(
        make_note_taker(make_topic(second, "What helps", host="Sam"), KELI, name="Keli"), came_up="Tea."
    )
    return first, second


@pytest.fixture
def socials() -> tuple[Event, Event]:
    return make_three_parts()


def keli() -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=KELI))
    return client


def page_of(address: str = CARRIED, *, days: int = 10) -> str:
    """What Keli reads so many days later; "" where there is nothing."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        answer = keli().get(address)
    return " ".join(answer.content.decode().split()) if answer.status_code == 200 else ""


def test_what_is_over_is_theirs_and_nobody_elses(socials):
    for page in (page_of(), page_of(CONFIRMATION)):
        assert page.index("The second") < page.index("The first")
        assert [words for words in DONE if words not in page] == []
        assert "Somebody Else" not in page
        assert "technology" not in page
    assert "This is to say that" in page
    assert "keep it for 90 days" in page_of()
    assert [words for words in DONE if words in page_of(days=1)] == []
    assert page_of(CONFIRMATION, days=1) == ""


def test_what_did_not_come_about_is_not_confirmed(socials):
    first, second = socials
    host = first.topics.get().hosts.get()
    for change, gone in (
        (lambda: host_departures.step_down(host), DONE[:1]),
        (lambda: calling_off.cancel(second, reason="Ill.", by=organiser_of(second)), DONE[1:2]),
    ):
        with nothing_stays():
            change()
            page = page_of(CONFIRMATION)
            assert [words for words in DONE if words not in page] == [*gone]


def test_it_costs_the_same_for_two_events_and_for_three(socials, django_assert_max_num_queries):
    counts = []
    for _number in range(2):
        with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
            client = keli()
            with django_assert_max_num_queries(20) as queries:
                client.get(CARRIED)
        counts.append(len(queries))
        event = make_social()
        make_host(make_topic(event), KELI)
        make_helper(make_role(event, "welcome"), KELI)

    assert counts[0] == counts[1]


def test_being_asked_again_is_said_here_too(socials):
    client = keli()

    client.post(CARRIED, {"answer": "yes"})

    assert ask_again.wants(KELI)
    assert "Ask me no more" in client.get(CARRIED).content.decode()
