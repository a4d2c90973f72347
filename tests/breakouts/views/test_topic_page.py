"""The page of a topic that was accepted, for everyone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import hosts, review
from breakouts.models import BreakoutPlan, RecapPart, Topic
from tests.breakouts.factories import make_social, make_topic, organiser_of, propose
from tests.factories import make_event, make_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_accepted_topic_has_a_page_for_everyone():
    event = make_social()
    topic = make_topic(event, "How do we bring people together?", host="Keli", content_note="Loneliness")
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True)
    hosts.agree(sam, values=None)

    page = words(Client().get(topic.get_absolute_url()))

    assert '<h1 class="asks">How do we bring people together?</h1>' in page
    assert "Hosted by Keli and Sam" in page
    assert "Loneliness" in page
    assert "Save my place" in page
    assert "Offer to host" not in page
    assert "sam@example.org" not in page


def test_a_topic_without_a_host_invites_everyone():
    event = make_social()
    topic = make_topic(event)

    page = words(Client().get(topic.get_absolute_url()))

    assert "Host wanted: could you hold this conversation?" in page
    assert reverse("breakouts:adoption", args=[event.slug, topic.pk]) in page


def test_somebody_who_was_asked_is_not_named_and_nobody_else_is_invited():
    topic = make_topic(make_social())
    hosts.invite(topic, name="Sage", email="sage@example.org", as_co_host=False)

    page = words(Client().get(topic.get_absolute_url()))

    assert "Somebody has been asked to host." in page
    assert "Sage" not in page
    assert "Host wanted" not in page


@pytest.mark.parametrize("state", ["new", "proposed", "change_wanted", "declined", "withdrawn", "merged"])
def test_what_is_no_room_has_no_page(state):
    topic = propose(make_social(), confirmed=False).topic
    Topic.objects.filter(pk=topic.pk).update(state=state)

    assert Client().get(topic.get_absolute_url()).status_code == 404


def test_a_folded_room_has_no_page_any_more():
    event = make_social()
    topic = make_topic(event)
    review.fold(topic, by=organiser_of(event))

    assert Client().get(topic.get_absolute_url()).status_code == 404


def test_a_topic_is_found_under_its_own_event_only():
    topic, other = make_topic(make_social()), make_event()

    assert Client().get(reverse("breakouts:topic", args=[other.slug, topic.pk])).status_code == 404


def test_once_the_event_has_begun_nobody_is_invited_any_more():
    topic = make_topic(make_social())

    with time_machine.travel(topic.event.starts_at + timedelta(minutes=1), tick=False):
        page = words(Client().get(topic.get_absolute_url()))

    assert "Offer to host" not in page
    assert "Save my place" not in page


def test_a_published_recap_is_linked_where_it_says_something_of_the_room():
    event = make_social()
    spoken, silent = make_topic(event), make_topic(event)
    RecapPart.objects.create(topic=spoken, text="We laughed.", is_checked=True)
    link = f"{reverse('breakouts:recap', args=[event.slug])}#room-{spoken.number}"
    assert link not in words(Client().get(spoken.get_absolute_url()))

    BreakoutPlan.objects.filter(event=event).update(recap_published_at=timezone.now())

    assert link in words(Client().get(spoken.get_absolute_url()))
    assert "What came up" not in words(Client().get(silent.get_absolute_url()))


def test_the_page_of_a_topic_is_cheap_and_may_be_kept_by_any_cache():
    event = make_social()
    topic = make_topic(event, host="Keli")
    for _ in range(5):
        make_topic(event)
    client = Client()

    with CaptureQueriesContext(connection) as queries:
        page = client.get(topic.get_absolute_url())

    assert len(queries) <= 6
    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not page.cookies
    again = client.get(topic.get_absolute_url(), headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
