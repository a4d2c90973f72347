"""Choosing a room: first come, first served, and a seat is held only with a place at the event."""

from datetime import timedelta

import pytest
from django.utils import timezone

from breakouts.actions import helpers, host_departures, review, rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.rooms import HasARoom, NoPlaceYet, RoomFull
from breakouts.models import BreakoutPlan, Placement, RoomChoice
from breakouts.pages import room_pages
from events.actions import calling_off, leaving, registrations, requests
from events.models import Closed
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
from tests.factories import register

pytestmark = pytest.mark.django_db


def seated(topic) -> list[str]:
    return sorted(
        Placement.objects.that_count().filter(topic=topic).values_list("registration__name", flat=True)
    )


@pytest.fixture
def event():
    return make_social()


def test_the_last_seat_goes_to_whoever_chooses_first(event):
    topic = make_topic(event, seats=1)
    sit(event, topic, name="Amara")

    with pytest.raises(RoomFull):
        sit(event, topic, name="Bo")

    assert seated(topic) == ["Amara"]


def test_whoever_was_refused_keeps_the_seat_they_had(event):
    first, second = make_topic(event), make_topic(event, seats=1)
    sit(event, second, name="Amara")
    registration = sit(event, first, name="Bo")

    with pytest.raises(RoomFull):
        rooms.choose(registration, second)

    assert seated(first) == ["Bo"]
    assert RoomChoice.objects.get(registration=registration).topic == first


def test_without_a_number_of_its_own_a_room_has_as_many_seats_as_the_plan_says():
    event = make_social(plan_seats=1)
    small, large = make_topic(event), make_topic(event, seats=2)
    for topic in (small, large):
        sit(event, topic)

    sit(event, large, name="Bo")

    with pytest.raises(RoomFull):
        sit(event, small)


def test_without_any_number_a_room_is_never_full(event):
    topic = make_topic(event)

    for _person in range(3):
        sit(event, topic)

    assert len(seated(topic)) == 3


def test_changing_the_room_frees_the_seat_for_others(event):
    first, second = make_topic(event, seats=1), make_topic(event)
    registration = sit(event, first, name="Amara")

    rooms.choose(registration, second)
    sit(event, first, name="Bo")

    assert (seated(first), seated(second)) == (["Bo"], ["Amara"])


def test_choosing_the_same_full_room_again_keeps_the_seat(event):
    topic = make_topic(event, seats=1)
    registration = sit(event, topic, name="Amara")

    rooms.choose(registration, topic)

    assert seated(topic) == ["Amara"]


def test_deciding_on_the_day_frees_the_seat_and_is_remembered(event):
    topic = make_topic(event, seats=1)
    registration = sit(event, topic)

    rooms.choose(registration, None)

    assert seated(topic) == []
    assert RoomChoice.objects.that_count().get(registration=registration).topic is None


def test_leaving_the_event_frees_the_seat(event):
    topic = make_topic(event, seats=1)
    leaving.leave(sit(event, topic, name="Amara"))

    sit(event, topic, name="Bo")

    assert seated(topic) == ["Bo"]


def test_coming_back_does_not_give_the_seat_back(event):
    topic = make_topic(event, seats=1)
    registration = sit(event, topic, name="Amara")
    leaving.leave(registration)
    sit(event, topic, name="Bo")

    back = registrations.rejoin(registration)

    assert rooms.seat_of(back) is None
    assert seated(topic) == ["Bo"]
    assert not RoomChoice.objects.that_count().filter(registration=back).exists()
    with pytest.raises(RoomFull):
        rooms.choose(back, topic)


def test_seats_cannot_be_fewer_than_the_people_who_sit_there(event):
    topic = make_topic(event, seats=2)
    sit(event, topic)
    sit(event, topic)

    with pytest.raises(review.SeatsTooFew) as refusal:
        review.edit(topic, by=organiser_of(event), seats=1)

    topic.refresh_from_db()
    assert (refusal.value.taken, topic.seats) == (2, 2)


def test_only_whoever_holds_a_place_chooses():
    event = make_social(places=1)
    topic = make_topic(event)
    register(event)

    with pytest.raises(NoPlaceYet):
        rooms.choose(register(event), topic)


def confirmed_at_once(event, topic):
    return register(event, name="Amara", room=str(topic.pk))


def offered_later(event, topic):
    event.capacity = 1
    event.save()
    holder, waiting = register(event), register(event, name="Amara", room=str(topic.pk))
    leaving.leave(holder)
    return leaving.accept_offer(waiting)


def agreed_to(event, topic):
    event.asks_first = True
    event.save()
    return requests.agree(register(event, name="Amara", room=str(topic.pk)), by=organiser_of(event))


@pytest.mark.parametrize("given", [confirmed_at_once, offered_later, agreed_to])
def test_whoever_wished_for_a_room_gets_a_seat_with_their_place_and_not_before(event, given):
    topic = make_topic(event, seats=1)
    registration = register(event, "bo@example.org", confirmed=False, room=str(topic.pk))
    assert not Placement.objects.exists()
    leaving.not_me(registration)

    registration = given(event, topic)

    assert seated(topic) == ["Amara"]
    assert room_pages.where(registration) == ("seated", topic)


