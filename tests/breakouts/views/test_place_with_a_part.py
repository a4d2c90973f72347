"""What pages and mails say of a place that came by hosting or helping."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, host_departures
from breakouts.models import Helper, Host
from events.models import Event, Registration
from tests import mails
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic, organiser_of
from tests.factories import make_hub, register

pytestmark = pytest.mark.django_db

SAGE = "sage@example.org"
BECAUSE = "because you host or help"
KEEPS = "stays yours"
GOES = "Your place at the event came with it: you keep it if one is free"
STILL_YOURS = "Your place at the event is still yours"
WAITS_AGAIN = "Your place came with it, so you are back where you stood on the waiting list."
PARTS = ("host", "helper")


@pytest.fixture
def event() -> Event:
    """Full."""
    make_hub()
    event = make_social(places=1, starts_in=timedelta(days=30))
    register(event)
    return event


def take_on(event: Event, part: str) -> Host | Helper:
    return make_host(make_topic(event), SAGE) if part == "host" else make_helper(make_role(event), SAGE)


def give_back(part: Host | Helper) -> None:
    host_departures.step_down(part) if isinstance(part, Host) else helpers.step_down(part)


def own(event: Event) -> Registration:
    return event.registrations.get(email=SAGE)


def read(address: str, client: Client | None = None) -> str:
    """The words of a page."""
    content = (client or Client()).get(address).content.decode()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content)))


def departure(part: Host | Helper) -> str:
    name = "host" if isinstance(part, Host) else "helper"
    return read(reverse(f"breakouts:{name}_departure", args=[part.token]))


@pytest.mark.parametrize("part", PARTS)
def test_the_person_reads_why_they_have_a_place_and_what_becomes_of_it(event, part):
    sage = take_on(event, part)
    page = read(own(event).get_absolute_url())
    assert page.count(f"You have a place {BECAUSE}") >= 1
    assert f"You got a place {BECAUSE}." in page
    assert GOES in departure(sage)

    give_back(sage)

    page = read(own(event).get_absolute_url())
    assert "You are on the waiting list, 1st" in page
    assert "You no longer host or help: you are back where you stood on the waiting list." in page
    assert WAITS_AGAIN in read(sage.get_absolute_url())
    assert STILL_YOURS not in read(sage.get_absolute_url())


@pytest.mark.parametrize("part", PARTS)
def test_an_ordinary_place_is_told_of_as_before(event, part):
    guest = event.registrations.get()
    sage = (
        make_host(make_topic(event), guest.email)
        if part == "host"
        else make_helper(make_role(event), guest.email)
    )
    assert "Your place is saved" in read(guest.get_absolute_url())
    assert KEEPS in departure(sage)

    give_back(sage)

    assert "Your place is saved" in read(guest.get_absolute_url())
    assert STILL_YOURS in read(sage.get_absolute_url())


def test_while_somebody_does_something_else_too_no_page_says_that_their_place_goes(event):
    room, notes = take_on(event, "host"), take_on(event, "helper")

    assert [GOES in departure(part) for part in (room, notes)] == [False, False]
    give_back(room)
    assert STILL_YOURS in read(room.get_absolute_url())
    notes.refresh_from_db()
    assert GOES in departure(notes)


@pytest.mark.parametrize("part", PARTS)
def test_organisers_read_it_too(event, part, client):
    sage = take_on(event, part)
    client.force_login(organiser_of(event))

    listed = read(reverse("organise:registrations", args=[event.slug]) + "?part=volunteers", client)
    assert "1 person" in listed
    assert "Hosts or helps" in listed
    overview = read(reverse("organise:event", args=[event.slug]), client)
    assert "of 1 place, and 1 more for hosts and helpers" in overview
    one = reverse("organise:registration", args=[event.slug, own(event).reference])
    assert "Got a place because they host or help" in read(one, client)
    if isinstance(sage, Host):
        removal = reverse("organise:host_removal", args=[event.slug, sage.topic_id, sage.pk])
    else:
        removal = reverse("organise:helper_removal", args=[event.slug, sage.pk])
    assert "they keep it if one is free" in read(removal, client)

    client.post(removal)

    assert "back where they stood on the waiting list" in read(one, client)
    told = mails.composed(f"{part}-ended", SAGE)
    assert told is not None
    assert "so you are back where you stood on the waiting list" in told.text
    assert "still yours" not in told.text
