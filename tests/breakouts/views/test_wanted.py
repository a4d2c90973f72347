"""What is wanted at all events, on one page for everyone."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from breakouts.actions import hosts
from breakouts.models import BreakoutPlan
from breakouts.views import wanted as views
from events.actions import calling_off
from events.models import Event
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic, organiser_of
from tests.factories import make_group, make_hub
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db
WANTED = reverse("breakouts:wanted")


@made_once
def make_two_socials() -> tuple[Event, Event]:
    """One with a room of each kind and two roles; a later one, in a place, with a role."""
    make_hub()
    first = make_social(title="The first", group=make_group("Derby People", slug="derby"))
    make_topic(first, "Open room")
    make_topic(first, "Hosted room", host="Keli")
    asked = make_topic(first, "Asked room")
    hosts.invite(asked, name="Sage", email="sage@example.org", as_co_host=False)
    make_helper(make_role(first, "notes", wanted=3))
    make_helper(make_role(first, "tech", wanted=1))
    second = make_social(title="The second", starts_in=timedelta(days=9), format=Event.Format.IN_PERSON)
    make_role(second, "welcome")
    return first, second


@pytest.fixture
def socials() -> tuple[Event, Event]:
    return make_two_socials()


def page_of(query: str = "") -> str:
    answer = Client().get(f"{WANTED}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_nobody_has_in_hand_is_wanted_and_leads_to_the_form_for_it(socials):
    first, second = socials
    page = page_of()

    assert page.index("The first") < page.index("The second")
    assert reverse("breakouts:adoption", args=[first.slug, first.topics.get(title="Open room").pk]) in page
    assert f"{reverse('breakouts:help', args=[first.slug])}?role=notes" in page
    assert f"{reverse('breakouts:help', args=[second.slug])}?role=welcome" in page
    assert "2 people wanted" in page
    # Hosted, asked, filled; and nobody's name.
    for word in ("Hosted room", "Asked room", "role=tech", "Keli", "Sage"):
        assert word not in page


def test_what_can_no_longer_be_offered_is_wanted_no_longer(socials):
    (first, second), by = socials, organiser_of(socials[0])

    def at(moment):
        with time_machine.travel(moment, tick=False):
            return page_of()

    assert "The first" in at(first.starts_at - timedelta(minutes=1))
    assert "The first" not in at(first.starts_at + timedelta(minutes=1))
    assert "Everybody is found" in at(second.starts_at + timedelta(minutes=1))
    for change in (
        lambda: calling_off.cancel(first, reason="Ill.", by=by),
        lambda: calling_off.postpone(first, reason="Ill.", by=by),
        lambda: Event.objects.filter(pk=first.pk).update(state=Event.State.DRAFT),
        lambda: Event.objects.filter(pk=first.pk).update(is_unlisted=True),
        lambda: make_host(first.topics.get(title="Open room")) and make_role(first, "notes", wanted=1),
    ):
        with nothing_stays():
            change()
            assert "The first" not in page_of()


def test_the_list_is_narrowed_to_a_group_and_to_how_it_takes_place(socials):
    assert "The second" not in page_of("?group=derby")
    assert "The first" not in page_of("?format=in_person")
    assert "Nothing is wanted there" in page_of("?group=derby&format=in_person")


def test_a_long_list_comes_in_pages(socials, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 1)

    assert ["The first" in page_of("?page=1"), "The second" in page_of("?page=1")] == [True, False]
    assert ["The first" in page_of("?page=2"), "The second" in page_of("?page=2")] == [False, True]


def test_the_page_keeps_the_way_in_to_itself(socials):
    first, _second = socials
    first.join_address = "https://meet.example/room-4711"
    first.save()
    plan = BreakoutPlan.objects.get(event=first)
    plan.on_the_page["topics"][0]["title"] = "See meet.example/room-4711"
    with nothing_stays():
        plan.save()
        assert "room-4711" not in page_of()


def test_it_costs_the_same_for_one_event_and_for_three(socials, django_assert_num_queries):
    with django_assert_num_queries(4):
        page_of("?group=derby")
    for _number in range(2):
        make_role(make_social(), "notes")
    with django_assert_num_queries(4):
        page_of("?format=online")
