"""What forms send to addresses that anybody can type."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from breakouts.actions.notices import A_DAY, MOST_IN_A_DAY
from breakouts.models import HelperRole
from mail.models import OutgoingMail
from tests.breakouts.factories import make_role, make_social, make_topic, offer_to_host, propose

pytestmark = pytest.mark.django_db

STRANGER = "stranger@example.org"


def leaving(since: datetime, until: datetime) -> int:
    """How many leave for the stranger within this time; none has yet."""
    mails = OutgoingMail.objects.filter(to_email=STRANGER)
    return mails.filter(next_attempt_at__gt=since, next_attempt_at__lte=until).count()


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
            to_stranger.filter(next_attempt_at__lte=now + after).update(
                state="sent", settled_at=F("next_attempt_at")
            )
            for room in rooms:
                offer_to_host(room, STRANGER)
        return to_stranger.filter(next_attempt_at__lte=now + after).count()

    assert offer_everything(timedelta(hours=1)) == MOST_IN_A_DAY
    assert offer_everything(timedelta(hours=23)) == MOST_IN_A_DAY
    assert offer_everything(timedelta(hours=25)) > MOST_IN_A_DAY
    for hours in range(0, 24 * 5, 3):
        begin = now + timedelta(hours=hours)
        assert leaving(begin, begin + A_DAY) <= MOST_IN_A_DAY


def test_whoever_reads_that_we_write_is_written_to_if_later():
    event = make_social(starts_in=timedelta(days=30))
    offers = [offer_to_host(make_topic(event), STRANGER) for _ in range(3 * MOST_IN_A_DAY)]

    mails = OutgoingMail.objects.filter(to_email=STRANGER).order_by("next_attempt_at")

    assert sorted(mails.values_list("about", flat=True)) == sorted(offer.pk for offer in offers)
    at = [mail.next_attempt_at for mail in mails]
    assert all(later - earlier >= A_DAY for earlier, later in zip(at, at[MOST_IN_A_DAY:], strict=False))


def test_others_are_written_to_all_the_same():
    event = make_social()
    for _ in range(MOST_IN_A_DAY + 1):
        offer_to_host(make_topic(event), STRANGER)

    make_role(event, HelperRole.Kind.WELCOME)
    offer_to_host(make_topic(event), "keli@example.org")

    due = OutgoingMail.objects.due(timezone.now())
    assert due.filter(to_email=STRANGER).count() == MOST_IN_A_DAY
    assert due.filter(to_email="keli@example.org").count() == 1
