"""An event for people whom its organisers invite: each has a link of their own, and there is no other way in."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from events.actions import adding, invitations, leaving, registrations, retention
from events.actions.invitations import NotInvited
from events.models import Event, PersonalInvitation, Quota, Registration
from mail.actions import outbox
from people.models import Person
from tests.factories import (
    answers,
    by_hand,
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_quota,
    register,
)
from tests.permission_walk import signed_in
from tests.worlds import made_once

TYPED = {"name": "Amara", "accepts_values": "on", "anything": "no"}


@dataclass
class World:
    event: Event
    kent: Quota
    organiser: Person
    invited: PersonalInvitation
    before: Registration


@made_once
def make_world() -> World:
    """Somebody was registered before it was by invitation; one address is invited, as of Kent."""
    make_hub()
    group = make_group()
    organiser = make_organiser(group)
    event = make_event(group=group, slug="by-invitation", places=20)
    before = register(event, "before@example.org")
    kent = make_quota(event, "Kent", 5, code="kent-2026")
    event.entry = Event.Entry.INVITED
    event.save()
    invitations.invite(event, ["amara@example.org"], by=organiser, quota=kent)
    return World(event, kent, organiser, event.invitations.get(), before)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def send(row: PersonalInvitation, email: str = "amara@example.org") -> Client:
    client = Client()
    client.answer = client.post(row.get_absolute_url(), TYPED | by_hand() | {"email": email})
    return client


def test_nobody_registers_without_an_invitation_and_the_page_says_so_kindly(world):
    event, form = world.event, reverse("events:registration_new", args=[world.event.slug])
    pages = [Client().get(address).content.decode() for address in (event.get_absolute_url(), form)]
    posted = Client().post(form, TYPED | by_hand() | {"email": "new@example.org", "group": world.kent.pk})
    for ask in (
        lambda: registrations.register(event, answers("new@example.org")),
        lambda: registrations.register(event, answers("amara@example.org", pair=world.kent.pair)),
        lambda: registrations.register(event, answers("new@example.org", invitation="guessed")),
        lambda: registrations.register(event, answers("before@example.org")),
    ):
        with pytest.raises(NotInvited):
            ask()

    assert all("by invitation" in page for page in pages)
    assert event.title in pages[0]
    assert posted.status_code == 200
    assert event.registrations.count() == 1


def test_the_link_opens_the_form_filled_in_and_decides_whose_places_they_are_for(world):
    outbox.send_due()
    (sent,) = (one for one in mail.outbox if one.to == ["amara@example.org"])
    page = Client().get(world.invited.get_absolute_url()).content.decode()

    send(world.invited)

    made = world.event.registrations.get(email="amara@example.org")
    assert world.invited.get_absolute_url() in sent.body
    assert 'value="amara@example.org"' in page
    assert 'name="group"' not in page
    assert (made.quota, made.belongs_by, made.state) == (world.kent, "organiser", "confirmed")


def test_a_link_is_good_for_one_person_who_may_mend_what_they_typed(world):
    send(world.invited)
    send(world.invited)  # once more, before the address is confirmed
    made = world.event.registrations.get(email="amara@example.org")
    other = send(world.invited, "friend@example.org")
    registrations.confirm(made)
    late = send(world.invited, "friend@example.org")

    assert [client.answer.status_code for client in (other, late)] == [200, 200]
    assert sorted(world.event.registrations.values_list("email", flat=True)) == [
        *("amara@example.org", "before@example.org")
    ]
    assert "has been used" in Client().get(world.invited.get_absolute_url()).content.decode()


def test_an_address_that_nobody_confirmed_leaves_the_link_to_its_owner(world):
    send(world.invited, "typo@example.org")
    made = world.event.registrations.get(email="typo@example.org")
    with time_machine.travel(made.confirm_by + timedelta(minutes=1)):
        leaving.expire_due()

        again = send(world.invited)

    assert again.answer.status_code == 302
    world.invited.refresh_from_db()
    assert world.invited.registration.email == "amara@example.org"


def test_who_was_there_before_may_come_back_and_organisers_add_whom_they_like(world):
    left = leaving.leave(world.before)
    back = registrations.rejoin(left)
    added = adding.add(world.event, answers("phoned@example.org", pair=world.kent.pair), by=world.organiser)

    assert (back.is_live, added.state) == (True, "confirmed")


def test_organisers_paste_addresses_and_hear_of_lines_that_are_none(world):
    page = reverse("organise:invitations", args=[world.event.slug])
    client = signed_in(world.organiser)
    wrong = client.post(page, {"emails": "bo@example.org\nnot an address\n"})
    none = client.post(page, {"emails": "  \n"})

    client.post(
        page,
        {"emails": "Bo B <BO@example.org>,\n\nbo@example.org\namara@example.org\nbefore@example.org"},
    )

    assert "Correct the address in this line: not an address" in wrong.content.decode()
    assert none.status_code == 200
    assert sorted(world.event.invitations.values_list("email", flat=True)) == [
        *("amara@example.org", "bo@example.org")
    ]


def test_an_invitation_is_withdrawn_until_it_is_used(world):
    client = signed_in(world.organiser)
    bo = invitations.invite(world.event, ["bo@example.org"], by=world.organiser)
    other = world.event.invitations.get(email=bo.invited[0])
    send(world.invited)

    for row in (world.invited, other):
        client.post(reverse("organise:invitation_to_event_withdrawal", args=[world.event.slug, row.pk]))

    assert list(world.event.invitations.all()) == [world.invited]
    assert Client().get(other.get_absolute_url()).status_code == 404


def test_whoever_never_asked_is_forgotten_at_once_and_everyone_later(world):
    invitations.invite(world.event, ["bo@example.org"], by=world.organiser)
    bo = world.event.invitations.get(email="bo@example.org")
    forget = reverse("events:invited_forgetting", args=[bo.token])
    asked = Client().get(forget)
    still = world.event.invitations.count()

    Client().post(forget)

    assert (asked.status_code, still, world.event.invitations.count()) == (200, 2, 1)
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(world.event.ends_at + timedelta(days=days)):
            retention.forget_what_is_over()
        assert world.event.invitations.count() == left
