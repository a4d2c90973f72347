"""What must hold after any sequence of things that happen to an event's places."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.actions import events, leaving, registrations
from events.actions.registrations import NoLongerPossible
from events.models import Event, Registration
from tests.factories import answers, make_event

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["register", "confirm", "leave", "accept", "decline", "rejoin", "erase", "capacity", "time"]
        ),
        st.integers(min_value=0, max_value=9),
    ),
    min_size=5,
    max_size=40,
)


def someone(event: Event, number: int) -> Registration | None:
    rows = list(event.registrations.order_by("pk"))
    return rows[number % len(rows)] if rows else None


def happen(event: Event, what: str, number: int, clock: Any) -> None:
    if what == "time":
        clock.shift(timedelta(hours=5 * number))
        leaving.expire(event)
        return
    if what == "register":
        registrations.register(event, answers(f"p{number}@example.org"))
        return
    if what == "capacity":
        event.capacity = number
        events.save(event, fields=["capacity"])
        return
    chosen = someone(event, number)
    act = {
        "confirm": registrations.confirm,
        "leave": leaving.leave,
        "accept": leaving.accept_offer,
        "decline": leaving.decline_offer,
        "rejoin": registrations.rejoin,
        "erase": leaving.erase,
    }[what]
    if chosen:
        act(chosen)


def assert_places_are_in_order(event: Event) -> None:
    event = Event.objects.get(pk=event.pk)
    held = event.places().taken
    assert held <= event.capacity
    ready = event.registrations.in_the_queue().with_confirmed_address()
    assert not (ready.exists() and held < event.capacity), "a place is empty while someone waits"
    live = event.registrations.live()
    assert live.values("email").distinct().count() == live.count()


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_place_is_sold_twice_and_none_stays_empty_whatever_happens(steps):
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        event = make_event(places=3, starts_in=timedelta(days=60))
        for what, number in steps:
            try:
                happen(event, what, number, clock)
            except (NoLongerPossible, events.CapacityTooLow, registrations.RegistrationClosed):
                event.refresh_from_db()
            assert_places_are_in_order(event)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_places_are_offered_in_the_order_in_which_people_came():
    event = make_event(places=0)
    queue = [registrations.confirm(registrations.register(event, answers())) for _ in range(6)]

    for capacity in (2, 3, 6):
        event = Event.objects.get(pk=event.pk)
        event.capacity = capacity
        events.save(event, fields=["capacity"])
        offered = list(event.registrations.filter(state="offered").order_by("pk"))
        assert offered == queue[:capacity]
