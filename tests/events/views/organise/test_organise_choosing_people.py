"""The list of people narrowed by group of places, way and date; and what follows the same choice: a table, a letter."""

import csv

import pytest
from django.test import Client

from events.actions import letters, listed
from events.models import Attendance, Event, Registration
from events.models.places import Pair
from tests.factories import (
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_quota,
    register,
    write_letter,
)
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

LIST = "/organise/events/programme/registrations/"


@pytest.fixture
@made_once
def event() -> Event:
    """Kent is full and two wait, one place of City is taken; Di belongs to neither. Ama was there on the first date, Bo
    cannot come to it."""
    make_hub()
    event = make_event(group=make_group("Allies", slug="allies"), slug="programme", places=10, dates=2)
    make_organiser(event.group, name="Ruth", email="ruth@example.org")
    kent, city = make_quota(event, "Kent", 2), make_quota(event, "City", 3)
    for name, pair in (
        ("Ama", Pair(kent.pk, "online")),
        ("Bo", Pair(kent.pk, "in_person")),
        ("Cy", Pair(city.pk, "online")),
        ("Di", Pair()),
        ("Ed", Pair(kent.pk)),
        ("Flo", Pair(kent.pk)),
    ):
        register(event, f"{name.lower()}@example.org", name=name, pair=pair)
    note(event, "Ama", was_there=True, noted_how=Attendance.How.DOOR)
    note(event, "Bo", can_come=False)
    note(event, "Cy", can_come=True)
    return event


def note(event: Event, name: str, **known: object) -> None:
    guest = event.registrations.get(name=name)
    Attendance.objects.create(registration=guest, session=event.sessions.first(), **known)


@pytest.fixture
def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(event.group.memberships.get().person)
    return client


def choices(event: Event) -> dict[str, tuple[dict[str, str], str]]:
    """What is asked, and who is shown."""
    kent, city = (str(quota.pk) for quota in event.quotas.all())
    first = event.sessions.first().pk
    return {
        "everyone": ({}, "Ama Bo Cy Di Ed Flo"),
        "a group": ({"group": kent}, "Ama Bo Ed Flo"),
        "no group": ({"group": "none"}, "Di"),
        "a way": ({"way": "online"}, "Ama Cy"),
        "was there": ({"date": f"{first}-there"}, "Ama"),
        "was not there": ({"date": f"{first}-not-there"}, "Bo Cy"),
        "can come": ({"date": f"{first}-can"}, "Cy"),
        "cannot come": ({"date": f"{first}-cannot"}, "Bo"),
        "several things": ({"group": kent, "way": "online", "part": "coming"}, "Ama"),
        "several, nobody": ({"group": city, "date": f"{first}-cannot"}, ""),
        "what is not there": ({"group": "999", "way": "by boat", "date": "9-there"}, "Ama Bo Cy Di Ed Flo"),
    }


def test_the_list_the_table_and_a_letter_are_narrowed_alike(signed_in, event):
    wrong = {}
    for name, (asked, expected) in choices(event).items():
        page = signed_in.get(LIST, asked)
        shown = [guest.registration.name for guest in page.context["guests"]]
        counted = page.context["page"].paginator.count
        table = rows(signed_in.get(LIST.rstrip("/") + ".csv", asked))
        with nothing_stays():
            letter = write_letter(
                event, "Hello", page.context["listed"].code, by=event.group.memberships.get().person
            )
            written = event.registrations.filter(pk__in=letters.is_for(letter)).order_by("name")
            found = (shown, [row["Name"] for row in table], [guest.name for guest in written])
        if found != (expected.split(),) * 3 or counted != len(expected.split()):
            wrong[name] = (*found, counted)

    assert wrong == {}


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))


def test_each_line_says_group_way_line_and_dates(signed_in, event):
    page = signed_in.get(LIST)

    said = {
        guest.registration.name: (guest.state, guest.place_of, guest.dates.partition(":")[0])
        for guest in page.context["guests"]
    }
    numbers = {option.name: option.number for each in page.context["filters"][1:3] for option in each.options}

    assert said == {
        "Ama": ("Confirmed", "Kent, Online", "Was there"),
        "Bo": ("Confirmed", "Kent, In person", "Cannot come"),
        "Cy": ("Confirmed", "City, Online", "Can come"),
        "Di": ("Waiting, number 1", "", ""),
        "Ed": ("Waiting, number 1", "Kent", ""),
        "Flo": ("Waiting, number 2", "Kent", ""),
    }
    assert numbers == {"All": None, "Kent": 4, "City": 1, "Of no group": 1, "In person": 1, "Online": 2}


def test_the_table_has_columns_for_groups_ways_and_dates(signed_in, event):
    day, next_day = (f"{session.starts_at:%Y-%m-%d}" for session in event.sessions.all())

    table = {row["Name"]: row for row in rows(signed_in.get(LIST.rstrip("/") + ".csv"))}

    assert [*table["Ama"]] == [
        *("Number", "Name", "Pronouns", "Email", "State"),
        *("Group of places", "How they come", day, next_day, "Asked on"),
    ]
    assert [table["Ama"][name] for name in ("Group of places", "How they come", day, next_day)] == [
        *("Kent", "Online", "Was there", ""),
    ]


def test_the_list_leads_to_a_letter_to_exactly_these(signed_in, event):
    kent = event.quotas.first()
    link = f"/organise/events/programme/messages/?to=list%3Alive%3A{kent.pk}%3A%3A"

    listed_page = signed_in.get(LIST, {"group": kent.pk}).content.decode()
    new = signed_in.get(link).context["form"]

    assert link in listed_page
    assert new.initial["audience"] == [f"list:live:{kent.pk}::"]
    assert [str(words) for _code, words in new.fields["audience"].choices][0] == "Everyone registered, Kent"


def test_a_choice_of_something_that_is_gone_is_nobodys(event):
    codes = [
        "list:live:999::",
        "list:live:::9-there",
        "list:unheard-of:::",
        "list:",
        "coming",
        "list:live::::",
    ]

    assert [listed.read(event, code) for code in codes] == [None] * len(codes)


def test_one_mailbox_written_in_two_ways_is_shown_as_a_possible_double(signed_in, event):
    register(event, "a.m.a+two@example.org", name="Someone else")
    register(event, "ama+work@example.org", name="A. Nother")

    doubles = [
        guest.registration.name for guest in signed_in.get(LIST).context["guests"] if guest.may_be_double
    ]

    assert doubles == ["A. Nother", "Ama"]
    assert Registration.objects.filter(event=event).count() == 8
