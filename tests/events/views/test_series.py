"""Events that belong together: their page, their calendar, and the ways to both."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from events.models import Event, Series
from tests.factories import make_event, make_group, make_hub, make_session
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
WAY_IN = "https://meeting.example/j/845"


@pytest.fixture
@made_once
def series() -> Series:
    make_hub(is_set_up=True)
    series = Series.objects.create(
        group=make_group("Derby Allies"), title="Solidarity Socials", slug="socials"
    )
    make_event(title="Listening", series=series, group=series.group, dates=2)
    make_event(title="The first one", series=series, group=series.group, starts_in=timedelta(days=-30))
    make_event(title="Another matter", group=series.group)
    return series


def test_a_series_shows_what_comes_and_what_has_been_of_it_alone(client, series):
    page = client.get("/series/socials/")

    assertContains(page, "<h1>Solidarity Socials</h1>", html=True)
    assert [line.title for line in page.context["page"].lines] == ["Listening"]
    assert [line.title for line in page.context["past"].lines] == ["The first one"]
    assertContains(page, f'href="{series.group.get_absolute_url()}"')
    assertContains(page, 'href="webcal://localhost:8000/series/socials/feed.ics"')
    assertNotContains(page, "Another matter")
    assert client.get("/series/socials/?page=2").status_code == 404
    assert (page.cookies, page["Cache-Control"][:6]) == ({}, "public")


def test_its_calendar_holds_its_dates_alone(client, series):
    calendar = client.get("/series/socials/feed.ics").content.decode()

    assert "X-WR-CALNAME:Solidarity Socials" in calendar
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "Another matter" not in calendar


@pytest.mark.parametrize(
    ("state", "page", "feed"),
    [("draft", 404, 200), ("postponed", 200, 200), ("cancelled", 200, 200)],
)
def test_a_series_is_there_when_something_of_it_was_published(client, series, state, page, feed):
    Event.objects.filter(series=series).update(state=state)

    assert client.get("/series/socials/").status_code == page
    assert client.get("/series/socials/feed.ics").status_code == feed
    for address in (series.group.get_absolute_url(), reverse("events:subscribe"), reverse("sitemap")):
        assert (b"/series/socials/" in client.get(address).content) == (page == 200), address


def test_an_event_leads_to_its_series(client, series):
    page = client.get(series.events.get(title="Listening").get_absolute_url())

    assertContains(page, 'One of <a href="/series/socials/">Solidarity Socials</a>')


def test_its_title_leads_into_no_meeting(client, series):
    series.events.update(join_address="")
    event = make_event(series=series, group=series.group, join_address=WAY_IN)
    Series.objects.update(title=f"Come to {WAY_IN}")

    for address in (
        "/series/socials/",
        "/series/socials/feed.ics",
        event.get_absolute_url(),
        series.group.get_absolute_url(),
        reverse("events:subscribe"),
    ):
        assert b"meeting.example" not in client.get(address).content, address


def test_a_series_costs_the_same_for_one_and_for_three(client, series):
    one = _queries(client)
    for event in series.events.all():
        make_session(event, event.starts_at + timedelta(days=3))
    make_event(series=series, group=series.group)

    assert _queries(client) == one <= 8


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/series/socials/").status_code == 200
    return len(queries)
