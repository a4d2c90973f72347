"""What forms send to addresses that anybody can type."""

from datetime import timedelta

import pytest
import time_machine

from breakouts.actions.notices import MOST_IN_A_DAY
from breakouts.models import HelperRole
from mail.models import OutgoingMail
from tests.breakouts.factories import make_role, make_social, make_topic, offer_to_host, propose

pytestmark = pytest.mark.django_db

STRANGER = "stranger@example.org"


def test_nobody_fills_an_inbox_with_what_forms_send():
    event = make_social(starts_in=timedelta(days=30))
    rooms = [make_topic(event) for _ in range(MOST_IN_A_DAY - 2)]
    propose(event, email=STRANGER, confirmed=False)
    propose(event, email=STRANGER, confirmed=False)
    for room in rooms:
        offer_to_host(room, STRANGER)
    to_stranger = OutgoingMail.objects.filter(to_email=STRANGER)
    now = to_stranger.latest("created_at").created_at

    def offer_everything(after: timedelta) -> int:
        with time_machine.travel(now + after, tick=False):
            for room in rooms:
                offer_to_host(room, STRANGER)
        return to_stranger.count()

    assert offer_everything(timedelta(hours=1)) == MOST_IN_A_DAY
    assert offer_everything(timedelta(hours=23)) == MOST_IN_A_DAY
    assert offer_everything(timedelta(hours=25)) > MOST_IN_A_DAY


def test_others_are_written_to_all_the_same():
    event = make_social()
    for _ in range(MOST_IN_A_DAY + 1):
        offer_to_host(make_topic(event), STRANGER)

    make_role(event, HelperRole.Kind.WELCOME)
    offer_to_host(make_topic(event), "keli@example.org")

    assert OutgoingMail.objects.filter(to_email=STRANGER).count() == MOST_IN_A_DAY
    assert OutgoingMail.objects.filter(to_email="keli@example.org").count() == 1
