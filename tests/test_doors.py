"""Few files on a story's way: how many of our modules one request enters, counted by walking it.

A module counts once however often it is entered. The process is warm, as it is after the first visitor. Templates do not
count, and neither do the tags that stand in them (templatetags).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import AccessInPlace, Event
from tests.breakouts.factories import make_social, make_topic, offer_to_host
from tests.factories import by_hand, make_event, make_group, make_hub, make_venue

pytestmark = pytest.mark.django_db

OURS = {"allyhub", "breakouts", "concerns", "feedback", "learning", "events", "people", "mail", "kit"}
Request = Callable[[], Any]


@contextmanager
def walked() -> Iterator[set[str]]:
    """The modules of ours that are entered in this block."""
    entered: set[str] = set()

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.partition(".")[0] in OURS and ".templatetags." not in name:
            entered.add(name)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield entered
    finally:
        sys.setprofile(before)


def doors(first: Request, second: Request, *, status: int) -> list[str]:
    """Of the second request."""
    first()
    with walked() as entered:
        answer = second()
    assert answer.status_code == status
    return sorted(entered)


def a_full_page() -> Event:
    group = make_group(guiding_values="- Listen")
    fields = {"description": "## About\n\nWords", "content_note": "Grief", "access_note": "Ask us"}
    event = make_social(group=group, places=5, format="both", venue=make_venue(group), **fields)
    AccessInPlace.objects.create(event=event, code="captions")
    make_topic(event, host="Sam")
    make_topic(event)
    return event


def test_the_doors_of_a_registration():
    make_hub(guiding_values="- Listen")
    event = make_event(places=5)

    def register(email: str) -> Any:
        typed = {"name": "Amara", "email": email, "accepts_values": "on"} | by_hand()
        return Client().post(reverse("events:registration_new", args=[event.slug]), typed)

    entered = doors(lambda: register("a@example.org"), lambda: register("b@example.org"), status=302)

    assert len(entered) <= 15, "\n".join(entered)


def test_the_doors_of_an_event_of_which_nothing_is_kept_yet():
    make_hub(guiding_values="- Listen")
    first, second, client = a_full_page(), a_full_page(), Client()

    entered = doors(
        lambda: client.get(first.get_absolute_url()),
        lambda: client.get(second.get_absolute_url()),
        status=200,
    )

    assert len(entered) <= 24, "\n".join(entered)


def test_the_doors_of_a_hosts_confirmation():
    make_hub(guiding_values="- Listen")
    event, client = make_social(places=5), Client()
    first, second = offer_to_host(make_topic(event)), offer_to_host(make_topic(event))

    def confirm(token: str) -> Any:
        return client.post(reverse("breakouts:host_confirmation", args=[token]), {"accepts_values": "on"})

    entered = doors(lambda: confirm(first.token), lambda: confirm(second.token), status=302)

    assert len(entered) <= 18, "\n".join(entered)
