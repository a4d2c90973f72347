"""Who sat where goes with the person."""

import pytest

from breakouts.actions import retention
from breakouts.models import Placement, RoomChoice
from events.actions import leaving, my_data
from tests.breakouts.factories import make_social, make_topic, sit

pytestmark = pytest.mark.django_db


def left() -> tuple[int, int]:
    return Placement.objects.count(), RoomChoice.objects.count()


def test_whoever_has_everything_erased_leaves_no_seat_behind():
    event = make_social()
    topic = make_topic(event)
    sit(event, topic, "amara@example.org"), sit(event, topic)

    my_data.erase_everything("amara@example.org")

    assert left() == (1, 1)


def test_the_seat_of_a_registration_that_was_erased_goes_with_the_next_round_of_the_clock():
    event = make_social()
    topic = make_topic(event)
    registration = sit(event, topic)
    sit(event, topic)
    leaving.erase(registration)

    assert retention.forget_what_is_over() == 2
    assert retention.forget_what_is_over() == 0

    assert left() == (1, 1)
