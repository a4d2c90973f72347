"""Whoever looks after the people of one group of places sees them, and nobody else."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

import pytest
import time_machine
from django.core import mail
from django.http import Http404
from django.test import Client
from django.urls import reverse

from events.actions import co_organisers
from events.actions.my_data import StillHoldsRoles, erase_everything
from events.models import Event, Quota, Registration
from events.permissions import event_with_people_of, people_run_by, quotas_run_by
from mail.actions import outbox
from people.models import AuditLine, Person
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
from tests.permission_walk import signed_in
from tests.worlds import made_once, nothing_stays


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


def of_people(page: str, *more: str, slug: str = "programme") -> str:
    return reverse(f"organise:{page}", args=[slug, *more])


def test_no_page_names_a_person_of_another_quota(world):
    """Nor does a search, a filter of the list or its file, whatever the address asks for."""
    kim = signed_in(world.people["kent"])
    theirs = world.theirs
    world.theirs.name = "Oda Ö"  # so that she may be a double of ours
    world.theirs.save()
    pages = [
        of_people("event"),
        of_people("registrations"),
        f"{of_people('registrations')}?group={world.city.pk}",
        f"{of_people('registrations')}?q={theirs.reference}&all=1",
        f"{of_people('registrations_csv')}?group={world.city.pk}",
        f"{of_people('list_act_new')}?do=off&who={theirs.reference}",
        f"{of_people('list_act_new')}?do=off&all=1",
        of_people("registration", world.ours.reference),
        reverse("organise:overview"),
    ]

    answers = {page: kim.get(page) for page in pages}

    for page, answer in answers.items():
        text = (
            answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()
        )
        assert answer.status_code == 200, page
        assert [word for word in (theirs.email, theirs.name, "2 people") if word in text] == [], page


def test_no_link_on_their_pages_leads_to_one_that_is_not_theirs(world):
    """Whatever else organisers find there by and by."""
    kim = signed_in(world.people["kent"])
    pages = [
        reverse("organise:overview"),
        of_people("event"),
        of_people("registrations"),
        of_people("registration", world.ours.reference),
        of_people("registration_new"),
        f"{of_people('list_act_new')}?do=off&who={world.ours.reference}",
    ]

    met = {}
    for page in pages:
        found = re.findall(r'href="(/organise/[^"#]*|\?[^"]*)', kim.get(page).content.decode())
        for address in {unescape(urljoin(page, one)) for one in found}:
            met[address] = kim.get(address).status_code

    assert len(met) > 5
    assert {address: status for address, status in met.items() if status != 200} == {}


ACTS = ("registration_removal", "registration_answer", "registration_link", "registration_told")


def test_what_organisers_do_to_a_person_co_organisers_do_to_theirs_alone(world):
    kim = signed_in(world.people["kent"])
    met = {}
    for page in (*ACTS, "registration"):
        for who in (world.ours, world.theirs):
            with nothing_stays():
                ask = kim.get if page == "registration" else kim.post
                met[page, who.name] = ask(of_people(page, who.reference), {"answer": "yes"}).status_code

    assert {key: status == 404 for key, status in met.items()} == {
        (page, name): name == "Theo" for page in (*ACTS, "registration") for name in ("Oda", "Theo")
    }


def test_a_press_for_several_people_leaves_those_of_others_alone(world):
    kim = signed_in(world.people["kent"])
    both = [world.ours.reference, world.theirs.reference]
    address = f"{of_people('list_act_new')}?do=off"
    page = kim.get(address, {"do": "off", "who": both})

    kim.post(address, {"who": " ".join(both), "key": page.context["form"]["key"].value(), "reason": ""})

    world.ours.refresh_from_db()
    world.theirs.refresh_from_db()
    assert (world.ours.is_live, world.theirs.is_live) == (False, True)


def test_they_give_no_more_places_than_are_free_and_only_in_their_quota(world):
    kim = signed_in(world.people["kent"])
    for number in range(5):
        register(world.event, f"more{number}@kent.example", pair=world.kent.pair)
    waiting = world.event.registrations.get(email="more4@kent.example")

    answer = kim.get(f"{of_people('list_act_new')}?do=place&who={waiting.reference}", follow=True)
    added = kim.post(of_people("registration_new"), {"name": "Pat", "email": "pat@kent.example"})

    pat = world.event.registrations.get(email="pat@kent.example")
    assert "more places than are free" in answer.content.decode()
    assert (added.status_code, pat.quota, pat.state) == (302, world.kent, "waiting")


def test_rooms_and_quotas_are_not_theirs_to_give(world):
    kim = signed_in(world.people["kent"])

    page = kim.get(of_people("registrations"))

    assert [choice.value for choice in page.context["choices"]] == ["link", "place", "hold", "off"]


def test_whoever_has_the_mailbox_says_yes_and_may_stop(world):
    organiser = signed_in(world.people["organiser"])
    typed = {"email": "New@Kent.example", "quota": world.kent.pk}
    first, again = (organiser.post(of_people("co_organisers"), typed) for _ in range(2))
    outbox.send_due()
    (sent,) = (one for one in mail.outbox if one.to == ["new@kent.example"])
    row = world.kent.organisers.get(person=None)
    opened = Client().get(row.get_absolute_url())
    asked = row.person

    yes = Client().post(row.get_absolute_url(), {"name": "Nia"})

    row.refresh_from_db()
    assert (first.status_code, again.status_code, opened.status_code, asked) == (302, 200, 200, None)
    assert row.get_absolute_url() in sent.body
    assert (yes.status_code, row.person.email, row.person.name) == (302, "new@kent.example", "Nia")
    nia = signed_in(row.person)
    assert nia.get(of_people("registrations")).status_code == 200
    with pytest.raises(StillHoldsRoles):
        erase_everything("new@kent.example")
    nia.post(of_people("co_organiser_ending", row.pk))
    assert nia.get(of_people("registrations")).status_code == 404
    assert {line.what for line in AuditLine.objects.filter(group=world.event.group)} == {
        *("co_invited", "co_joined", "co_ended")
    }
    assert all(line.in_words() for line in AuditLine.objects.all())


def test_an_invitation_is_withdrawn_by_organisers_and_ends_by_itself(world):
    by = world.people["organiser"]
    withdrawn = co_organisers.invite(world.kent, email="a@kent.example", by=by)
    old = co_organisers.invite(world.kent, email="b@kent.example", by=by)
    kim = signed_in(world.people["kent"])

    not_theirs = kim.post(of_people("co_organiser_ending", withdrawn.pk)).status_code
    signed_in(by).post(of_people("co_organiser_ending", withdrawn.pk))

    assert not_theirs == 404
    assert Client().get(withdrawn.get_absolute_url()).status_code == 404
    with time_machine.travel(old.ends_at):
        page = Client().post(old.get_absolute_url(), {"name": "B"}).content.decode()
        assert "This invitation is over" in page
        with pytest.raises(co_organisers.InvitationOver):
            co_organisers.accept(old)
        assert co_organisers.invite(world.kent, email="b@kent.example", by=by).is_open
