"""Numbers of one event that can be seen beside one another agree, or say what they count: the lists of organisers, the
tiles and tabs of the event, its list of people, its rooms, and what everybody reads."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from events.actions import leaving
from events.models import Event
from events.pages.organise import guest_list
from tests.breakouts.factories import make_social, make_topic, organiser_of
from tests.factories import make_hub, register
from tests.feedback.factories import put_back
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@made_once
def make_world() -> Event:
    """Two hosts beside three places, of which one is not confirmed; two who wait, and a request."""
    make_hub()
    event = make_social(title="Social", places=3, format="online")
    for title in ("How to listen", "Where we stand"):
        make_topic(event, title, host="Keli")
    register(event, confirmed=False), register(event), register(event)
    register(event), register(event)
    leaving.remove(register(event, "held@example.org"), by=organiser_of(event))
    register(event, "held@example.org")
    return event


def words_of(page) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


def tiles_of(page) -> dict[str, int]:
    return {tile["label"]: tile["number"] for tile in page.context["tiles"]}


def counts_of(page) -> dict[str, int]:
    return {tab["words"]: tab["count"] for tab in page.context["tabs"]}


def test_numbers_of_an_event_agree_or_say_what_they_count():
    event = make_world()
    client = Client()
    client.force_login(organiser_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")
    own = f"/organise/events/{event.slug}"
    taken = "3 of 3 places taken, 2 more for hosts and helpers, 2 waiting"

    first, group = client.get("/organise/"), client.get(f"/organise/groups/{event.group.slug}/")
    overview, people, rooms = (client.get(f"{own}/{tab}") for tab in ("", "registrations/", "breakouts/"))
    public = words_of(Client().get(event.get_absolute_url()))
    parts = {part.key: number for part, number in guest_list.Roll(event, event.registrations.all()).counts()}

    assert [page for page in (first, group) if taken not in words_of(page)] == []
    assert first.context["cards"][0].words.endswith(taken)
    assert tiles_of(overview) == {
        "Places taken": 3,
        "Requests": 1,
        "Waiting list": 2,
        "Of the places, held for now": 1,
        "Access still to arrange": 0,
    }
    assert overview.context["tiles"][0]["words"] == "of 3 places, and 2 more for hosts and helpers"
    assert counts_of(overview)["People"] == 3 + 2 + 1 + 2 == parts["live"] == len(people.context["guests"])
    assert parts["live"] == sum(parts[key] for key in ("coming", "to-confirm", "waiting", "asked", "offered"))
    assert counts_of(overview)["Rooms"] == 2 == len(rooms.context["rooms"])
    assert "All 3 places are taken" in public
    assert "2 people are waiting" in public

    put_back(event, timedelta(days=2))
    overview, people = client.get(f"{own}/"), client.get(f"{own}/registrations/")

    assert tiles_of(overview) == {"Had a place": 4, "Waiting list": 2, "Requests": 1, "Never confirmed": 1}
    assert counts_of(overview)["People"] == sum(tiles_of(overview).values()) == len(people.context["guests"])
    assert "4 people had a place" in words_of(client.get(f"/organise/groups/{event.group.slug}/"))
    assert not re.search(r"Coming: |On the waiting list: |Somebody has to agree: ", words_of(people))
