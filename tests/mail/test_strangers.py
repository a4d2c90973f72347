"""Whoever types somebody's address into every form there is does not fill their inbox."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import helpers, hosts, questions, topics
from breakouts.models import HelperRole
from events.actions import addresses, registrations
from events.models import Event, Registration
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.breakouts.factories import make_role, make_social, make_topic, organiser_of
from tests.breakouts.factories import propose as propose_topic
from tests.factories import answers, make_event, make_hub, make_person, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

STRANGER = "stranger@example.org"


@made_once
def social() -> Event:
    make_hub()
    event = make_social(places=40)
    make_topic(event), make_role(event)
    make_event(places=1, starts_in=timedelta(days=9)), make_event()
    return event


def ask(event: Event) -> Registration:
    return registrations.register(event, answers(STRANGER))


def ask_everywhere(event: Event) -> None:
    for other in Event.objects.all():
        ask(other)


def ask_for_the_link(event: Event) -> None:
    ask(event)
    addresses.send_link_again(event, STRANGER)


def correct_an_address(event: Event) -> None:
    addresses.use_other_address(register(event, "typo@example.org", confirmed=False), STRANGER)


def propose(event: Event) -> None:
    for number in range(3):
        with suppress(topics.TooManyUnconfirmed):
            propose_topic(event, f"Topic {number}", email=STRANGER, confirmed=False)


def name_as_co_host(event: Event) -> None:
    if event.topics.accepted().get().hosts.exists():
        return  # once is enough
    host = hosts.confirm(
        hosts.offer(event.topics.accepted().get(), name="Kit", email="kit@example.org"), values=None
    )
    hosts.invite(event.topics.accepted().get(), name="Sam", email=STRANGER, as_co_host=True, by=host)


def offer_to_host(event: Event) -> None:
    hosts.offer(event.topics.accepted().get(), name="Sam", email=STRANGER)


def offer_to_help(event: Event) -> None:
    helpers.offer(HelperRole.objects.get(), name="Sam", email=STRANGER)


def ask_a_question(event: Event) -> None:
    asked = questions.ask(event, text="May I come late?", email=STRANGER)
    questions.answer(asked, text=asked.text, answer="Yes", by=organiser_of(event))


def try_to_log_in(event: Event) -> None:
    for _ in range(3):
        Client().post(reverse("account_request_login_code"), {"email": STRANGER.upper()})


WAYS: list[Callable[[Event], object]] = [
    *(ask_everywhere, ask_for_the_link, correct_an_address, propose, name_as_co_host),
    *(offer_to_host, offer_to_help, ask_a_question, try_to_log_in),
]


def in_the_inbox() -> int:
    return sum(message.to == [STRANGER] for message in django_mail.outbox)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def send(moment: datetime) -> int:
    with at(moment):
        outbox.send_due()
    return in_the_inbox()


@pytest.mark.many
@pytest.mark.parametrize("first", WAYS[:: amount(4, many=1)])
def test_an_address_that_nobody_has_confirmed_gets_one_mail_a_day_of_all_kinds(first):
    event, now = social(), timezone.now()
    with at(now):
        first(event)
        outbox.send_due()
        for way in WAYS:
            way(event)
            outbox.send_due()

    first_day = send(now + timedelta(hours=23, minutes=59))
    second_day = send(now + timedelta(hours=24, minutes=1))
    later = [send(now + timedelta(days=days)) for days in (2, 3, 4, 8)]

    assert (first_day, second_day) == (1, 2)
    # What nobody asked for again is not sent day after day.
    assert later == [2] * 4
    assert not OutgoingMail.objects.filter(state="held").exists()


def test_what_was_held_back_follows_when_the_address_is_confirmed():
    event = social()
    row = ask(event)
    ask_everywhere(event)
    offer_to_help(event)
    outbox.send_due()
    held = set(OutgoingMail.objects.filter(state="held").values_list("kind", flat=True))

    registrations.confirm(row)
    outbox.send_due()

    assert held == {"confirm", "helper-confirm"}
    # Three places, one offer, and that the first place is saved.
    assert in_the_inbox() == 5


def test_whoever_has_confirmed_gets_every_mail():
    event = social()
    make_person(STRANGER)

    for way in (ask_everywhere, propose, offer_to_host, offer_to_help):
        way(event)
    outbox.send_due()

    assert in_the_inbox() == 8


def test_a_mail_that_is_no_longer_needed_makes_room_for_the_next():
    event = social()
    registrations_ = [ask(event), ask(Event.objects.exclude(pk=event.pk)[0])]
    Registration.objects.filter(pk=registrations_[0].pk).update(state="cancelled", ended_because="not_me")

    outbox.send_due(), outbox.send_due()

    assert in_the_inbox() == 1


def test_what_organisers_change_is_told_all_the_same():
    row = ask(social())
    outbox.send_due()
    outbox.queue(kind="confirm", key="sooner", to_email=STRANGER, about=row.pk, context={"less_time": True})

    outbox.send_due()

    assert in_the_inbox() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_to_a_stranger_once():
    event = social()
    for way in (ask_everywhere, propose, offer_to_host, offer_to_help):
        way(event)
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        outbox.send_due()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert in_the_inbox() == 1
    assert OutgoingMail.objects.filter(state="held").count() == 7
