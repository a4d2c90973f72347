"""What is over is forgotten, as docs/privacy.toml promises."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from concerns.actions import concerns, retention
from concerns.models import Concern, ConcernMessage, ConcernReading
from kit.privacy import period
from tests.factories import make_group, make_named_contact

pytestmark = pytest.mark.django_db

LONG = period("concern")


@pytest.fixture
def group():
    return make_group()


def tell(group, *, closed: bool) -> Concern:
    reader = make_named_contact(group)
    concern = concerns.with_code(concerns.tell(group, "Somebody was shouted at."))
    concerns.open_for(concern, reader)
    concerns.answer(concern, "Thank you.", by=reader)
    if closed:
        concerns.close(concern, seen=0)
    return concern


def test_a_closed_concern_goes_with_all_that_was_written_about_it(group):
    tell(group, closed=True)

    with time_machine.travel(timezone.now() + LONG - timedelta(days=1)):
        assert retention.forget_what_is_over() == 0
    with time_machine.travel(timezone.now() + LONG + timedelta(minutes=1)):
        assert retention.forget_what_is_over() == 1
        assert retention.forget_what_is_over() == 0

    for model in (Concern, ConcernMessage, ConcernReading):
        assert model.objects.count() == 0


def test_the_clock_leaves_what_is_open_alone_for_ever(group):
    concern = tell(group, closed=False)

    with time_machine.travel(timezone.now() + 20 * LONG):
        assert retention.forget_what_is_over() == 0

    assert Concern.objects.get() == concern


def test_what_opened_again_is_open(group):
    concern = tell(group, closed=True)
    concerns.say_as_teller(concern, "It happened again.")

    with time_machine.travel(timezone.now() + 2 * LONG):
        assert retention.forget_what_is_over() == 0