def test_where_no_seat_is_left_by_then_they_are_asked_to_choose(event):
    topic = make_topic(event, seats=1)
    first = register(event, confirmed=False, name="Amara", room=str(topic.pk))
    second = register(event, confirmed=False, name="Bo", room=str(topic.pk))

    first, second = registrations.confirm(second), registrations.confirm(first)

    assert seated(topic) == ["Bo"]
    assert (room_pages.where(first)[0], room_pages.where(second)[0]) == ("seated", "full")


def test_until_an_address_is_confirmed_the_newest_wish_counts(event):
    first, second = make_topic(event), make_topic(event)
    for room in (first.pk, second.pk):
        registration = register(event, "amara@example.org", confirmed=False, room=str(room))
    assert rooms.seat_of(registrations.confirm(registration)) == second

    for room in (first.pk, ""):
        registration = register(event, "bo@example.org", confirmed=False, room=str(room))
    assert rooms.seat_of(registrations.confirm(registration)) is None


@pytest.mark.parametrize("meanwhile", ["folded", "not chosen any more", "hosts another", "another event"])
def test_a_wish_that_came_to_nothing_seats_nobody(event, meanwhile):
    topic = make_topic(make_social() if meanwhile == "another event" else event)
    register(event, "amara@example.org", confirmed=False, room=str(topic.pk))

    if meanwhile == "folded":
        review.fold(topic, by=organiser_of(event))
    if meanwhile == "not chosen any more":
        BreakoutPlan.objects.update(takes_choices=False)
    if meanwhile == "hosts another":
        make_host(make_topic(event), "amara@example.org")
    else:
        registrations.confirm(event.registrations.get(email="amara@example.org"))

    assert not Placement.objects.exists()


def test_an_address_that_is_not_confirmed_has_no_seat(event):
    with pytest.raises(NoPlaceYet):
        rooms.choose(register(event, confirmed=False), make_topic(event))


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"plan_takes_choices": False}, Closed.NOT_OFFERED),
        ({"plan_choices_until": timezone.now() - timedelta(hours=1)}, Closed.TOO_LATE),
    ],
)
def test_rooms_are_chosen_only_while_the_organisers_let_people(plan, reason):
    event = make_social(**plan)

    with pytest.raises(NotOpen) as refusal:
        sit(event, make_topic(event))

    assert refusal.value.reason == reason


def test_a_cancelled_event_has_no_rooms(event):
    topic, registration = make_topic(event), register(event)
    calling_off.cancel(event, reason="Ill", by=organiser_of(event))

    with pytest.raises(NotOpen, match="cancelled"):
        rooms.choose(registration, topic)


def test_a_room_that_is_no_room_yet_or_of_another_event_is_not_chosen(event):
    registration = register(event)
    elsewhere = make_topic(make_social())

    for topic in (propose(event).topic, elsewhere):
        with pytest.raises(NoLongerPossible):
            rooms.choose(registration, topic)


def test_a_room_that_is_folded_lets_its_people_choose_again(event):
    folded, other = make_topic(event), make_topic(event)
    registration = sit(event, folded, name="Amara")

    review.fold(folded, by=organiser_of(event))
    rooms.choose(registration, other)

    assert (seated(folded), seated(other)) == ([], ["Amara"])


def test_hosts_and_note_takers_sit_in_their_room_and_choose_no_other(event):
    topic, other = make_topic(event), make_topic(event)
    host = make_host(topic)
    helper = make_helper(make_role(event), topic=topic)

    for volunteer in (host, helper):
        assert rooms.looked_after_by(volunteer.registration) == topic
        with pytest.raises(HasARoom):
            rooms.choose(volunteer.registration, other)


def test_other_helpers_choose_like_everyone(event):
    topic = make_topic(event)
    helper = make_helper(make_role(event, "welcome"))

    rooms.choose(helper.registration, topic)

    assert rooms.seat_of(helper.registration) == topic


def test_whoever_becomes_a_host_gives_up_the_seat_for_good(event):
    chosen, hosted = make_topic(event, seats=1), make_topic(event)
    registration = sit(event, chosen, "amara@example.org")

    host = make_host(hosted, "amara@example.org")
    sit(event, chosen, name="Bo")
    host_departures.step_down(host)

    assert rooms.seat_of(registration) is None
    assert seated(chosen) == ["Bo"]


def test_whoever_is_given_a_room_to_take_notes_in_gives_up_their_seat(event):
    chosen, noted = make_topic(event), make_topic(event)
    helper = make_helper(make_role(event), "amara@example.org", topic=noted)
    helpers.assign(helper, None)
    rooms.choose(helper.registration, chosen)

    helpers.assign(helper, noted)

    assert seated(chosen) == []
    assert rooms.looked_after_by(helper.registration) == noted
