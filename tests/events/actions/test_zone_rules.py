"""A country changes its clocks, and the hub is upgraded: what was typed stays, on pages and in calendars alike."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.actions import calendar_texts, events, personal_feeds, zone_rules
from events.models import Event, Session, ZoneRules
from kit.times import make_instant
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, make_session, register
from tests.mails import composed
from tests.older_clocks import MOROCCO, OLDER, older_clocks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        yield


def typed(day: int, month: int, hour: int) -> datetime:
    """What a form makes of 3pm in Casablanca."""
    return make_instant(date(2027, month, day), time(hour), MOROCCO)


def make_programme(**fields) -> Event:
    """Three dates at 3pm: one that is over, one in January, one in Ramadan, when both versions agree."""
    event = make_event(time_zone=MOROCCO, dates=0, **fields)
    make_session(event, timezone.now() - timedelta(days=85))
    make_session(event, typed(10, 1, 15))
    make_session(event, typed(20, 2, 15))
    return event


def starts(event: Event) -> list[str]:
    return [f"{session.starts_at:%d.%m. %H:%M}" for session in event.sessions.all()]


def calendar_starts(path: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(Client().get(path).content)
    return [f"{one['DTSTART'].dt.astimezone(UTC):%d.%m. %H:%M}" for one in calendar.walk("VEVENT")]


def test_after_an_upgrade_the_typed_time_stays_and_its_instant_moves_and_people_hear_of_it_once(tmp_path):
    with older_clocks(tmp_path):
        event = make_programme(slug="programme", title="Programme", registration_closes_at=typed(9, 1, 12))
        registration = register(event, "amara@example.org")
        assert starts(event) == ["07.09. 12:00", "10.01. 14:00", "20.02. 15:00"]
        assert zone_rules.settle() == 0
        before = [session.sequence for session in event.sessions.all()]
        outbox.send_due()
    count = OutgoingMail.objects.count()

    moved = [zone_rules.settle(), zone_rules.settle()]

    event.refresh_from_db()
    assert moved == [1, 0]
    assert starts(event) == ["07.09. 12:00", "10.01. 15:00", "20.02. 15:00"]
    assert event.registration_closes_at == typed(9, 1, 12) == datetime(2027, 1, 9, 12, tzinfo=UTC)
    raised = [row.sequence - was for row, was in zip(event.sessions.all(), before, strict=True)]
    assert raised == [0, 1, 0]
    assert "Sunday 10 January 2027, 3pm" in Client().get(event.get_absolute_url()).content.decode()
    own = f"/calendar/{personal_feeds.feed_for(registration.person).token}.ics"
    for path in ("/events/programme/feed.ics", own):
        assert calendar_starts(path) == starts(event)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        told = composed("event-changed", "amara@example.org")
    assert OutgoingMail.objects.count() == count + 1
    assert (
        "Session 2 of 3 stays on Sunday 10 January 2027, 3pm (Casablanca time). But clocks there will show another time "
        "than was known, so seen from elsewhere it is at another hour: Sunday 10 January, 3pm UTC."
    ) in " ".join(told.text.split())


def test_where_the_rules_are_new_calendars_are_told_in_utc_for_two_years(tmp_path):
    with older_clocks(tmp_path):
        event = make_programme()
        zone_rules.settle()
    zone_rules.settle()

    over, january, ramadan = event.sessions.all()
    assert "\r\nDTSTART:20270110T150000Z\r\n" in january.vevent
    assert f"\r\nDTSTART;TZID={MOROCCO}:" in over.vevent
    later = make_session(event, typed(20, 4, 15))
    assert "\r\nDTSTART:20270420T150000Z\r\n" in later.vevent

    with time_machine.travel(timezone.now() + timedelta(days=731), tick=False):
        calendar_texts.rewrite(event)
    later.refresh_from_db()
    assert f"\r\nDTSTART;TZID={MOROCCO}:20270420T150000\r\n" in later.vevent


def test_a_process_that_was_not_started_anew_moves_nothing_back(tmp_path):
    with older_clocks(tmp_path):
        event = make_programme()
        zone_rules.settle()
    zone_rules.settle()
    settled = starts(event)

    with older_clocks(tmp_path):
        assert zone_rules.settle() == 0

    assert starts(event) == settled
    assert ZoneRules.objects.get().edition != OLDER


def test_a_draft_and_the_moment_it_is_published_move_and_nobody_hears(tmp_path):
    with older_clocks(tmp_path):
        draft = make_programme(state=Event.State.DRAFT, publish_at=typed(5, 1, 9))
        zone_rules.settle()

    assert zone_rules.settle() == 1

    draft.refresh_from_db()
    assert starts(draft)[1:] == ["10.01. 15:00", "20.02. 15:00"]
    assert f"{draft.publish_at:%H:%M}" == "09:00"
    assert not OutgoingMail.objects.exists()


def test_where_clocks_are_as_they_were_nothing_is_written(tmp_path):
    with older_clocks(tmp_path):
        event = make_event(time_zone="Europe/London")
        zone_rules.settle()
    changed_at, texts = Event.objects.get().changed_at, [*Session.objects.values_list("vevent", flat=True)]

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert zone_rules.settle() == 0

    event.refresh_from_db()
    assert (event.changed_at, [*Session.objects.values_list("vevent", flat=True)]) == (changed_at, texts)
    assert (ZoneRules.objects.get().changed_at, ZoneRules.objects.get().edition != OLDER) == (None, True)


def test_a_date_that_is_moved_by_hand_before_people_heard_is_told_from_what_they_know(tmp_path):
    with older_clocks(tmp_path):
        event = make_programme()
        register(event, "amara@example.org")
        zone_rules.settle()
        outbox.send_due()
    zone_rules.settle()
    january = event.sessions.all()[1]
    january.starts_at += timedelta(hours=2)
    january.ends_at += timedelta(hours=2)

    events.save_sessions(event, saved=[january])
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        told = composed("event-changed", "amara@example.org")

    assert OutgoingMail.objects.of_kind("event-changed").count() == 1
    assert "moves from 3pm to 5pm, on Sunday 10 January 2027 (Casablanca time)" in " ".join(told.text.split())
