"""What waits for an organiser about topics and rooms."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breakouts.actions import helpers, host_departures, hosts, questions, review
from breakouts.pages.organise import rooms_to_do
from events.actions import calling_off
from events.models import Event
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of, propose
from tests.factories import make_hub

pytestmark = pytest.mark.django_db


def lines(event: Event) -> list[tuple[str, str]]:
    return [(todo.words, todo.url) for todo in rooms_to_do.for_event(Event.objects.get(pk=event.pk))]


def test_proposals_wait_until_they_are_decided():
    event = make_social()
    propose(event), propose(event, confirmed=False)
    last = propose(event)

    rooms = f"/organise/events/{event.slug}/breakouts/"
    assert lines(event) == [("2 proposals to decide", rooms)]
    review.decline(last.topic, by=organiser_of(event), words="Sorry.")
    assert lines(event) == [("1 proposal to decide", rooms)]


def test_questions_wait_until_they_are_answered():
    event = make_social()
    question = questions.ask(event, text="When?")

    assert lines(event) == [("1 question to answer", f"/organise/events/{event.slug}/questions/")]
    questions.answer(question, text="When?", answer="At three", by=organiser_of(event))
    assert lines(event) == []


def test_rooms_without_a_host_are_named_by_their_numbers():
    event = make_social()
    first, second, third = (make_topic(event) for _ in range(3))
    make_host(second)
    hosts.invite(third, name="Dani", email="dani@example.org", as_co_host=False)
    helpers.want(event, {"notes": 0})

    one = lines(event)
    host_departures.remove(second.hosts.get(), by=organiser_of(event))

    assert one == [
        (
            "Room 1 has no host",
            f"/organise/events/{event.slug}/topics/{first.pk}/",
        )
    ]
    assert [words for words, _url in lines(event)] == ["Rooms 1 and 2 have no host"]


def test_nothing_waits_for_what_is_cancelled():
    event = make_social()
    propose(event), make_topic(event)

    calling_off.cancel(event, reason="Illness.", by=organiser_of(event))

    assert lines(event) == []


def test_where_organisers_begin_each_event_is_named_and_three_cost_no_more_queries_than_one():
    make_hub()
    event = make_social(title="Social 1")
    propose(event)
    client = Client()
    client.force_login(organiser_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")

    def visit() -> tuple[list[tuple[str, str]], int]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/organise/")
        todos = [(card.event.title, todo.words) for card in answer.context["cards"] for todo in card.todos]
        return [todo for todo in todos if "proposal" in todo[1]], len(captured)

    one, queries_for_one = visit()
    for number in (2, 3):
        propose(make_social(title=f"Social {number}", group=event.group))
    three, queries_for_three = visit()

    assert one == [("Social 1", "1 proposal to decide")]
    assert len(three) == 3
    assert queries_for_three == queries_for_one
