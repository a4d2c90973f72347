"""Rooms, hosts, helpers and topics of an event that was called off, and takes place after all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import helpers, host_departures, host_reminders, hosts, rooms, topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Helper, Host, Placement, Topic
from events.actions import calling_off
from events.models import Event
from kit.meanwhile import NotOpen
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    propose,
    sit,
)

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("call_off", [calling_off.cancel, calling_off.postpone])


@pytest.fixture
def event() -> Event:
    return make_social(starts_in=timedelta(days=9))


def off(event: Event, call_off: Callable[..., Event]) -> None:
    call_off(event, reason="Snow", by=organiser_of(event))


def back(event: Event) -> None:
    calling_off.call_back(event, by=organiser_of(event))


def as_it_stands() -> list[object]:
    return [sorted(model.objects.values_list("pk", "state")) for model in (Host, Helper, Topic)] + [
        sorted(Placement.objects.values_list("registration", "topic"))
    ]


@BOTH
def test_all_of_it_is_as_it_was(event, call_off):
    room = make_topic(event, host="Sam")
    make_host(room)
    hosts.invite(make_topic(event), name="Asked", email="asked@example.org", as_co_host=False)
    role = make_role(event, "welcome")
    make_helper(role), make_helper(role)
    propose(event)
    sit(event, room)
    before = as_it_stands()

    off(event, call_off)
    while_off = as_it_stands()
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        host_reminders.settle()
        back(event)
        host_reminders.settle()

    assert before == while_off == as_it_stands()


@BOTH
def test_whoever_was_asked_to_host_has_fresh_time_to_answer(event, call_off):
    asked = hosts.invite(make_topic(event), name="Asked", email="asked@example.org", as_co_host=False)
    off(event, call_off)

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        back(event)
        asked.refresh_from_db()
        assert asked.answer_by == hosts.answer_by(Event.objects.get(pk=event.pk), timezone.now())
        assert hosts.agree(asked, values=None).is_hosting


@BOTH
def test_what_became_free_while_it_was_off_goes_to_the_next(event, call_off):
    room, role = make_topic(event), make_role(event, "welcome")
    host, willing = make_host(room), make_host(room)
    helper, reserve = make_helper(role), make_helper(role)
    off(event, call_off)

    host_departures.step_down(host)
    helpers.step_down(helper)
    willing.refresh_from_db(), reserve.refresh_from_db()
    while_off = (willing.state, reserve.state)
    back(event)

    willing.refresh_from_db(), reserve.refresh_from_db()
    assert (while_off, (willing.state, reserve.state)) == (("willing", "reserve"), ("asked", "helping"))


@BOTH
def test_nobody_takes_on_anything_while_it_is_off(event, call_off):
    room = make_topic(event, host="Sam")
    role = make_role(event, "welcome")
    proposer = propose(event, confirmed=False)
    registration = sit(event, room)
    off(event, call_off)

    attempts = (
        (lambda: hosts.offer(room, name="Ren", email="ren@example.org"), NoLongerPossible),
        (lambda: helpers.offer(role, name="Ren", email="ren@example.org"), NoLongerPossible),
        (lambda: topics.confirm(proposer), NoLongerPossible),
        (lambda: rooms.choose(registration, room), NotOpen),
    )
    for attempt, refusal in attempts:
        with pytest.raises(refusal):
            attempt()
