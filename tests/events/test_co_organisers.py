"""Whoever looks after the people of one group of places sees them, and nobody else."""

from dataclasses import dataclass

import pytest
from django.http import Http404

from events.models import Event, Quota, Registration
from events.permissions import event_with_people_of, people_run_by, quotas_run_by
from people.models import Person
from tests.factories import (
    make_co_organiser,
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_person,
    make_quota,
    register,
)
from tests.worlds import made_once


@dataclass
class World:
    event: Event
    kent: Quota
    city: Quota
    ours: Registration
    theirs: Registration
    people: dict[str, Person]


@made_once
def make_world() -> World:
    """Two groups of places with a person each, and whoever might look after them."""
    make_hub()
    group = make_group("Socials", slug="socials")
    event = make_event(group=group, slug="programme", places=20)
    kent, city = make_quota(event, "Kent", 5), make_quota(event, "City", 5)
    elsewhere = make_quota(make_event(slug="elsewhere"), "Kent", 5)
    people = {
        "organiser": make_organiser(group, name="Olu"),
        "kent": make_co_organiser(kent, name="Kim"),
        "both": make_co_organiser(kent, city, name="Bo"),
        "elsewhere": make_co_organiser(elsewhere, name="Eve"),
        "other organiser": make_organiser(make_group("Others")),
        "nobody": make_person(name="Nan"),
    }
    ours = register(event, "ours@kent.example", name="Oda", pair=kent.pair)
    theirs = register(event, "theirs@city.example", name="Theo", pair=city.pair)
    return World(event, kent, city, ours, theirs, people)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


SEEN = {
    "organiser": ["Oda", "Theo"],
    "kent": ["Oda"],
    "both": ["Oda", "Theo"],
    "elsewhere": [],
    "other organiser": [],
    "nobody": [],
}


def test_each_sees_the_people_of_their_own_quotas(world):
    names = {}
    for who, person in world.people.items():
        names[who] = sorted(people_run_by(person, world.event).values_list("name", flat=True))

    assert names == SEEN


def test_who_sees_nobody_finds_no_event_and_the_rest_know_their_quotas(world):
    found = {}
    for who, person in world.people.items():
        try:
            event = event_with_people_of(person, "programme")
        except Http404:
            found[who] = []
        else:
            found[who] = sorted(people_run_by(person, event).values_list("name", flat=True))
            assert [quota.name for quota in quotas_run_by(person, event)] == (
                ["Kent"] if who == "kent" else ["Kent", "City"]
            )

    assert found == SEEN


def test_the_role_ends_with_the_approval_of_the_group(world):
    world.event.group.state = "declined"
    world.event.group.save()

    assert not people_run_by(world.people["kent"], world.event).exists()
