"""The recap as everyone reads it, and asking for something to be taken out."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from breakouts.actions import recaps
from breakouts.models import RecapPart, TakeOut
from events.actions import leaving
from tests.breakouts.factories import make_part, make_recap, make_social, make_topic
from tests.factories import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_social()


@pytest.fixture
def topic(event):
    return make_topic(event, "Names", host="Keli Weston")


@pytest.fixture
def afterwards(event, topic):
    """It is the evening after the event."""
    with time_machine.travel(event.ends_at + timedelta(hours=3), tick=False):
        yield


def address_of(event) -> str:
    return reverse("breakouts:recap", args=[event.slug])


def test_the_recap_is_not_there_until_it_is_published_and_after_it_is_taken_back(client, event, topic):
    make_part(topic)
    assert client.get(address_of(event)).status_code == 404

    recaps.publish(event, intro="## Thank you")
    page = client.get(address_of(event))
    assert page.status_code == 200
    assert "public" in page.headers["Cache-Control"]

    recaps.take_back(event)
    assert client.get(address_of(event)).status_code == 404


def test_each_room_has_its_number_its_hosts_first_names_its_points_and_its_sentence(client, event, topic):
    make_recap(topic, "## Points\n\n- We want captions.", sentence="Ask first.")

    page = client.get(address_of(event)).content.decode()

    assert "1. Names" in page
    assert "Hosted by Keli<" in page
    assert "<li>We want captions.</li>" in page
    assert "<h3>Points</h3>" in page
    assert "<p>Ask first.</p></blockquote>" in page
    assert "Weston" not in page


def test_what_is_not_checked_is_nowhere_on_the_page(client, event, topic):
    make_recap(topic)
    make_part(make_topic(event, "Captions"), "- Secret", is_checked=False)

    assert "Secret" not in client.get(address_of(event)).content.decode()


def test_the_page_asks_as_often_for_three_rooms_as_for_one(client, event, topic, django_assert_num_queries):
    make_recap(topic)
    address = address_of(event)
    client.get(address)
    with django_assert_num_queries(6) as one:
        client.get(address)
    for _ in range(2):
        make_part(make_topic(event, host="Sam"))

    with django_assert_num_queries(len(one)):
        client.get(address)


def test_a_ticked_line_goes_at_once(client, event, topic):
    there = register(event)
    part = make_recap(topic, "- My team\n- Captions")
    with time_machine.travel(event.ends_at, tick=False):
        address = reverse("breakouts:take_out", args=[there.token])
        lines = dict(client.get(address).context["form"][f"lines_{topic.pk}"].field.choices)
        ticked = [line for line, words in lines.items() if words == "My team"]
        page = client.post(address, {f"lines_{topic.pk}": ticked}, follow=True).content.decode()

    assert "The line is taken out." in page
    assert "My team" not in page
    part.refresh_from_db()
    assert part.text == "- Captions"
    assert "My team" not in client.get(address_of(event)).content.decode()


def test_before_publishing_it_is_said_in_own_words(client, event, topic):
    there = register(event)
    make_part(topic, "- Not shown yet")
    with time_machine.travel(event.ends_at, tick=False):
        address = reverse("breakouts:take_out", args=[there.token])
        assert "Not shown yet" not in client.get(address).content.decode()
        client.post(address, {"words": "What I said about my team", "which": topic.pk})

    row = TakeOut.objects.get()
    assert (row.words, row.topic, row.was_published) == ("What I said about my team", topic, False)


def test_nothing_ticked_and_nothing_written_is_asked_again(client, event, topic, afterwards):
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        there = register(event)
    address = reverse("breakouts:take_out", args=[there.token])

    assert "Write what should be taken out" in client.post(address, {}).content.decode()
    make_recap(topic)
    assert "Tick a line, or write what should be taken out" in client.post(address, {}).content.decode()
    assert TakeOut.objects.exists() is False


def test_a_line_somebody_else_took_out_meanwhile_is_no_error(client, event, topic, afterwards):
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        there = register(event)
    make_recap(topic)

    answer = client.post(
        reverse("breakouts:take_out", args=[there.token]), {f"lines_{topic.pk}": ["no-such-line"]}
    )

    assert answer.status_code == 302
    assert RecapPart.objects.get().text == "- We want captions."


def test_whoever_was_not_there_or_is_too_early_comes_to_their_own_page(client, event, topic):
    early, left = register(event), register(event)
    leaving.leave(left)

    answers = [client.get(reverse("breakouts:take_out", args=[early.token]))]
    with time_machine.travel(event.ends_at, tick=False):
        answers.append(client.get(reverse("breakouts:take_out", args=[left.token])))

    assert [answer.headers["Location"] for answer in answers] == [
        early.get_absolute_url(),
        left.get_absolute_url(),
    ]


def test_own_page_leads_there_after_the_event(client, event, topic):
    there = register(event)
    address = reverse("breakouts:take_out", args=[there.token])
    assert address not in client.get(there.get_absolute_url()).content.decode()

    with time_machine.travel(event.ends_at, tick=False):
        assert address in client.get(there.get_absolute_url()).content.decode()
