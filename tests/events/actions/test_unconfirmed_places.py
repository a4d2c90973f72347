"""Addresses that nobody confirms keep few places from others, and none is sold twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.actions import adding, addresses, events, giving_back, leaving, registrations, volunteers
from events.actions.entering import EventFull
from events.actions.leaving import NoLongerPossible
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.factories import answers, make_event, make_organiser, make_session, register

pytestmark = pytest.mark.django_db


def made_up(event: Event, number: int) -> list[Registration]:
    return [register(event, f"nobody{n}@example.org", confirmed=False) for n in range(number)]


def states(*rows: Registration) -> list[str]:
    return [Registration.objects.get(pk=row.pk).state for row in rows]


def held(event: Event) -> int:
    return event.places().unconfirmed


@pytest.mark.many
def test_made_up_addresses_do_not_empty_an_event():
    half = amount(3, many=15)
    event = make_event(places=2 * half)

    made_up(event, 6 * half)
    people = [register(event) for _ in range(half + 2)]

    assert held(event) == half
    assert states(*people) == ["confirmed"] * half + ["waiting"] * 2
    assert event.places().taken == 2 * half
    # A day later they are gone, and whoever waits is asked.
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire_due()
    assert states(*people) == ["confirmed"] * half + ["offered"] * 2


@pytest.mark.parametrize(("places", "most"), [(1, 0), (2, 1), (3, 1), (5, 2), (None, 4)])
def test_at_most_half_of_what_no_confirmed_address_has_is_held(places: int | None, most: int):
    event = make_event(places=places)

    made_up(event, 4)

    assert held(event) == most


def test_the_half_is_of_what_is_left():
    event = make_event(places=10)
    for _ in range(6):
        register(event)

    made_up(event, 4)

    assert held(event) == 2


def test_places_go_by_the_time_of_asking_among_those_who_confirm():
    event = make_event(places=4)
    _first, _second, third, fourth, fifth = made_up(event, 5)

    registrations.confirm(fifth)
    registrations.confirm(fourth)  # the last free one: two are held for the first two
    registrations.confirm(third)
    leaving.not_me(_first)

    assert states(fifth, fourth, third) == ["confirmed", "confirmed", "offered"]
    behind = register(event)
    leaving.decline_offer(Registration.objects.get(pk=third.pk))
    assert states(behind) == ["offered"]


def test_whoever_asked_before_stands_before_whoever_confirmed_before():
    event = make_event(places=2)
    _held, early, late = made_up(event, 3)
    register(event)
    registrations.confirm(late)
    registrations.confirm(early)

    assert [row.pk for row in event.registrations.in_the_queue().with_confirmed_address()] == [
        early.pk,
        late.pk,
    ]


def several_dates(event: Event) -> None:
    for week in (1, 2):
        make_session(event, event.starts_at + timedelta(weeks=week))


def without_a_list(event: Event) -> None:
    event.has_waiting_list = False
    events.save(event, fields=["has_waiting_list"])


def with_hosts_who_count(event: Event) -> None:
    event.format = "in_person"
    event.save()
    volunteers.welcome(event, name="Sam", email="sam@example.org", reason="Hosts room 1")


def from_address_to_address(event: Event) -> None:
    for n in range(2):
        row = register(event, f"first{n}@example.org", confirmed=False)
        addresses.use_other_address(row, f"second{n}@example.org")


def coming_and_going(event: Event) -> None:
    for _ in range(2):
        left = leaving.leave(register(event))
        registrations.rejoin(left)
        leaving.leave(Registration.objects.get(pk=left.pk))


def fewer_places(event: Event) -> None:
    event.capacity = 4
    events.save(event, fields=["capacity"])


@pytest.mark.parametrize(
    "before",
    [
        several_dates,
        without_a_list,
        with_hosts_who_count,
        from_address_to_address,
        coming_and_going,
        fewer_places,
    ],
    ids=lambda before: str(before.__name__),
)
def test_everybody_who_confirms_has_the_other_half(before: Callable[[Event], Any]):
    event = make_event(places=6)
    before(event)

    made_up(event, 5)
    at_first = event.places()
    people = []
    while True:
        try:
            people.append(register(event))
        except EventFull:
            break
        if states(people[-1]) == ["waiting"]:
            break

    event.refresh_from_db()
    capacity = event.capacity or 0
    places = event.places()
    assert 2 * at_first.unconfirmed <= capacity - (at_first.taken - at_first.unconfirmed)
    assert places.taken == capacity
    assert len(people) >= (capacity - at_first.taken)


def test_where_nobody_waits_whoever_asked_while_places_were_free_is_answered():
    event = make_event(places=2, has_waiting_list=False)
    _first, second, third = made_up(event, 3)

    registrations.confirm(second)
    with pytest.raises(EventFull):
        register(event)
    registrations.confirm(third)

    assert states(second, third) == ["confirmed", "waiting"]


def test_an_organiser_and_whoever_comes_back_get_what_is_free():
    event = make_event(places=4)
    gone = leaving.leave(register(event))
    made_up(event, 3)

    back = registrations.rejoin(gone)
    added = adding.add(event, answers(), by=make_organiser(event.group))

    assert states(back, added) == ["confirmed", "confirmed"]
    assert event.places().taken == 4


def test_nobody_comes_back_to_a_place_with_an_address_that_was_never_confirmed():
    event = make_event(places=1)
    gone = leaving.leave(register(event, confirmed=False))

    with pytest.raises(NoLongerPossible):
        registrations.rejoin(gone)


# --- Organisers give back what nobody has confirmed ---


def test_one_press_gives_back_what_nobody_has_confirmed():
    event = make_event(places=6, starts_in=timedelta(days=10))
    organiser = make_organiser(event.group)
    first, second, _third, fourth = made_up(event, 4)
    people = [register(event) for _ in range(5)]
    mails = OutgoingMail.objects.count()

    number = giving_back.give_back(event, by=organiser)

    assert (number, held(event)) == (3, 0)
    assert states(*people) == ["confirmed"] * 3 + ["offered"] * 2
    # Those two who are asked, and nobody else.
    assert OutgoingMail.objects.count() == mails + 2
    assert first.steps.filter(kind="given_back", by=organiser).count() == 1
    # They keep where they stood, and take what is free: the last one.
    registrations.confirm(second)
    registrations.confirm(fourth)
    assert states(second, fourth) == ["confirmed", "waiting"]
    assert event.places().taken == 6


def test_who_confirmed_keeps_their_place_and_a_second_press_does_nothing():
    event = make_event(places=4)
    organiser, kept = make_organiser(event.group), register(event)
    made_up(event, 1)
    giving_back.give_back(event, by=organiser)

    with pytest.raises(NoLongerPossible):
        giving_back.give_back(event, by=organiser)

    assert states(kept) == ["confirmed"]


@pytest.mark.parametrize(
    "fields", [{"places": None}, {"starts_in": timedelta(hours=-1), "dates": 2}], ids=["no limit", "begun"]
)
def test_there_is_nothing_to_give_back(fields: dict[str, Any]):
    event = make_event(**{"places": 4} | fields)
    made_up(event, 2)

    with pytest.raises(NoLongerPossible):
        giving_back.give_back(event, by=make_organiser(event.group))
