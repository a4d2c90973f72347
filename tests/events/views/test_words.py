"""The pages that explain: calendars to follow, access, values."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from events.models import AccessOffer, Event, Tag
from people.actions import values
from tests.factories import make_event, make_group, make_hub

pytestmark = pytest.mark.django_db
SUBSCRIBE, ACCESS, VALUES = "/calendars/", "/access/", "/values/"


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_whole_calendar_can_be_followed_from_any_program(client):
    make_hub(name="Derby Allies")

    page = client.get(SUBSCRIBE)

    assertContains(page, 'href="webcal://localhost:8000/feed.ics"')
    assertContains(page, 'value="http://localhost:8000/feed.ics"')
    assertContains(
        page, "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%3A8000%2Ffeed.ics"
    )
    assertContains(
        page, "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost%3A8000%2Ffeed.ics"
    )
    for program in ("Google Calendar", "Outlook", "Apple"):
        assertContains(page, f"<dt>{program}</dt>", html=True)
    assertContains(page, "Google may take a day")


@pytest.mark.parametrize(
    ("query", "feed"),
    [
        ("group=derby", "/groups/derby/feed.ics"),
        ("tag=craft", "/tags/craft/feed.ics"),
        ("group=derby&format=online", "/feed.ics?group=derby&amp;format=online"),
        ("q=quilts+%26+tea", "/feed.ics?q=quilts+%26+tea"),
        ("group=nobody", "/feed.ics"),
    ],
)
def test_a_part_of_the_calendar_has_a_feed_of_its_own(client, query, feed):
    event = make_event(group=make_group("Derby Allies", slug="derby"))
    event.tags.add(Tag.objects.create(name="Craft", slug="craft"))

    assertContains(client.get(f"{SUBSCRIBE}?{query}"), f'value="http://localhost:8000{feed}"')


def test_groups_and_topics_to_follow_are_those_with_something_public(client):
    make_event(group=make_group("Derby Allies", slug="derby"))
    draft = make_event(group=make_group("Secret group"), state=Event.State.DRAFT)
    draft.tags.add(Tag.objects.create(name="Secret topic", slug="secret"))

    page = client.get(SUBSCRIBE)

    assertContains(page, '<a href="/calendars/?group=derby">Derby Allies</a>')
    assertNotContains(page, "Secret")


def test_the_access_promise_names_what_there_is_and_how_early_to_ask(client):
    make_hub(
        always_in_place="Captions in every room",
        access_contact_name="Vanessa",
        access_contact_email="access@example.org",
        access_contact_phone="01632 960 123",
    )
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    AccessOffer.objects.create(code="captions", lead_working_days=1)
    AccessOffer.objects.create(code="quiet", lead_working_days=0)

    page = client.get(ACCESS)

    assertContains(page, "<span>Captions in every room</span>")
    assertContains(
        page, "<dt>British Sign Language (BSL) interpreter</dt><dd>Please ask 10 working days before.</dd>"
    )
    assertContains(page, "<dt>Live captions</dt><dd>Please ask 1 working day before.</dd>")
    assertContains(page, "<dt>A quiet space to step out to</dt><dd>Ask at any time.</dd>")
    for contact in ("Vanessa", "mailto:access@example.org", "01632 960 123"):
        assertContains(page, contact)


def test_without_an_access_contact_the_hub_answers(client):
    make_hub(contact_email="hello@example.org")

    assertContains(client.get(ACCESS), "Rather ask a person?")


def test_values_are_the_hub_s_and_those_of_groups_that_have_others(client):
    make_hub(guiding_values="- Listen **first**")
    make_group("Same", slug="same", guiding_values="- Listen **first**")
    make_group("Other", slug="other", guiding_values="- Sing first")
    make_group("None", slug="none", guiding_values="")
    make_group("Requested", slug="requested", guiding_values="- Secret", state="requested")

    page = client.get(VALUES)

    assertContains(page, "<li>Listen <strong>first</strong></li>", count=1, html=True)
    assertContains(page, '<section class="mt-l flow prose" id="other"')
    for absent in ('id="same"', 'id="none"', "Secret"):
        assertNotContains(page, absent)


def test_values_say_since_when_and_what_stood_there_before(client):
    make_hub()
    group = make_group("Other", slug="other")
    for owner in (None, group):
        for number, text in enumerate(("Listen", "Ask first", "", f"Sing {owner}"), 1):
            values.publish(owner, text, since=datetime(2026, number, 5, 12, tzinfo=UTC))

    page = client.get(VALUES)

    assertContains(page, "In force since Sunday 5 April 2026.", count=2)
    assert (
        summaries(page)
        == [
            "What stood here from Thursday 5 February 2026 to Thursday 5 March 2026",
            "What stood here from Monday 5 January 2026 to Thursday 5 February 2026",
        ]
        * 2
    )
    for words in ("Sing None", "Sing Other"):
        assertContains(page, words, count=1)
    for words in ("<p>Listen</p>", "<p>Ask first</p>"):
        assertContains(page, words, count=2, html=True)


def summaries(page) -> list[str]:
    return re.findall(r"<summary>(.*?)</summary>", page.content.decode())


def test_a_hub_without_values_invites_to_write_some(client):
    make_hub(guiding_values="", contact_email="hello@example.org")

    page = client.get(VALUES)

    assertContains(page, "has not written down its values yet")
    assertContains(page, "mailto:hello@example.org")


@pytest.mark.parametrize("address", [SUBSCRIBE, ACCESS, VALUES])
def test_they_cost_the_same_for_one_and_for_three(client, address):
    make_hub()
    _one_of_each("bsl")
    one = queries_of(client, address)
    _one_of_each("captions")
    _one_of_each("quiet")

    assert queries_of(client, address) == one <= 4


def _one_of_each(code: str) -> None:
    event = make_event(group=make_group(guiding_values=f"- {code}"))
    event.tags.add(Tag.objects.create(name=code, slug=code))
    AccessOffer.objects.create(code=code, lead_working_days=3)


@pytest.mark.parametrize("address", [SUBSCRIBE, ACCESS, VALUES])
def test_they_leave_no_cookie(client, address):
    page = client.get(address)

    assert page.cookies == {}
    assert page["Cache-Control"].startswith("public")
    assert client.post(address).status_code == 405
