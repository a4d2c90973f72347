"""The rooms, the help and the questions on the page of an event."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from breakouts.actions import hosts, plans
from breakouts.models import BreakoutPlan
from events.models import Event
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic, propose
from tests.factories import make_event, make_hub, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


def page_of(event: Event) -> str:
    answer = Client().get(event.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_rooms_stand_in_their_order_with_their_hosts():
    event = make_social()
    make_topic(event, "What does being an ally look like?")
    topic = make_topic(event, "Self-care for empaths", host="Keli")
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True)
    hosts.agree(sam, values=None)

    page = page_of(event)

    assert "Breakout rooms so far" in page
    assert page.index("What does being an ally look like?") < page.index("Self-care for empaths")
    assert "Hosted by Keli and Sam" in page
    assert "Offer to host room 1" in page
    assert "Offer to host room 2" not in page


def test_a_room_whose_host_has_been_asked_is_no_open_invitation():
    event = make_social()
    topic = make_topic(event)
    hosts.invite(topic, name="Sage", email="sage@example.org", as_co_host=False)

    page = page_of(event)

    assert "Somebody has been asked to host" in page
    assert "Sage" not in page
    assert "Host wanted" not in page


def test_what_was_proposed_is_not_shown_before_it_is_accepted():
    event = make_social()
    propose(event, "A proposal nobody has read")

    assert "A proposal nobody has read" not in page_of(event)


def test_an_event_without_a_plan_says_nothing_of_rooms():
    assert "Breakout rooms" not in page_of(make_event())


def test_a_plan_without_a_topic_invites_the_first_one():
    page = page_of(make_social())

    assert "Yours can be the first" in page


def test_nothing_is_said_when_there_is_neither_a_topic_nor_a_way_to_propose_one():
    assert "Breakout rooms" not in page_of(make_social(plan_takes_topics=False))


def test_help_that_is_still_wanted_is_named():
    event = make_social()
    make_topic(event)
    make_helper(make_role(event, "notes", wanted=3))
    make_helper(make_role(event, "tech", wanted=1))

    page = page_of(event)

    assert "2 people wanted" in page
    assert "Look after the technology" not in page


def test_after_the_start_nothing_more_is_asked_for():
    event = make_social()
    make_topic(event)
    make_role(event, "notes")

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        page = page_of(event)

    for words in ("Offer to host", "I can help", "Suggest a topic", "Ask before you register"):
        assert words not in page


def test_a_published_recap_is_one_press_away():
    event = make_social(starts_in=timedelta(days=-3))
    make_topic(event)
    BreakoutPlan.objects.filter(event=event).update(recap_published_at=timezone.now())

    assert f"/events/{event.slug}/recap/" in page_of(event)


def test_rooms_cost_no_query_and_few_bytes():
    event = make_social(places=60)
    before = _queries(event)
    for number in range(6):
        make_host(make_topic(event, f"Topic {number}", why="It matters."))
        make_role(event, ("notes", "welcome", "tech", "captions", "timekeeper", "notes")[number])

    assert _queries(event) == before == 6
    assert len(page_of(event)) < 30_000


def test_a_draft_is_previewed_with_its_rooms():
    event = make_event(state="draft", published_at=None)
    plans.begin(event)
    make_topic(event, "What is privilege?")
    client = Client()
    client.force_login(
        make_organiser(event.group), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.get(f"/organise/events/{event.slug}/preview/page/").content.decode()

    assert "What is privilege?" in page


def _queries(event: Event) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(event)
    return len(queries)
