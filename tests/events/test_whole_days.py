"""A date without hours: what is typed from midnight to midnight is said as days, everywhere."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
import time_machine
from django.test import Client

from events.calendars.links import event_links
from events.forms.organise.dates import EventDatesPage
from events.models import Event, Session
from events.pages.dates import hours_of
from tests.factories import make_event, make_hub, make_session, register

pytestmark = pytest.mark.django_db
# Both are in summer time: midnight in London is 11pm in UTC.
FIRST, AFTER = datetime(2026, 6, 19, 23, tzinfo=UTC), datetime(2026, 6, 20, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel(datetime(2026, 3, 3, 12, tzinfo=UTC), tick=False):
        make_hub()
        yield


def awareness_day(days: int = 1, **fields) -> Session:
    event = make_event(dates=0, title="Refugee Day", slug="day", **fields)
    return make_session(event, FIRST, hours=24 * days)


def typed(event: Event, **row: str) -> EventDatesPage:
    rows = {"date": "2026-06-20", "start": "00:00", "end": "00:00"} | row
    data = {"time_zone": "Europe/London", "dates-TOTAL_FORMS": "1", "dates-INITIAL_FORMS": "0"}
    return EventDatesPage(event, data | {f"dates-0-{name}": value for name, value in rows.items()})


@pytest.mark.parametrize(
    ("row", "ends_at", "last_day_shown"),
    [
        ({}, AFTER, None),
        ({"last_day": "2026-06-22"}, AFTER + timedelta(days=2), date(2026, 6, 22)),
        # A party ends at midnight: that is no whole day.
        ({"start": "20:00", "last_day": "2026-06-21"}, AFTER, date(2026, 6, 21)),
    ],
)
def test_from_midnight_to_midnight_is_all_of_the_last_day_and_is_shown_as_it_was_typed(
    row, ends_at, last_day_shown
):
    event = make_event(dates=0)
    page = typed(event, **row)

    assert page.is_valid(), page.rows.errors
    page.save()

    session = event.sessions.get()
    assert session.ends_at == ends_at
    (shown,) = EventDatesPage(event).rows.forms
    assert shown.initial.get("last_day") == last_day_shown


def test_calendars_have_days_and_end_before_the_last():
    awareness_day(days=2)

    (entry,) = icalendar.Calendar.from_ical(Client().get("/events/day.ics").content).walk("VEVENT")

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 6, 20), date(2026, 6, 22))
    assert entry["DTSTART"].params["VALUE"] == entry["DTEND"].params["VALUE"] == "DATE"


def test_ones_own_calendar_has_the_same_days():
    registration = register(awareness_day().event)

    text = Client().get(f"/registrations/{registration.token}/calendar.ics").content.decode()

    assert re.findall("DT(?:START|END);.*", text) == [
        "DTSTART;VALUE=DATE:20260620\r",
        "DTEND;VALUE=DATE:20260621\r",
    ]


def test_programs_are_told_the_instants_and_that_there_are_no_hours():
    awareness_day()

    (item,) = json.loads(Client().get("/feed.json").content)["items"]

    told = {name: item["_event"][name] for name in ("starts_at", "ends_at", "all_day", "time_zone")}
    assert told == {
        "starts_at": "2026-06-19T23:00:00Z",
        "ends_at": "2026-06-20T23:00:00Z",
        "all_day": True,
        "time_zone": "Europe/London",
    }
    assert "Saturday 20 June 2026, all day (UK time)" in Client().get("/feed.rss").content.decode()


def test_other_calendars_are_opened_with_days():
    links = event_links(awareness_day())

    google, outlook = (
        {name: value[0] for name, value in parse_qs(urlsplit(link).query).items()}
        for link in (
            links.google,
            links.office,
        )
    )
    assert google["dates"] == "20260620/20260621"
    assert (outlook["startdt"], outlook["enddt"], outlook["allday"]) == ("2026-06-20", "2026-06-21", "true")


@pytest.mark.parametrize(
    ("days", "words", "searched"),
    [
        (1, "Saturday 20 June 2026, all day</time> (UK time)", ("2026-06-20", "2026-06-20")),
        (
            3,
            "Saturday 20 June to Monday 22 June 2026, all day</time> (UK time)",
            ("2026-06-20", "2026-06-22"),
        ),
    ],
)
def test_pages_say_all_day_and_search_engines_are_told_days(days, words, searched):
    awareness_day(days)

    page = Client().get("/events/day/").content.decode()

    assert f'<time datetime="2026-06-20">{words}' in page
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (told["startDate"], told["endDate"]) == searched


def test_lists_say_all_day_instead_of_hours():
    session = awareness_day()

    page = Client().get("/events/").content.decode()

    assert "all day" in page
    assert "midnight" not in page
    assert hours_of(session.starts_at, session.ends_at, "Europe/London") == "all day"


def test_what_only_ends_at_midnight_has_hours():
    event = make_event(dates=0, slug="party")
    make_session(event, FIRST + timedelta(hours=20), hours=4)

    page = Client().get("/events/party/").content.decode()

    assert "all day" not in page
    assert "12 midnight" in page
    assert "VALUE=DATE:" not in event.sessions.get().vevent
