"""Proposing a topic from the event's page, without an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.models import BreakoutPlan, Host, Topic
from events.actions import calling_off
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic, organiser_of, propose
from tests.factories import make_hub, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


def form_of(event: Event) -> str:
    return reverse("breakouts:topic_new", args=[event.slug])


def typed(**more: object) -> dict[str, object]:
    return {
        "title": "How do we handle our mistakes?",
        "why": "We all make them.",
        "hosting": "someone_else",
        "name": "Dani",
        "email": "dani@example.org",
    } | more


def send(event: Event, **more: object):
    return Client().post(form_of(event), typed(**more))


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_proposal_leads_to_the_inbox():
    event = make_social()

    response = send(event, hosting="with_co_host", co_host_name="Sam", co_host_email="sam@example.org")

    topic = event.topics.get()
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("breakouts:topic_sent", args=[event.slug]),
    )
    assert (topic.title, topic.why, topic.hosting) == (
        "How do we handle our mistakes?",
        "We all make them.",
        "with_co_host",
    )
    assert (topic.proposers.get().name, topic.hosts.get().email) == ("Dani", "sam@example.org")
    assert list(OutgoingMail.objects.values_list("kind", "to_email")) == [
        ("proposal-confirm", "dani@example.org")
    ]


def test_the_answer_is_the_same_whether_or_not_it_was_proposed_before():
    event = make_social()
    propose(event, "Names", why="They matter.", email="dani@example.org")

    known = send(event, title="Names", why="They matter.")
    new = send(event, title="Names", why="They matter.", email="sage@example.org")

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])


def test_what_is_missing_is_said_and_nothing_typed_is_lost():
    event = make_social()

    response = send(
        event, title="", hosting="", why="We all make them.", support="A guide", content_note="Anger"
    )

    page = words(response)
    assert response.status_code == 200
    assert page.index("There is a problem") < page.index("<h1")
    assert 'href="#id_title">Enter what you would like us to talk about' in page
    assert 'href="#id_hosting_0">Choose who would hold the conversation' in page
    for kept in ("We all make them.", "A guide", "Anger", "dani@example.org"):
        assert kept in page
    assert Topic.objects.count() == 0


def test_the_error_summary_follows_the_page():
    with_address = {"why": "https://zoom.us/j/123456789"}

    page = words(
        send(make_social(), title="", hosting="with_co_host", co_host_name="Sam", name="", **with_address)
    )

    problems = page.split("<h1")[0]
    order = ("id_title", "id_why", "id_address_is_meant", "id_co_host_email", "id_name")
    places = [problems.index(f'href="#{name}"') for name in order]
    assert places == sorted(places)


def test_who_would_hold_it_is_left_open_to_begin_with():
    assert " checked" not in words(Client().get(form_of(make_social())))


def test_a_co_host_may_stay_open_and_is_dropped_with_another_choice():
    event = make_social()

    send(event, title="With somebody", hosting="with_co_host")
    send(event, title="Alone", hosting="alone", co_host_name="Sam", co_host_email="sam@example.org")

    assert set(event.topics.values_list("title", flat=True)) == {"With somebody", "Alone"}
    assert Host.objects.count() == 0


@pytest.mark.parametrize(
    ("co_host", "problem"),
    [
        ({"co_host_name": "Sam"}, "Enter their email address, or leave out their name"),
        ({"co_host_email": "sam@example.org"}, "Enter what we may call them"),
        ({"co_host_name": "Me", "co_host_email": "Dani@example.org"}, "This is your own address"),
        ({"co_host_name": "Sam", "co_host_email": "sam at example"}, "in the right form"),
    ],
)
def test_half_a_co_host_is_asked_about(co_host, problem):
    event = make_social()

    response = send(event, hosting="with_co_host", **co_host)

    assert problem in words(response)
    assert Topic.objects.count() == 0


def test_a_way_into_a_meeting_is_asked_about_and_may_stay():
    event = make_social()
    with_link = {"why": "Talk first: https://zoom.us/j/123456789"}

    asked = send(event, **with_link)
    assert "looks like the way into a meeting" in words(asked)
    assert "https://zoom.us/j/123456789" in words(asked)
    sent = send(event, **with_link, address_is_meant="on")

    assert (asked.status_code, sent.status_code) == (200, 302)
    assert "zoom.us" in event.topics.get().why


def test_the_way_into_the_event_itself_may_not_stay_and_its_passcode_is_not_told_from_others():
    event = make_social(join_address="https://vc.example.org/Allies-9x?pwd=Xy7Zq9")
    told = {"why": "See vc [dot] example [dot] org/allies-9x", "address_is_meant": "on"}
    guesses = {"why": "Xy7Zq9 or Ab1Cd2?"}

    refused, guessed = send(event, **told), send(event, **guesses)

    assert "This is the way into the event itself" in words(refused)
    assert guessed.status_code == 302
    assert event.topics.get().why == guesses["why"]


def test_nobody_is_asked_about_addresses_without_one():
    assert "meeting address" not in words(Client().get(form_of(make_social())))


def test_what_is_there_already_stands_beside_the_form():
    event = make_social()
    make_topic(event, "Self-care for empaths")

    assert "Self-care for empaths" in words(Client().get(form_of(event)))


def test_whoever_is_signed_in_need_not_type_who_they_are():
    client, person = Client(), make_person("keli@example.org", name="Keli")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = words(client.get(form_of(make_social())))

    assert 'value="Keli"' in page
    assert 'value="keli@example.org"' in page


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"plan_takes_topics": False}, "No topics are collected for this event"),
        ({"plan_topics_until": timezone.now() - timedelta(hours=1)}, "The list of topics is closed"),
        ({"starts_in": timedelta(hours=-1)}, "This event has begun"),
        ({"starts_in": timedelta(days=-3)}, "This event is over"),
    ],
)
def test_a_closed_list_says_why_and_offers_what_else_one_can_do(fields, heading):
    event = make_social(**fields)

    page = words(Client().get(form_of(event)))

    assert f"<h1>{heading}</h1>" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert event.group.contact_email in page


def test_a_closed_list_names_rooms_that_need_a_host():
    event = make_social(plan_topics_until=timezone.now() - timedelta(hours=1))
    make_topic(event, "Nobody holds this yet")
    make_topic(event, "Held", host="Keli")

    page = words(Client().get(form_of(event)))

    assert "Nobody holds this yet" in page
    assert "Held" not in page


def test_a_cancelled_event_says_so_and_why():
    event = make_social()
    calling_off.cancel(event, reason="Ruth is ill.", by=organiser_of(event))

    page = words(Client().get(form_of(event)))

    assert "This event is cancelled" in page
    assert "Ruth is ill." in page


def test_a_list_that_closes_meanwhile_loses_nothing_typed():
    event = make_social()
    BreakoutPlan.objects.filter(event=event).update(topics_until=timezone.now())

    response = send(event, why="We all make them, and I typed a lot.")

    assert response.status_code == 200
    assert "The list of topics is closed." in words(response)
    assert "Nothing was saved." in words(response)
    assert "We all make them, and I typed a lot." in words(response)
    assert Topic.objects.count() == 0


def test_too_many_that_nobody_confirmed_are_refused_in_words():
    event = make_social()
    for number in range(3):
        send(event, title=f"Topic {number}")

    response = send(event, title="One more")

    assert "wait to be confirmed" in words(response)
    assert "One more" in words(response)


def test_a_draft_has_no_page_to_propose_at():
    event = make_social(state="draft")

    assert Client().get(form_of(event)).status_code == 404
    assert send(event).status_code == 404


@pytest.mark.parametrize("text", ["Ama\x00ra", "‮evil", "👩🏾‍🦽", "<script>alert(1)</script>", "x" * 500])
def test_nothing_that_is_typed_breaks_the_form(text):
    event = make_social()

    response = send(event, title=text, name=text[:90], why=text)

    assert response.status_code in (200, 302)
    assert "<script>alert" not in words(response)
