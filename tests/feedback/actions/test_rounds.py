"""Which form is asked with, and until when that can change."""

from datetime import timedelta

import pytest
import time_machine

from events.models import Event
from feedback.actions import feedback_forms, rounds
from feedback.models import AnswerLink, FeedbackRound
from tests.factories import make_event
from tests.feedback.factories import make_past_event, make_round

pytestmark = pytest.mark.django_db


def test_until_somebody_can_answer_the_nearest_form_is_taken():
    event = make_event()
    usual = rounds.round_of(event).form
    own = feedback_forms.own_form(event.group, event=event)

    assert rounds.round_of(event).form == own
    assert own != usual


@pytest.mark.parametrize("is_wanted", [True, False])
def test_once_somebody_can_answer_the_form_stays(is_wanted):
    round = make_round(1)
    FeedbackRound.objects.update(is_wanted=is_wanted)
    feedback_forms.own_form(round.event.group, event=round.event)

    assert rounds.round_of(round.event).form == round.form


def test_the_form_stays_from_the_moment_the_address_in_the_room_is_open():
    event = make_past_event(1, ago=timedelta(minutes=-29))
    usual = rounds.round_of(event).form
    feedback_forms.own_form(event.group, event=event)

    assert rounds.round_of(event).form == usual


def test_links_are_for_everyone_who_had_a_place_once():
    event = make_past_event(3)

    assert (rounds.open_due(), rounds.open_due()) == (3, 0)
    assert {link.registration.event for link in AnswerLink.objects.all()} == {event}


def test_those_who_registered_are_asked_although_registration_was_ended_meanwhile():
    for number in (2, 0):
        event = make_past_event(number)
        Event.objects.filter(pk=event.pk).update(takes_registrations=False)

    assert (rounds.open_due(), FeedbackRound.objects.count()) == (2, 1)


def test_an_event_that_was_over_long_ago_is_not_asked_about():
    make_past_event(3, ago=timedelta(days=15))

    assert rounds.open_due() == 0


def test_nothing_is_asked_before_the_last_of_several_dates():
    event = make_past_event(2, dates=3, ago=timedelta(days=-1))

    assert rounds.open_due() == 0
    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        assert rounds.open_due() == 2
