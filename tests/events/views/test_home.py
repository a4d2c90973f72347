from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertInHTML, assertNotContains

from events.actions import publishing
from events.models import AccessInPlace, Event
from tests.factories import make_event, make_hub, make_person, register

pytestmark = pytest.mark.django_db
HOME = "/"


def test_it_welcomes_in_the_hub_s_own_words(client):
    make_hub(
        welcome_title="Come as you are.",
        welcome_text="Free & friendly.",
        always_in_place="Captions\n\nBreaks",
    )

    page = client.get(HOME)

    assertContains(page, "<h1>Come as you are.</h1>", html=True)
    assertContains(page, "Free &amp; friendly.")
    assertContains(page, "<span>Captions</span>")
    assertContains(page, "<span>Breaks</span>")


def test_what_is_coming_up_leads_to_its_page(client):
    event = make_event(title="Being better allies", places=5)
    register(event)

    page = client.get(HOME)

    assertContains(page, f'<h3><a href="{event.get_absolute_url()}">Being better allies</a></h3>', html=True)
    assertContains(page, "4 places left")


def test_what_is_not_published_or_over_is_not_coming_up(client):
    make_event(title="Secret draft", state=Event.State.DRAFT)
    publishing.take_back(make_event(title="Taken back"))
    make_event(title="Long ago", starts_in=timedelta(days=-40))

    page = client.get(HOME)

    for title in ("Secret draft", "Taken back", "Long ago"):
        assertNotContains(page, title)
    assertContains(page, "No dates are planned right now.")


def test_only_the_next_six_are_shown_and_the_rest_is_a_link_away(client):
    for week in range(7):
        make_event(title=f"Social {week}", starts_in=timedelta(days=60 + week))

    page = client.get(HOME)

    assertContains(page, "Social 5")
    assertNotContains(page, "Social 6")
    assertContains(page, "See all that is coming up")


def test_the_list_is_filtered_by_the_address_alone(client):
    online = make_event(title="Meet online", format="online")
    make_event(title="Meet in Derby", format="in_person")
    AccessInPlace.objects.create(event=online, code="captions")

    page = client.get(HOME, {"format": "online", "access": "captions"})

    assertContains(page, "Meet online")
    assertNotContains(page, "Meet in Derby")
    assertInHTML('<option value="captions" selected>Live captions</option>', page.content.decode())
    assertContains(page, f"{reverse('events:subscribe')}?format=online&amp;access=captions")


def test_the_month_stands_below(client):
    event = make_event(title="Right now", starts_in=timedelta(minutes=1))

    page = client.get(HOME)

    assertContains(page, f'<a class="chip chip--social" href="{event.get_absolute_url()}">')


def test_a_visitor_gets_no_cookie_and_any_cache_may_keep_the_page(client):
    make_event()

    page = client.get(HOME)

    assert page.cookies == {}
    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert client.get(HOME, headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_the_page_of_somebody_signed_in_stays_in_their_browser(client):
    client.force_login(make_person())

    assert client.get(HOME)["Cache-Control"] == "private, no-cache"


def test_a_hub_that_nobody_has_set_up_has_a_home_too(client):
    assertContains(client.get(HOME), "<h1>AllyHub</h1>", html=True)


def test_it_answers_reading_only(client):
    assert client.post(HOME).status_code == 405
    assert client.head(HOME).status_code == 200


def test_three_events_cost_as_many_queries_as_one(client):
    make_event(places=3)
    one = _queries(client)
    for _ in range(2):
        register(make_event(places=3, dates=2))

    assert _queries(client) == one
    assert one <= 12


def _queries(client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(HOME)
    return len(queries)
