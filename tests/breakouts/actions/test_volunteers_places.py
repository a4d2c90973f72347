"""Nobody overtakes by hosting or helping: what somebody's place is before, during and after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import helpers, host_departures, host_reminders, review, rooms
from breakouts.models import Helper, Host
from events.actions import events, leaving, registrations
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
)
from tests.factories import register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

CAPT = "captain@example.org"
State = Registration.State


@made_once
def full() -> tuple[Event, Registration]:
    """A social with one place, and whoever holds it."""
    event = make_social(places=1, starts_in=timedelta(days=30))
    return event, register(event)


def changed(event: Event, **fields) -> Event:
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    return event


def own(event: Event, email: str = CAPT) -> Registration:
    return event.registrations.live().get(email=email)


def standing(registration: Registration) -> str:
    registration.refresh_from_db()
    if registration.volunteers_place and registration.is_live:
        return "volunteer's"
    return {"confirmed": "ordinary"}.get(registration.state, registration.state)


def host(event: Event, email: str = CAPT) -> Host:
    return make_host(make_topic(event), email)


def helper(event: Event, email: str = CAPT) -> Helper:
    return make_helper(make_role(event), email)


# --- The two cases ---


def test_who_hosts_at_a_full_event_and_steps_down_is_back_behind_those_who_waited():
    event, _holder = full()
    waiting = register(event)

    host_departures.step_down(host(event))

    assert standing(own(event)) == "waiting"
    assert list(event.registrations.in_the_queue()) == [waiting, own(event)]
    assert event.places().taken == 1


def test_a_volunteers_place_does_not_swallow_the_next_free_one():
    event, first = full()
    second, third = register(event), register(event, CAPT)
    host(event)
    assert standing(third) == "volunteer's"

    leaving.leave(first)

    assert (standing(second), standing(third)) == ("offered", "volunteer's")


# --- Where somebody stood before × how their part ends ---


def an_ordinary_place(event: Event, holder: Registration) -> None:
    leaving.remove(holder, by=organiser_of(event))
    register(event, CAPT)


def an_unconfirmed_place(event: Event, holder: Registration) -> None:
    leaving.remove(holder, by=organiser_of(event))
    register(event, CAPT, confirmed=False)


def an_offer(event: Event, holder: Registration) -> None:
    register(event, CAPT)
    leaving.leave(holder)
    assert standing(own(event)) == "offered"


def in_the_queue(event: Event, holder: Registration) -> None:
    register(event, CAPT)


def unconfirmed_in_the_queue(event: Event, holder: Registration) -> None:
    register(event, CAPT, confirmed=False)


def not_registered(event: Event, holder: Registration) -> None:
    pass


BEFORE: dict[Callable[[Event, Registration], None], tuple[str, str]] = {
    an_ordinary_place: ("ordinary", "ordinary"),
    an_unconfirmed_place: ("ordinary", "ordinary"),
    an_offer: ("ordinary", "ordinary"),
    in_the_queue: ("volunteer's", "waiting"),
    unconfirmed_in_the_queue: ("volunteer's", "waiting"),
    not_registered: ("volunteer's", "waiting"),
}
ENDS: dict[str, tuple[Callable[[Event], Host | Helper], Callable[..., object]]] = {
    "the host steps down": (host, host_departures.step_down),
    "the host is removed": (host, lambda it: host_departures.remove(it, by=organiser_of(it.event))),
    "the room folds": (host, lambda it: review.fold(it.topic, by=organiser_of(it.event))),
    "the host is forgotten": (host, host_departures.forget),
    "the helper steps down": (helper, helpers.step_down),
    "the helper is removed": (helper, lambda it: helpers.remove(it, by=organiser_of(it.event))),
    "the helper is forgotten": (helper, helpers.erase),
}


@pytest.mark.parametrize("before", BEFORE)
def test_a_part_changes_nothing_of_where_somebody_stands(before):
    event, holder = full()
    before(event, holder)
    before_them = register(event)
    during, after = BEFORE[before]

    for end, (take_on, give_back) in ENDS.items():
        with nothing_stays():
            part = take_on(event)
            after_them = register(event)
            assert standing(own(event)) == during, end
            give_back(part)

            assert standing(own(event)) == after, end
            queue = [before_them, after_them]
            if after == "waiting":
                queue.insert(1 if before is not_registered else 0, own(event))
            assert list(event.registrations.in_the_queue()) == queue, end
            assert event.places().taken == 1, end


@pytest.mark.parametrize("end", ENDS)
def test_where_a_place_is_free_and_nobody_waits_it_is_kept(end):
    event = make_social(places=2)
    register(event)
    take_on, give_back = ENDS[end]

    give_back(take_on(event))

    assert standing(own(event)) == "ordinary"
    assert own(event).steps.last().kind == "kept"


@pytest.mark.parametrize("end", ENDS)
def test_whose_place_goes_with_their_part_is_told_once_and_in_words(end):
    event, _holder = full()
    take_on, give_back = ENDS[end]

    give_back(take_on(event))

    told = OutgoingMail.objects.filter(about=own(event).pk, kind__in=["waiting", "place"])
    assert [mail.kind for mail in told] == ["waiting"]
    assert str(own(event).steps.last()) == (
        "You no longer host or help: you are back where you stood on the waiting list."
    )


# --- More ways that a part, or a place, can go ---


def test_an_offer_that_has_ended_is_for_the_next_also_if_its_person_takes_on_a_part():
    event, holder = full()
    late, following = register(event, CAPT), register(event)
    leaving.leave(holder)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        part = host(event)
        assert (standing(late), standing(following)) == ("volunteer's", "offered")
        host_departures.step_down(part)

    assert standing(late) == "waiting"
    assert late.queued_at > following.queued_at


def test_with_two_parts_the_place_goes_with_the_last():
    event, _holder = full()
    room, other, notes = host(event), host(event), helper(event)

    host_departures.step_down(room)
    helpers.step_down(notes)
    assert standing(own(event)) == "volunteer's"

    host_departures.step_down(other)
    assert standing(own(event)) == "waiting"


def test_where_fewer_are_wanted_whoever_helps_keeps_their_part_and_the_next_gets_no_place():
    event, _holder = full()
    role = make_role(event, wanted=2)
    first, second = make_helper(role, CAPT), make_helper(role, "second@example.org")

    helpers.want(event, {role.kind: 1})
    helpers.step_down(first)
    third = make_helper(role, "third@example.org")

    assert (standing(own(event)), standing(second.registration)) == ("waiting", "volunteer's")
    assert third.is_in_reserve
    assert third.registration is None


def test_who_is_in_reserve_or_willing_has_no_place_before_their_turn():
    event, _holder = full()
    topic, role = make_topic(event, host="Sam"), make_role(event)
    make_helper(role)

    make_host(topic, CAPT)
    make_helper(role, CAPT)

    assert not event.registrations.filter(email=CAPT).exists()


def test_once_the_event_has_begun_a_place_stays():
    event, _holder = full()
    part = helper(event)

    with time_machine.travel(event.starts_at + timedelta(minutes=5)):
        helpers.step_down(part)

    assert standing(own(event)) == "volunteer's"


def test_when_there_is_another_date_such_a_place_ends_after_all():
    event, _holder = full()
    part, busy = helper(event), host(event, "busy@example.org")
    session = event.sessions.get()

    with time_machine.travel(session.starts_at + timedelta(minutes=5)):
        helpers.step_down(part)
        session.starts_at += timedelta(days=7)
        session.ends_at += timedelta(days=7)
        events.save_sessions(event, saved=[session])
        assert (host_reminders.settle(), host_reminders.settle()) == (1, 0)

    assert (standing(own(event)), standing(busy.registration)) == ("waiting", "volunteer's")


def test_who_gives_up_their_place_and_comes_back_waits_and_hosts_no_more():
    event, _holder = full()
    part = host(event)
    leaving.leave(own(event))
    registrations.rejoin(event.registrations.get(email=CAPT))

    host_reminders.settle()

    part.refresh_from_db()
    assert (part.state, standing(own(event))) == ("ended", "waiting")
    assert len(own(event).steps.filter(kind="back")) == 0


def test_a_seat_in_a_room_goes_with_the_place():
    event, _holder = full()
    room = make_topic(event)
    part = helper(event)
    helpers.assign(part, None)
    seated = own(event)
    rooms.choose(seated, room)
    helpers.step_down(part)

    leaving.leave(event.registrations.exclude(pk=seated.pk).get())
    leaving.accept_offer(seated)

    assert not room.placements.that_count().exists()


def test_an_event_that_keeps_no_waiting_list_asks_a_former_host_first():
    event, holder = full()
    changed(event, has_waiting_list=False)
    host_departures.step_down(host(event))
    assert standing(own(event)) == "waiting"

    leaving.leave(holder)

    assert standing(own(event)) == "offered"


# --- A room that people sit in ---


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, False),
        ({"format": "in_person"}, True),
        ({"format": "both"}, True),
        ({"format": "in_person", "volunteers_count": False}, False),
        ({"format": "online", "volunteers_count": True}, False),
    ],
)
def test_volunteers_count_where_they_sit_in_the_room_unless_the_organisers_say_otherwise(fields, counts):
    event, holder = full()
    changed(event, **fields)
    waiting = register(event)
    part = host(event)

    leaving.leave(holder)
    assert standing(waiting) == ("waiting" if counts else "offered")

    host_departures.step_down(part)
    assert standing(waiting) == "offered"
    assert standing(own(event)) == "waiting"


def test_when_volunteers_count_no_more_those_who_wait_are_asked():
    event, holder = full()
    changed(event, format="in_person")
    waiting = register(event)
    host(event)
    leaving.leave(holder)

    event.volunteers_count = False
    events.save(event, fields=["volunteers_count"])

    assert standing(waiting) == "offered"


def test_an_event_that_is_more_than_full_with_its_hosts_can_still_be_saved():
    event, _holder = full()
    register(changed(event, capacity=2, format="in_person"))
    host(event)

    event.has_waiting_list = False
    events.save(event, fields=["capacity", "has_waiting_list"])

    event.capacity = 1
    with pytest.raises(events.CapacityTooLow) as refusal:
        events.save(event, fields=["capacity"])
    assert refusal.value.held == 3
