"""Where places are kept for groups: what the event's page and the lists say of them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions import quotas
from events.models import Event
from events.models.places import Pair
from events.pages.availability import Availability
from tests.factories import make_event, make_hub, make_quota, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def event() -> Event:
    """Kent has 2 of 3 places left, Liverpool is full and one waits, 2 are held back."""
    make_hub()
    event = make_event(
        title="Allies", places=6, dates=4, needs_every_date=True, missed_date=Event.MissedDate.CATCH_UP
    )
    kent, liverpool = make_quota(event, "Kent", 3), make_quota(event, "Liverpool", 1)
    for quota in (kent, liverpool, liverpool):
        register(event, pair=quota.pair)
    quotas.save(event, saved=[], pool_at=timezone.now() + timedelta(days=2))
    event.refresh_from_db()
    return event


def room(event: Event) -> Availability:
    event.refresh_from_db()
    return Availability.as_it_is(event, timezone.now())


def page(event: Event) -> str:
    return Client().get(event.get_absolute_url()).content.decode()


def queries(url: str) -> int:
    Client().get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Client().get(url).status_code == 200
    return len(asked)


def test_whether_there_are_places_is_answered_by_group(event: Event):
    """What is held back is for nobody who reads it; one line for all once they are shared."""
    kent, liverpool = event.quotas.all()
    assert [share.words for share in room(event).shares] == ["2 places free", "Full. 1 person is waiting"]
    assert room(event).badge == ("Places left in one of two groups", "moss", False)

    for _number in range(2):
        register(event, pair=kent.pair)
    assert (room(event).has_places, room(event).newcomers_wait) == (False, True)
    assert room(event).badge == ("Waiting list open", "gold", False)

    Event.objects.update(has_waiting_list=False)
    assert room(event).badge == ("Full", "clay", False)
    Event.objects.update(has_waiting_list=True, capacity=9)
    quotas.pool(event)
    assert (room(event).shares, room(event).left, room(event).capacity) == ((), 4, 9)
    assert register(event, pair=liverpool.pair).has_place
    assert register(event, pair=Pair()).has_place


def test_the_page_tells_what_each_group_has_the_day_they_are_shared_and_the_dates(event: Event):
    html = page(event)

    for words in ("Kent", "1 of 3 taken", "2 places free", "Liverpool", "Full. 1 person is waiting"):
        assert words in html
    assert "places that nobody has taken go to whoever has waited longest" in html
    assert "You need to be free for all four" in html
    assert html.count('class="dateset__words"') == 4
    assert "If you are not there on a date" in html
    assert "css/programme.css" in html
    for held_back in ("of 6", "Held back"):
        assert held_back not in html

    last = event.sessions.all()[3]
    with time_machine.travel(last.starts_at - timedelta(days=10)):
        assert "You need to be free for both" in page(event)  # one cannot come to what is over
    Event.objects.update(capacity=9)
    quotas.pool(event)
    assert "3 of 9 places are taken." in page(event)
    assert 'class="shares"' not in page(event)


def test_what_groups_cost_the_page_of_an_event_and_a_list_however_many_they_are(
    event: Event,
):
    calendar = reverse("events:home")
    with_groups, listed = queries(event.get_absolute_url()), queries(calendar)
    for _number in range(2):
        other = make_event(places=5)
        make_quota(other, "Kent", 3)
    assert queries(calendar) == listed
    Event.objects.update(has_quotas=False, pool_at=None)
    assert with_groups - queries(event.get_absolute_url()) <= 2
    assert listed - queries(calendar) == 2


def test_groups_for_one_way_each_stay_two_lines_when_they_are_shared():
    event = make_event(places=10, format="both")
    for way, places in (("in_person", 2), ("online", 8)):
        make_quota(event, "Kent", places, way=way)
    Event.objects.update(pool_at=timezone.now())
    assert names(room(event)) == ["Kent, In person", "Kent, Online"]

    quotas.pool(event)

    assert names(room(event)) == ["In person", "Online"]


def names(room: Availability) -> list[Any]:
    return [share.name for share in room.shares]
