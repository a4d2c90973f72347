"""Who sits where: everyone who comes stands on the sheet once."""

import pytest

from breakouts.actions import review, rooms
from breakouts.models import BreakoutPlan
from breakouts.pages.room_sheet import RoomSheet, sheet_of
from events.actions import leaving
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    sit,
)
from tests.factories import register

pytestmark = pytest.mark.django_db


def sheet(event) -> RoomSheet:
    return sheet_of(event, BreakoutPlan.objects.get(event=event))


def names(people) -> list[str]:
    return [person.name for person in people]


def test_everyone_who_comes_stands_on_the_sheet_once():
    event = make_social()
    first, second = make_topic(event, host="Vanessa"), make_topic(event, host="Keli")
    make_host(second, name="Sam")  # is willing, and no host
    make_helper(make_role(event), name="Niamh", topic=first)
    sit(event, first, name="Amara")
    rooms.choose(register(event, name="Later"), None)
    register(event, name="Silent")
    register(event, name="Unconfirmed", confirmed=False)
    leaving.leave(sit(event, first, name="Gone"))

    found = sheet(event)

    assert [(room.number, room.host_words, room.note_words, names(room.people)) for room in found.rooms] == [
        (1, "Vanessa", "Niamh", ["Amara"]),
        (2, "Keli", "", []),
    ]
    assert names(found.on_the_day) == ["Later"]
    assert names(found.unanswered) == ["Silent"]
    assert sum(len(room.everyone) for room in found.rooms) == 4


def test_people_are_told_by_the_name_they_gave_with_pronouns_and_how_they_take_part():
    event = make_social()
    topic = make_topic(event)
    sit(event, topic, name="Zoë", pronouns="they/them", taking_part=["camera_off", "chat_only"])

    (guest,) = sheet(event).rooms[0].people

    assert (guest.name, guest.pronouns, guest.how) == (
        "Zoë",
        "they/them",
        "With my camera off, By chat only",
    )


def test_only_first_names_are_read_out_unless_two_in_a_room_would_answer():
    event = make_social()
    first, second = make_topic(event), make_topic(event)
    sit(event, first, name="Amara Okafor")
    sit(event, first, name="Sam")
    sit(event, second, name="Sam Lee")
    sit(event, second, name="Sam van Dijk")

    assert [names(room.people) for room in sheet(event).rooms] == [
        ["Amara", "Sam"],
        ["Sam Lee", "Sam van Dijk"],
    ]


def test_a_folded_room_leaves_the_sheet_and_its_people_have_not_chosen():
    event = make_social()
    topic = make_topic(event)
    sit(event, topic, name="Amara")

    review.fold(topic, by=organiser_of(event))

    assert sheet(event).rooms == []
    assert names(sheet(event).unanswered) == ["Amara"]


def test_the_text_for_the_chat_has_numbers_titles_and_hosts():
    event = make_social()
    make_topic(event, "Learning to listen", host="Dani")
    make_topic(event, "Nobody yet")

    assert sheet(event).choose_yourself == "1. Learning to listen (Dani)\n2. Nobody yet"


@pytest.mark.parametrize(("how_many_rooms", "how_many_people"), [(1, 3), (3, 9)])
def test_the_sheet_costs_the_same_for_few_and_for_many(
    django_assert_num_queries, how_many_rooms, how_many_people
):
    event = make_social()
    topics = [make_topic(event, host=f"Host{number}") for number in range(how_many_rooms)]
    for number in range(how_many_people):
        sit(event, topics[number % how_many_rooms])
    plan = BreakoutPlan.objects.get(event=event)

    with django_assert_num_queries(6):
        sheet_of(event, plan)
