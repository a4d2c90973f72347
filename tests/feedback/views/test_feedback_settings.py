"""Whether and for how long people are asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from feedback.models import FeedbackRound
from tests.factories import make_event, make_hub, make_organiser
from tests.feedback.factories import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    make_hub()
    return make_event()


@pytest.fixture
def ruth(event):
    client = Client()
    client.force_login(make_organiser(event.group))
    return client


def address(event):
    return reverse("organise:feedback_settings", args=[event.slug])


def test_looking_makes_nothing_and_says_when_people_will_be_asked(ruth, event):
    page = ruth.get(address(event)).content.decode()

    assert not FeedbackRound.objects.exists()
    for words in ("Everyone who had a place gets an email", "one reminder", "The last moment to answer"):
        assert words in page


def test_whether_and_how_long_is_kept(ruth, event):
    ruth.post(address(event), {"days_open": "7"})

    round = FeedbackRound.objects.get(event=event)
    assert (round.is_wanted, round.days_open) == (False, 7)
    assert "Nobody is asked about this event." in ruth.get(address(event)).content.decode()


@pytest.mark.parametrize("days", ["0", "61", "", "many", "-3"])
def test_days_are_from_1_to_60(ruth, event, days):
    page = ruth.post(address(event), {"is_wanted": "on", "days_open": days}).content.decode()

    assert "Enter a number of days from 1 to 60" in page
    assert not FeedbackRound.objects.exists()


def test_a_round_that_is_over_for_good_is_not_begun_again():
    make_hub()
    round = make_round(1, ago=timedelta(days=1))
    FeedbackRound.objects.update(is_settled=True)
    client = Client()
    client.force_login(make_organiser(round.event.group))

    answer = client.post(address(round.event), {"is_wanted": "on", "days_open": "60"}, follow=True)

    assert "Nothing was changed" in answer.content.decode()
    assert FeedbackRound.objects.get().days_open == 14


def test_nobody_is_asked_about_a_cancelled_event(ruth, event):
    Event.objects.update(state="cancelled")

    assert "Nobody is asked about it" in ruth.get(address(event)).content.decode()


def test_others_do_not_find_it(event):
    other = Client()
    other.force_login(make_organiser(make_event().group))

    assert other.get(address(event)).status_code == 404
    assert other.post(address(event), {"days_open": "7"}).status_code == 404


def test_the_way_there_is_on_the_overview_before_the_event_is_over(ruth, event):
    overview = ruth.get(reverse("organise:event", args=[event.slug])).content.decode()

    assert f'href="{address(event)}"' in overview
