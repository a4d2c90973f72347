"""What a named contact decides, what becomes of it, and what anybody can find out about it."""

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import serializers
from django.urls import reverse
from django.utils import timezone

from allyhub.joins import MAIL_KINDS
from breakouts.actions import hosts
from concerns.actions import concerns, keeping_out
from concerns.actions.retention import forget_what_is_over
from events.actions import adding, addresses, leaving, my_data, registrations, requests
from events.models import Event, KeptOut, KeptOutMailbox, Registration
from events.models.registration import held_by
from kit.links import one_mailbox
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    offer_to_host,
)
from tests.concerns.ways_in import NADIA, World, fresh, full, keep_out, make_world, register_of
from tests.factories import answers, make_event, register
from tests.opened import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_what_they_had_goes_to_others_and_each_mail_says_what_is_true(world):
    place = register(world.event, NADIA)
    waiting = register(world.event)

    keep_out(world)

    mails = OutgoingMail.objects.filter(to_email=NADIA).order_by("-pk")
    kinds = list(mails.values_list("kind", flat=True))[:2]
    words = MAIL_KINDS["held"].compose(mails.get(kind="held")).text
    assert (fresh(place).state, fresh(waiting).state) == ("held", "offered")
    assert kinds == ["held", "place"]
    assert "The organisers decide about your request" in words
    assert world.event.group.name in words
    assert "wombat" not in words
    assert "kept out" not in words.lower()


@pytest.mark.postgres
def test_a_named_contact_agrees_for_one_event_and_it_counts_elsewhere_still(world):
    elsewhere = make_event(group=world.event.group)
    kept = keep_out(world)
    asked, there = register(world.event, NADIA), register(elsewhere, NADIA)

    keeping_out.agree(kept, asked, by=world.contact)
    host = hosts.confirm(offer_to_host(world.topic, NADIA), values=None)

    assert (fresh(asked).state, fresh(there).state, host.state) == ("confirmed", "held", "hosting")
    assert list(kept.steps.values_list("kind", flat=True)) == ["begun", "agreed"]


def test_whoever_was_agreed_to_stands_where_they_would_have_waited(world):
    kept = keep_out(world)
    asked = register(world.event, NADIA)
    full(world)
    later = register(world.event)

    keeping_out.agree(kept, asked, by=world.contact)
    leaving.leave(register_of(world))

    assert (fresh(asked).state, fresh(later).state) == ("offered", "waiting")


@pytest.mark.parametrize(
    ("fields", "starts_in", "is_held"),
    [
        ({"until": timedelta(days=20)}, timedelta(days=7), True),
        ({"until": timedelta(days=20)}, timedelta(days=30), False),
        ({"until": timedelta(days=0)}, timedelta(hours=1), True),
    ],
    ids=["before its end", "after its end", "today"],
)
def test_it_counts_for_events_that_begin_by_its_end(world, fields, starts_in, is_held):
    with time_machine.travel(timezone.localtime().replace(hour=12), tick=False):
        event = make_event(group=world.event.group, starts_in=starts_in)
        keep_out(world, until=timezone.localdate() + fields["until"])

        assert bool(held_by(event, NADIA)) == is_held


@pytest.mark.parametrize(
    ("spelling", "is_same"),
    [
        ("NADIA.Reyes@EXAMPLE.org", True),
        ("nadia.reyes+social@example.org", True),
        ("nadiareyes@example.org", False),  # another mailbox everywhere but at Gmail
        ("nadia.reyes@example.com", False),
    ],
)
def test_which_spellings_are_one_mailbox(world, spelling, is_same):
    keep_out(world)

    assert bool(held_by(world.event, spelling)) == is_same


def test_dots_and_the_other_domain_are_one_mailbox_at_gmail():
    spellings = ("n.a.dia@gmail.com", "nadia+x@googlemail.com", "NADIA@gmail.com")

    assert {one_mailbox(spelling) for spelling in spellings} == {"nadia@gmail.com"}


def test_all_addresses_that_we_know_to_be_theirs_are_kept_out(world):
    person = register(world.event, NADIA).person
    EmailAddress.objects.create(user=person, email="private@example.org", verified=True)

    keep_out(world)

    assert held_by(world.event, "private@example.org") == "named"


def test_a_date_that_moves_or_an_address_that_changes_is_settled_by_the_clock(world):
    later = make_event(group=world.event.group, starts_in=timedelta(days=60))
    keep_out(world, until=timezone.localdate() + timedelta(days=30))
    there, here = register(later, NADIA), register(world.event, "new@example.org")
    later.sessions.update(
        starts_at=timezone.now() + timedelta(days=9), ends_at=timezone.now() + timedelta(days=10)
    )
    Registration.objects.filter(pk=here.pk).update(email=NADIA)

    keeping_out.settle()
    keeping_out.settle()

    assert [fresh(row).state for row in (there, here)] == ["held", "held"]
    assert OutgoingMail.objects.filter(kind="held").count() == 2


