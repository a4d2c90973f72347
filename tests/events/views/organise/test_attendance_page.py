"""Noting on a phone who is there: one press, one press back, and what the second press says."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from tests.factories import came, come, make_co_organiser, make_event, make_organiser, make_quota, register
from tests.permission_walk import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def event() -> Event:
    event = make_event(dates=2, starts_in=timedelta(minutes=5))
    make_organiser(event.group, email="ruth@example.org")
    for name in ("Amara", "Kit", "Sage"):
        register(event, f"{name.lower()}@example.org", name=name)
    return event


@pytest.fixture
def ruth(event: Event) -> Client:
    return signed_in(event.group.memberships.get().person)


def page(event: Event, number: int = 1) -> str:
    return reverse("organise:attendance_on", args=[event.slug, number])


def press(client: Client, event: Event, number: int = 1, **typed: str) -> str:
    return said(client, page(event, number), typed)


def said(client: Client, address: str, typed: dict[str, str]) -> str:
    """The page with mistakes, or what is said on the next one."""
    answer = client.post(address, typed)
    found = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    client.cookies.pop("messages", None)
    return found or answer.content.decode()


def test_one_press_notes_one_takes_it_back_and_a_second_says_what_is_true(event, ruth):
    kit = event.registrations.get(name="Kit")
    presses = [
        ({"here": kit.reference}, "Kit is here.", True),
        ({"here": kit.reference}, "Nothing was changed. Kit was there: Noted by the organisers.", True),
        ({"not_here": kit.reference}, "Kit is not noted any more.", False),
        ({"not_here": kit.reference}, "Nothing was changed. Kit is not noted.", False),
        ({"here": "NOBODY"}, "Nothing was changed. Nobody with a place was chosen.", False),
        ({}, "Nothing was changed. Nobody with a place was chosen.", False),
        ({"walk_in": "1", "name": ""}, "Enter their name", False),
    ]
    for typed, words, is_there in presses:
        assert words in press(ruth, event, **typed)
        assert (typed, came(kit)) == (typed, is_there)

    assert "You can note who comes from" in press(ruth, event, 2, here=kit.reference)
    assert "Noor has a place now, and is here." in press(ruth, event, walk_in="1", name="Noor")
    assert came(event.registrations.get(name="Noor"))


def test_what_somebody_did_themselves_has_no_button(event, ruth):
    come(event.registrations.get(name="Kit"))

    html = ruth.get(page(event), {"q": "kit"}).content.decode()

    assert ("Came in by the link" in html, 'name="here"' in html, 'name="not_here"' in html) == (
        True,
        False,
        False,
    )


def test_without_a_date_the_page_is_about_the_one_of_the_day(event, ruth):
    address = reverse("organise:attendance", args=[event.slug])
    first, second = event.sessions.all()
    for moment, current in (
        (first.opens_at, 1),
        (second.opens_at - timedelta(minutes=1), 1),
        (second.opens_at, 2),
    ):
        with time_machine.travel(moment, tick=False):
            response = ruth.get(address)
        assert response.context["session"].number == current


def test_the_list_on_paper_has_a_column_for_each_date(event, ruth):
    come(event.registrations.get(name="Kit"))

    people = ruth.get(reverse("organise:attendance_list", args=[event.slug])).context["people"]

    assert [(one.name, [column.was_there for column in columns]) for one, columns in people] == [
        ("Amara", [False, False]),
        ("Kit", [True, False]),
        ("Sage", [False, False]),
    ]


def test_the_pages_cost_the_same_for_more_people(event, ruth):
    for name in ("attendance", "attendance_list"):
        address = reverse(f"organise:{name}", args=[event.slug])
        numbers = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as counted:
                ruth.get(address)
            numbers.append(len(counted))
            register(event)
            register(event)
        assert numbers[0] == numbers[1] < 12


def test_a_date_ends_early_with_a_reason(event, ruth):
    address = reverse("organise:attendance_ending", args=[event.slug, 1])

    assert "Enter why it ended early" in ruth.post(address).content.decode()
    assert "Noted: this date counts for everyone." in said(ruth, address, {"reason": "Fire alarm"})
    assert "This has changed meanwhile" in said(ruth, address, {"reason": "Again"})
    assert "Fire alarm" in ruth.get(page(event)).content.decode()


def test_co_organisers_note_the_people_of_their_own_part_alone(event):
    kent = make_quota(event, "Kent")
    sage, kit = event.registrations.get(name="Sage"), event.registrations.get(name="Kit")
    kit.quota = kent
    kit.save()
    kim = signed_in(make_co_organiser(kent))
    come(sage)

    response = kim.get(page(event))
    assert (
        [line.registration.name for line in response.context["people"]],
        response.context["tabs"][0]["count"],
    ) == (
        ["Kit"],
        0,
    )
    assert "Kit is here." in press(kim, event, here=kit.reference)
    for typed in (
        {"here": event.registrations.get(name="Amara").reference},
        {"walk_in": "1", "name": "Noor"},
    ):
        assert "Nothing was changed. Nobody with a place was chosen." in press(kim, event, **typed)
    assert event.registrations.count() == 3
    assert kim.post(reverse("organise:attendance_ending", args=[event.slug, 1])).status_code == 404


def test_it_is_said_beforehand_what_follows_for_whoever_is_not_noted(event, ruth):
    for rule, words in (
        ("allow", "They keep their place."),
        ("catch_up", "are asked how they would like to catch up"),
        ("release", "Their place ends two days later"),
    ):
        Event.objects.update(missed_date=rule)
        assert words in ruth.get(page(event)).content.decode()


def test_who_has_completed_it_and_who_counts_all_the_same(event, ruth):
    Event.objects.update(dates_to_complete=2)
    kit, sage = event.registrations.get(name="Kit"), event.registrations.get(name="Sage")
    for date in event.sessions.all():
        come(kit, date)
    come(sage, how="own_word")
    address = reverse("organise:registration_completion", args=[event.slug, sage.reference])
    listed = reverse("organise:graduation", args=[event.slug])

    def completed() -> dict[str, tuple[bool, str]]:
        lines = ruth.get(listed).context["lines"]
        return {
            line.registration.name: (not line.may_be_counted or bool(line.because), line.dates)
            for line in lines
        }

    assert completed() == {
        "Amara": (False, "0 of 2 dates"),
        "Kit": (True, "2 of 2 dates"),
        "Sage": (False, "1 of 2 dates"),
    }
    assert "Enter why it counts as completed" in ruth.post(address).content.decode()
    counts, undo = {"reason": "Led the second date with us."}, {"undo": "1"}
    for typed, words, is_complete in (
        (counts, "Sage counts as having completed it.", True),
        (counts, "This has changed meanwhile", True),
        (undo, "The dates of Sage count again.", False),
        (undo, "This has changed meanwhile", False),
    ):
        assert words in said(ruth, address, typed)
        assert completed()["Sage"][0] is is_complete
