from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from events.models import Event
from people.models import Group
from tests.factories import make_event, make_group, make_hub, register

pytestmark = pytest.mark.django_db


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_group_shows_who_it_is_and_what_it_does(client):
    group = make_group(
        "Derby Allies",
        about="We meet **monthly**.",
        guiding_values="- Listen first",
        contact_email="hello@example.org",
    )
    make_event(title="Next social", group=group, places=4)
    make_event(title="Last social", group=group, starts_in=timedelta(days=-9))
    make_event(title="Somebody else's")

    page = client.get(group.get_absolute_url())

    assertContains(page, "<h1>Derby Allies</h1>", html=True)
    assertContains(page, "<p>We meet <strong>monthly</strong>.</p>", html=True)
    assertContains(page, "<li>Listen first</li>", html=True)
    assertContains(page, 'href="mailto:hello@example.org"')
    assert [line.title for line in page.context["page"].lines] == ["Next social"]
    assert [line.title for line in page.context["past"].lines] == ["Last social"]
    assertNotContains(page, "Somebody else")
    assertContains(page, f'href="webcal://localhost:8000/groups/{group.slug}/feed.ics"')


def test_its_drafts_are_nobody_s_business(client):
    group = make_group()
    make_event(title="Secret draft", group=group, state=Event.State.DRAFT)
    make_event(title="Secret past draft", group=group, state=Event.State.DRAFT, starts_in=timedelta(days=-9))

    page = client.get(group.get_absolute_url())

    assertNotContains(page, "Secret")
    assertContains(page, "This group has planned no dates yet.")


@pytest.mark.parametrize("state", [Group.State.REQUESTED, Group.State.DECLINED])
def test_a_group_that_is_not_approved_is_not_there(client, state):
    group = make_group("Not yet", state=state)

    assert client.get(group.get_absolute_url()).status_code == 404
    assertNotContains(client.get("/groups/"), "Not yet")


def test_groups_are_listed_with_a_line_about_each(client):
    group = make_group("Derby Allies", about=f"## Who we are\n\nA few. {'many ' * 40}words")

    page = client.get("/groups/")

    assertContains(page, f'<a href="{group.get_absolute_url()}">Derby Allies</a>')
    assertContains(page, "<p>Who we are A few.</p>")


def test_many_dates_come_in_pages(client):
    group = make_group()
    for day in range(21):
        make_event(title=f"Date {day}", group=group, starts_in=timedelta(days=1 + day))

    second = client.get(group.get_absolute_url(), {"page": "2"})

    assert [line.title for line in second.context["page"].lines] == ["Date 20"]
    assert client.get(group.get_absolute_url(), {"page": "3"}).status_code == 404


def test_groups_and_a_group_cost_the_same_for_one_and_for_three(client):
    make_hub()
    group = make_group()
    make_event(group=group, places=2)
    make_event(group=group, starts_in=timedelta(days=-9))
    list_of_one, page_of_one = queries_of(client, "/groups/"), queries_of(client, group.get_absolute_url())
    for _ in range(2):
        make_group()
        register(make_event(group=group, places=2, dates=2))
        make_event(group=group, starts_in=timedelta(days=-90), dates=2)

    assert queries_of(client, "/groups/") == list_of_one == 2
    assert queries_of(client, group.get_absolute_url()) == page_of_one
    assert page_of_one <= 8
