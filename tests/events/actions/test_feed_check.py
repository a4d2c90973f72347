from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.feed_check import calendar_of_all_events
from events.calendars.choosing import ROOM
from events.models import Session
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_a_calendar_in_which_not_everything_fits_is_said_with_how_much_is_left_out():
    event = make_event()
    assert (calendar_of_all_events().is_fine, calendar_of_all_events().words) == (
        True,
        "Everything fits into it.",
    )
    start, vevent = timezone.now(), event.sessions.get().vevent
    rows = [
        Session(
            event=event,
            number=n,
            starts_at=(at := start + timedelta(hours=n)),
            ends_at=at + timedelta(hours=1),
            vevent=vevent + "x" * (20_000 - len(vevent)),
        )
        for n in range(2, 62)
    ]
    Session.objects.bulk_create(rows)

    check = calendar_of_all_events()

    assert (check.is_fine, check.is_urgent) == (False, False)
    assert f" {61 - ROOM // 20_000} dates are left out" in check.words
    assert "follow a group" in check.todo
