"""Choosing a room, and finding it again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import review, rooms
from breakouts.models import BreakoutPlan, Placement
from breakouts.pages.room_pages import your_room
from events.actions import leaving
from events.models import Registration
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    sit,
)
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db


def page(registration: Registration, *, by_door: bool = False) -> str:
    return reverse("breakouts:room", args=[registration.join_token if by_door else registration.token])


def look(registration: Registration, **how: bool) -> str:
    return Client().get(page(registration, **how)).content.decode()


def choose(registration: Registration, topic: object, **how: bool):
    """`topic` is a topic, or what a browser would send."""
    wish = str(topic.pk) if hasattr(topic, "pk") else topic
    return Client().post(page(registration, **how), {"room": wish}, follow=True)


def own_page(registration: Registration) -> str:
    return Client().get(registration.get_absolute_url()).content.decode()


def door(registration: Registration) -> str:
    return Client().get(reverse("events:join", args=[registration.join_token])).content.decode()


@pytest.fixture
def event():
    return make_social(title="Solidarity Social")


def test_rooms_are_offered_with_their_number_host_content_note_and_seats(event):
    topic = make_topic(event, "What is privilege?", host="Sage", content_note="Racism", seats=12)
    sit(event, topic)

    html = look(register(event))

    for words in ("1. What is privilege?", "Host: Sage", "Content note: Racism", "1 of 12 seats taken"):
        assert words in html


def test_nobody_reads_that_a_topic_was_chosen_by_no_one(event):
    make_topic(event, "Alone", seats=12)

    html = look(register(event))

    assert "12 seats" in html
    assert "0 " not in html[html.index("Alone") : html.index("</fieldset>")]


def test_somebody_chooses_a_room_and_is_told_where_they_sit(event):
    topic, registration = make_topic(event, "Listening", host="Dani"), register(event)

    html = choose(registration, topic).content.decode()

    assert rooms.seat_of(registration) == topic
    assert "You are in room 1." in html
    assert "<strong>Room 1: Listening</strong>" in html


def test_somebody_may_decide_on_the_day(event):
    registration = sit(event, make_topic(event))

    html = choose(registration, "on_the_day").content.decode()

    assert rooms.seat_of(registration) is None
    assert "You decide on the day." in html


def test_looking_changes_nothing(event):
    make_topic(event)
    registration = register(event)

    look(registration)

    assert not Placement.objects.exists()


def test_who_was_a_moment_late_reads_it_and_sees_the_other_rooms(event):
    wanted, other = make_topic(event, "Wanted", seats=1), make_topic(event, "Other", seats=3)
    sit(event, wanted)

    response = choose(register(event), wanted)

    html = response.content.decode()
    assert response.status_code == 200
    assert (
        html.count("That room filled up while you were choosing.") == 2
    )  # in the summary and at the question
    assert 'href="#id_room_0"' in html
    assert "You chose this one" in html
    assert f'value="{other.pk}"' in html
    assert f'value="{wanted.pk}"' not in html
    assert "<title>Error:" in html


def test_a_full_room_is_shown_without_a_button_but_stays_for_those_who_sit_there(event):
    topic = make_topic(event, seats=1)
    inside = sit(event, topic)

    assert f'value="{topic.pk}"' not in look(register(event))
    assert f'value="{topic.pk}"' in look(inside)


@pytest.mark.parametrize("wish", ["", "999999", "nonsense", "' or 1=1", "\x00"])
def test_a_wish_that_makes_no_sense_is_asked_again(event, wish):
    make_topic(event)
    registration = register(event)

    response = choose(registration, wish)

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert rooms.seat_of(registration) is None


def test_a_room_that_was_folded_meanwhile_is_no_longer_there(event):
    topic, registration = make_topic(event), register(event)
    make_topic(event)
    review.fold(topic, by=organiser_of(event))

    assert "That room is no longer there." in choose(registration, topic).content.decode()


def test_until_when_rooms_can_be_changed_is_said_in_words():
    event = make_social(plan_choices_until=timezone.now() + timedelta(days=2))
    make_topic(event)

    assert "You can change until " in look(register(event))


def test_after_that_the_page_says_so_and_takes_nothing():
    event = make_social(plan_choices_until=timezone.now() + timedelta(days=2))
    topic, other = make_topic(event, "Mine"), make_topic(event)
    registration = sit(event, topic)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        html = choose(registration, other).content.decode()

    assert "Rooms could be chosen until " in html
    assert "<strong>Room 1: Mine</strong>" in html
    assert "<form" not in html[html.index("<main") : html.index("</main")]
    assert rooms.seat_of(registration) == topic


def test_whoever_waits_reads_when_they_can_choose():
    event = make_social(places=1)
    make_topic(event)
    register(event)
    waiting = register(event)

    assert "You can choose a room as soon as you have a place." in look(waiting)
    assert rooms.seat_of(waiting) is None


def test_the_own_page_says_why_no_room_can_be_chosen():
    event = make_social(plan_takes_choices=False)
    make_topic(event)
    registration = register(event)

    own = your_room(registration, timezone.now())
    own_page = Client().get(registration.get_absolute_url()).content.decode()

    assert own is not None
    assert own.closed_words
    assert own.closed_words in own_page


def test_whoever_is_offered_a_place_takes_it_first():
    event = make_social(places=1)
    make_topic(event)
    first, second = register(event), register(event)
    leaving.leave(first)

    assert "as soon as you have taken the place" in look(second)


def test_whoever_left_holds_no_room(event):
    registration = sit(event, make_topic(event))
    leaving.leave(registration)

    html = look(registration)

    assert "You hold no place at this event at the moment" in html
    assert "<strong>Room 1" not in html


def test_before_there_are_rooms_the_page_says_so(event):
    assert "There are no rooms to choose from yet." in look(register(event))


def test_where_rooms_are_not_chosen_beforehand_the_page_says_so():
    event = make_social(plan_takes_choices=False)
    make_topic(event)

    assert "Rooms are not chosen beforehand." in look(register(event))


def test_hosts_and_note_takers_read_which_room_is_theirs(event):
    topic = make_topic(event, "Listening")
    host = make_host(topic, name="Dani")
    helper = make_helper(make_role(event), topic=topic)

    assert "You host <strong>room 1: Listening</strong>" in look(host.registration)
    html = look(helper.registration)
    assert "You take notes in <strong>room 1: Listening</strong>" in html
    assert "Host: Dani" in html
    assert 'type="radio"' not in html


def test_an_event_without_breakouts_has_no_such_page():
    assert Client().get(page(register(make_event()))).status_code == 404


def test_until_the_address_is_confirmed_the_page_asks_for_that(event):
    registration = register(event, confirmed=False)

    answer = Client().get(page(registration))

    assert answer["Location"] == reverse("events:confirmation", args=[registration.token])
    assert Client().get(page(registration, by_door=True))["Location"] == reverse(
        "events:join", args=[registration.join_token]
    )


def test_a_wrong_link_opens_nothing(event):
    registration = register(event)
    news = reverse("breakouts:room", args=[registration.news_token])

    assert Client().get(f"{page(registration)[:-3]}/").status_code == 404
    assert Client().get(news).status_code == 404


def test_from_the_door_one_can_choose_and_nothing_leads_on_to_the_own_page(event):
    topic, registration = make_topic(event), register(event)

    html = choose(registration, topic, by_door=True).content.decode()

    assert rooms.seat_of(registration) == topic
    assert registration.token not in html
    assert reverse("events:join", args=[registration.join_token]) in html


def test_own_page_and_door_tell_the_room_its_topic_and_host(event):
    topic = make_topic(event, "Listening", host="Dani")
    registration = sit(event, topic)

    for html in (own_page(registration), door(registration)):
        assert "<h2>Your room</h2>" in html
        assert "<strong>Room 1: Listening</strong>" in html
        assert "Host: Dani" in html
    assert page(registration) in own_page(registration)
    assert page(registration, by_door=True) in door(registration)
    assert registration.token not in door(registration)


def test_own_page_and_door_invite_to_choose_while_that_is_possible(event):
    make_topic(event)
    registration = register(event)

    for html in (own_page(registration), door(registration)):
        assert "Choose a room" in html


def test_without_breakouts_or_rooms_nothing_is_said_of_them(event):
    for registration in (register(event), register(make_event())):
        for html in (own_page(registration), door(registration)):
            assert "Your room" not in html


@pytest.mark.parametrize(("how_many_rooms", "how_many_people"), [(1, 3), (3, 9)])
def test_pages_cost_the_same_for_few_and_for_many(
    event, django_assert_num_queries, how_many_rooms, how_many_people
):
    topics = [make_topic(event, host=f"Host{number}") for number in range(how_many_rooms)]
    for number in range(how_many_people):
        registration = sit(event, topics[number % how_many_rooms])

    with django_assert_num_queries(11):
        look(registration)
    with django_assert_num_queries(13):  # two of them what was written to them, and papers
        own_page(registration)


def test_a_room_can_be_changed_while_the_event_runs():
    event = make_social(starts_in=timedelta(minutes=-20))
    BreakoutPlan.objects.filter(event=event).update(rooms_end_at=event.ends_at)
    first, second = make_topic(event), make_topic(event)
    registration = register_before(event)
    rooms.choose(registration, first)

    choose(registration, second, by_door=True)

    assert rooms.seat_of(registration) == second


def register_before(event) -> Registration:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        return register(event)
