"""Whose answers count towards five, for every way to a place; and that the others open nothing, by any mix."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from events.actions import adding, first_hand, leaving, registrations, volunteers
from events.models import Event, Registration
from feedback.actions import pool, rounds, tallies
from feedback.actions.refusals import TooFew
from feedback.models import FeedbackRound
from kit.meanwhile import NotOpen
from tests.factories import answers, come, make_event, make_organiser, register
from tests.feedback.factories import fresh, put_back, questions, sheet
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

EMAIL = "noor@example.org"
HALL, CALL, BOTH = Event.Format.IN_PERSON, Event.Format.ONLINE, Event.Format.BOTH
WELCOME, PACE, KEEP = "I felt welcome.", "The pace was …", "One thing to keep"


def added(event: Event) -> Registration:
    return adding.add(event, answers(EMAIL), by=make_organiser(event.group))


def added_by_somebody_forgotten(event: Event) -> Registration:
    registration = added(event)
    registration.added_by.delete()
    return registration


def welcomed(event: Event) -> Registration:
    return volunteers.welcome(event, name="Noor", email=EMAIL, reason="Hosts a room")


def left(event: Event) -> Registration:
    registration = register(event, EMAIL)
    leaving.leave(registration)
    return registration


def added_then_came_back_themselves(event: Event) -> Registration:
    leaving.leave(added(event))
    return register(event, EMAIL)


def added_then_asked_again(event: Event) -> Registration:
    registration = added(event)
    leaving.leave(registration)
    return registrations.rejoin(registration)


def at_the_door(way: Callable[[Event], Registration]) -> Callable[[Event], Registration]:
    def through(event: Event) -> Registration:
        registration = way(event)
        come(registration)
        return registration

    return through


def registered(event: Event) -> Registration:
    return register(event, EMAIL)


def unconfirmed(event: Event) -> Registration:
    return register(event, EMAIL, confirmed=False)


# Somebody else went through the door, wherever there is one.
WAYS = [
    (registered, HALL, True),
    (registered, BOTH, True),
    (registered, CALL, False),
    (at_the_door(registered), CALL, True),
    (at_the_door(registered), BOTH, True),
    (unconfirmed, HALL, False),
    (left, HALL, False),
    (added, HALL, False),
    (at_the_door(added), CALL, False),
    (added_by_somebody_forgotten, HALL, False),
    (added_then_asked_again, HALL, False),
    (added_then_came_back_themselves, HALL, True),
    (welcomed, HALL, False),
    (at_the_door(welcomed), CALL, False),
]


def test_only_who_confirmed_themselves_and_was_there_counts_towards_five():
    for way, form, counts in WAYS:
        event = make_event(format=form)
        if form != HALL:
            come(register(event))

        registration = way(event)

        found = first_hand.is_of(event, registration.pk)
        assert found is counts, (getattr(way, "__name__", way), form)


def test_where_nobody_went_through_a_door_a_place_is_all_that_the_hub_knows():
    event = make_event(format=CALL)

    assert first_hand.is_of(event, register(event).pk)


@pytest.fixture
@made_once
def round() -> FeedbackRound:
    """Ten people who came by themselves, six whom organisers added, and a form in the room that is open."""
    event = make_event()
    organiser = make_organiser(event.group)
    for _person in range(10):
        register(event)
    for _person in range(6):
        adding.add(event, answers(), by=organiser)
    put_back(event, timedelta(minutes=5))
    round = rounds.round_of(Event.objects.get(pk=event.pk))
    rounds.make_links(round)
    return fresh(round)


def by_links(round: FeedbackRound, number: int, *, are_first_hand: bool = True, leave_out: str = "") -> None:
    own = first_hand.of_event(round.event).values("pk")
    links = round.links.filter(is_used=False)
    links = links.filter(registration__in=own) if are_first_hand else links.exclude(registration__in=own)
    for link in links.order_by("pk")[:number]:
        pool.hand_in(link, without(sheet(round, keep="The tea"), round, leave_out))


def in_the_room(round: FeedbackRound, number: int, leave_out: str = "") -> None:
    for _sheet in range(number):
        pool.hand_in_on_screen(round, without(sheet(round, keep="The tea"), round, leave_out))


def without(given: dict, round: FeedbackRound, question: str) -> dict:
    asked = questions(round.form)
    return {key: answer for key, answer in given.items() if not question or key != str(asked[question].pk)}


def shown(round: FeedbackRound) -> tuple[int, int, int, int]:
    """After the clock: how many people's answers are shown, and to a scale, to a choice and in words."""
    pool.release(round)
    round = fresh(round)
    asked = questions(round.form)
    try:
        numbers, texts = tallies.shown(round), tallies.texts_shown(round)
    except TooFew:
        return (0, 0, 0, 0)
    counted = [numbers[asked[one].pk].people if asked[one].pk in numbers else 0 for one in (WELCOME, PACE)]
    return (round.shown, *counted, len(texts))


def test_made_up_sheets_open_nothing_however_many_they_are(round):
    in_the_room(round, 10)
    by_links(round, 5, are_first_hand=False)
    by_links(round, 4)
    before = shown(round)

    by_links(round, 1)

    assert before == (0, 0, 0, 0)
    assert shown(round) == (20, 20, 20, 20)


def test_after_the_first_time_made_up_sheets_open_nothing_either(round):
    by_links(round, 5)
    opened = shown(round)

    for _turn in range(3):
        by_links(round, 1)
        in_the_room(round, 2)
        by_links(round, 1, are_first_hand=False)
        assert shown(round) == opened == (5, 5, 5, 5)


@pytest.mark.parametrize(("question", "at"), [(WELCOME, 1), (PACE, 2), (KEEP, 3)])
def test_made_up_sheets_open_no_question_that_few_people_answered(round, question, at):
    by_links(round, 1)
    by_links(round, 4, leave_out=question)
    in_the_room(round, 6)
    by_links(round, 2, are_first_hand=False)
    before = shown(round)
    by_links(round, 5)

    after = shown(round)

    assert [before[place] for place in range(4)] == [0 if place == at else 13 for place in range(4)]
    assert [after[place] for place in range(4)] == [14 if place == at else 18 for place in range(4)]


def test_the_room_takes_as_many_answers_as_people_whoever_has_used_a_link(round):
    by_links(round, 10)
    by_links(round, 6, are_first_hand=False)
    shown(round)

    in_the_room(round, 16)

    assert fresh(round).room_answers == 16
    with pytest.raises(NotOpen):
        in_the_room(round, 1)
