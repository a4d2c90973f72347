"""Who sits where, for the organisers: the page, and the file for Zoom."""

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import rooms
from breakouts.pages import zoom
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, organiser_of, sit
from tests.factories import make_event, make_hub, make_organiser, register

pytestmark = pytest.mark.django_db

QUERIES = 13
CANARIES = {"needs": {"bsl": "Canary need"}, "name": "Amara Okafor", "pronouns": "she/her"}


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def look(event, name: str = "rooms_sheet"):
    make_hub()
    return signed_in(organiser_of(event)).get(reverse(f"organise:{name}", args=[event.slug]))


@pytest.fixture
def event():
    return make_social(plan_call_name="Ruth", plan_call_phone="01332 000000")


def test_the_sheet_says_who_sits_where_and_whom_to_call(event):
    topic = make_topic(event, "Learning to listen", host="Dani")
    make_helper(make_role(event), name="Niamh", topic=topic)
    sit(event, topic, "amara@example.org", **CANARIES)

    html = look(event).content.decode()

    for words in ("Learning to listen", "Dani", "Niamh", "Amara", "(she/her)", "Ruth, 01332 000000"):
        assert words in html


def test_no_need_no_address_and_no_way_into_a_meeting_stand_on_the_sheet(event):
    topic = make_topic(event, join_address="https://meeting.example/room-1")
    sit(event, topic, "amara@example.org", **CANARIES)

    html = look(event).content.decode()

    assert "Amara" in html
    for secret in ("Canary", "Sign Language", "amara@example.org", "Okafor", "meeting.example"):
        assert secret not in html


def test_without_rooms_the_page_says_so(event):
    assert "There are no rooms yet." in look(event).content.decode()


def test_an_event_without_breakouts_has_no_sheet():
    event = make_event()

    assert [look(event, name).status_code for name in ("rooms_sheet", "rooms_csv")] == [404, 404]


def test_organisers_of_other_groups_find_nothing(event):
    make_hub()
    client = signed_in(make_organiser(make_event().group))

    for name in ("rooms_sheet", "rooms_csv"):
        assert client.get(reverse(f"organise:{name}", args=[event.slug])).status_code == 404


def test_the_file_begins_with_the_header_of_zoom_and_nothing_before_it(event):
    topic = make_topic(event, "What is privilege and what can we do about it?")
    sit(event, topic, "amara@example.org")

    response = look(event, "rooms_csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response.content == (
        b"Pre-assign Room Name,Email Address\r\n"
        b"1 What is privilege and what\xe2\x80\xa6,amara@example.org\r\n"
    )


def test_nobody_who_decides_on_the_day_is_in_the_file(event):
    sit(event, make_topic(event), "amara@example.org")
    rooms.choose(register(event, "later@example.org"), None)

    assert b"later@example.org" not in look(event, "rooms_csv").content


def test_a_file_without_rows_is_a_page_instead(event):
    make_topic(event)

    response = look(event, "rooms_csv")

    assert response["Content-Type"].startswith("text/html")
    assert "so the file would be empty" in response.content.decode()


def test_too_much_for_zoom_is_a_page_instead_and_no_link(event, monkeypatch):
    monkeypatch.setattr(zoom, "MOST_PEOPLE", 1)
    topic = make_topic(event)
    sit(event, topic), sit(event, topic)

    page, answer = look(event).content.decode(), look(event, "rooms_csv")

    assert reverse("organise:rooms_csv", args=[event.slug]) not in page
    assert "These are 2 people, and Zoom takes at most" in page
    assert "<h1>No file for Zoom</h1>" in answer.content.decode()
    assert "Content-Disposition" not in answer


def test_what_the_file_cannot_do_is_said_before_the_link(event):
    topic = make_topic(event)
    sit(event, topic, "+44@example.org", name="Plus"), sit(event, topic)

    html = look(event).content.decode()

    link = html.index(reverse("organise:rooms_csv", args=[event.slug]))
    assert html.index("please move them by hand") < link
    assert html.index("Their address begins with a sign") < link
    assert html.index("Only people who are signed in to a Zoom account") < link


@pytest.mark.parametrize(("how_many_rooms", "how_many_people"), [(1, 3), (3, 9)])
def test_the_page_costs_the_same_for_few_and_for_many(
    event, django_assert_num_queries, how_many_rooms, how_many_people
):
    topics = [make_topic(event, host=f"Host{number}") for number in range(how_many_rooms)]
    for number in range(how_many_people):
        sit(event, topics[number % how_many_rooms])
    make_hub()
    client, page = signed_in(organiser_of(event)), reverse("organise:rooms_sheet", args=[event.slug])
    client.get(page)

    with django_assert_num_queries(QUERIES):
        client.get(page)