def test_the_first_mail_to_another_address_promises_no_place(world):
    keep_out(world)
    known = register(world.event, "typo@example.org", confirmed=False)

    addresses.use_other_address(known, NADIA)

    words = MAIL_KINDS["confirm"].compose(OutgoingMail.objects.get(to_email=NADIA))
    assert fresh(known).is_held
    assert "please confirm your request" in words.subject
    assert "your place" not in words.text


def test_whoever_was_taken_off_asks_again_and_the_organisers_decide(world):
    leaving.remove(register(world.event, NADIA), by=world.organiser, reason="Shouted at people")

    again = register(world.event, "Nadia.Reyes+again@example.org")
    told = OutgoingMail.objects.filter(kind="request-waiting").values_list("to_email", flat=True)
    agreed = requests.agree(again, by=world.organiser)
    back = registrations.rejoin(leaving.leave(agreed))

    assert again.state == "held"
    assert list(told) == [world.organiser.email]
    assert (agreed.state, back.state) == ("confirmed", "confirmed")


def test_an_address_that_was_typed_by_somebody_else_is_not_held_for_it(world):
    leaving.remove(register(world.event, NADIA, confirmed=False), by=world.organiser)

    assert register(world.event, NADIA).state == "confirmed"


def test_a_no_ends_a_request_and_says_whom_to_write_to(world):
    kept = keep_out(world)
    asked = register(world.event, NADIA)

    refused = keeping_out.refuse(kept, asked, by=world.contact)
    again = register(world.event, NADIA)

    mail = MAIL_KINDS["refused"].compose(OutgoingMail.objects.get(kind="refused")).text
    assert (refused.state, refused.ended_because, again.state) == ("cancelled", "refused", "held")
    assert "You may ask again" in mail
    assert "/tell-someone/" in mail


def test_an_event_that_looks_at_each_request_first_holds_everybody_and_hosts_too(world):
    Event.objects.filter(pk=world.event.pk).update(asks_first=True)

    asked, host = register(world.event), hosts.confirm(offer_to_host(world.topic, NADIA), values=None)
    phoned = adding.add(world.event, answers(), by=world.organiser)
    by_hosting = world.event.registrations.get(email=NADIA)
    requests.agree(by_hosting, by=world.organiser)
    host = hosts.confirm(host, values=None)

    assert (asked.state, by_hosting.state, phoned.state) == ("held", "held", "confirmed")
    assert host.state == "hosting"


@pytest.mark.postgres
def test_what_ends_it_and_what_is_left(world):
    kept = keep_out(world, event=world.event)
    asked = register(world.event, NADIA)

    waits_for_a_reader = concerns.wait_for_a_reader(world.event.group)
    keeping_out.lift(kept, by=world.contact)
    told = OutgoingMail.objects.filter(kind="request-waiting").values_list("to_email", flat=True)
    requests.agree(asked, by=world.organiser)
    with pytest.raises(NothingChanged):
        keeping_out.lift(kept, by=world.contact)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        forget_what_is_over()
        is_there = KeptOut.objects.filter(pk=kept.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget_what_is_over()

    assert (waits_for_a_reader, concerns.wait_for_a_reader(world.event.group)) == (True, False)
    assert list(told) == [world.organiser.email]
    assert fresh(asked).state == "confirmed"
    assert is_there
    assert not KeptOut.objects.exists()


def test_their_own_data_says_that_and_until_when_and_neither_why_nor_who(world):
    register(world.event, NADIA)
    keep_out(world)

    told = json.dumps(my_data.collect(NADIA))
    my_data.erase_everything(NADIA)

    assert "That you are kept out" in told
    assert str(timezone.localdate() + timedelta(days=365)) in told
    assert "wombat" not in told
    assert "Vanessa" not in told
    assert held_by(world.event, NADIA) == "named"


def test_whoever_erases_everything_is_told_what_stays(world):
    place = register(world.event, NADIA)
    keep_out(world)
    client = opened(place)
    address = reverse("events:erasure", args=[place.token])

    before = client.get(address, {"what": "everything"}).content.decode()
    after = client.post(address, {"what": "everything"}, follow=True).content.decode()

    assert "One thing stays until it has ended" in before
    assert "somebody has to agree when you ask for a place" in after


def test_nothing_of_it_can_be_read_in_the_database(world):
    register(world.event)
    keep_out(world, "away@example.org")

    dump = serializers.serialize("json", [*KeptOut.objects.all(), *KeptOutMailbox.objects.all()])

    assert "wombat" not in dump
    assert "away@" not in dump
