"""An event that is passed on: its poster, its card, and what the page says about itself to other sites."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from events.models import AccessInPlace
from tests.factories import make_event, make_hub

pytestmark = pytest.mark.django_db
WAY_IN = "https://meeting.example/j/845"


@pytest.fixture
def event():
    make_hub(access_contact_phone="01632 960 123")
    event = make_event(title="Being <better>", summary=f"Come. {WAY_IN}", join_address=WAY_IN)
    AccessInPlace.objects.create(event=event, code="captions", note="Live captions")
    return event


def test_a_poster_says_what_when_where_and_how_to_get_there(client, event, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get(reverse("events:poster", args=[event.slug])).content.decode()

    for words in (
        "Being &lt;better&gt;",
        "captions",
        "No internet? 01632 960 123",
        f"localhost:8000/events/{event.slug}<",
    ):
        assert words in page, words
    assert f'aria-label="QR code for localhost:8000/events/{event.slug}/"' in page
    sent = f"body=http%3A%2F%2Flocalhost%3A8000%2Fevents%2F{event.slug}%2F"
    assert f"mailto:?subject=Being%20%3Cbetter%3E&amp;{sent}" in page
    assert "meeting.example" not in page


def test_an_event_and_a_list_are_passed_on_from_their_own_page(client, event):
    for page, address in (
        (event.get_absolute_url(), f"localhost:8000{event.get_absolute_url()}"),
        ("/events/", "localhost:8000/events/"),
        ("/events/?format=online", "localhost:8000/events/?format=online"),
    ):
        shown = client.get(page).content.decode()
        assert f'aria-label="QR code for {address}"' in shown, page
        assert f'value="http://{address}"' in shown, page
    assert "QR code" not in client.get("/events/?q=better&format=online").content.decode()
    assert (
        reverse("events:poster", args=[event.slug]) in client.get(event.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed"])
def test_a_poster_of_what_does_not_take_place_says_so_or_is_not_there(client, event, state):
    type(event).objects.update(state=state)

    answer = client.get(reverse("events:poster", args=[event.slug]))

    assert answer.status_code == (404 if state == "draft" else 200)
    assert ("note--clay" in answer.content.decode()) == (state != "draft")
    assert client.get(reverse("events:card", args=[event.slug])).status_code == answer.status_code


def test_a_link_to_an_event_has_a_card_with_its_own_block(client, event):
    page = client.get(event.get_absolute_url()).content.decode()

    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', page))
    assert told["og:title"] == "Being &lt;better&gt;"
    assert told["og:url"] == f"http://localhost:8000/events/{event.slug}/"
    assert f'<link rel="canonical" href="{told["og:url"]}">' in page
    picture = Image.open(BytesIO(client.get(told["og:image"].removeprefix("http://localhost:8000")).content))
    assert picture.size == (int(told["og:image:width"]), int(told["og:image:height"]))
    assert "meeting.example" not in str(told)


def test_two_events_have_two_cards(client, event):
    pictures = {client.get(reverse("events:card", args=[e.slug])).content for e in (event, make_event())}

    assert len(pictures) == 2
