from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import time_machine
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.calendars.vevent import personal_vevent, session_vevent
from events.models import AccessInPlace, Event, Registration, Session, Tag
from kit.times import make_instant
from tests.factories import make_event, make_group, make_session, make_venue, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_april_2020")]
JOIN = "http://localhost:8000/join/abc:def/"


@pytest.fixture
def in_april_2020():
    with time_machine.travel(utc(2020, 4, 20, 12), tick=False):
        yield


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def make_social(**fields) -> Event:
    fields = {
        "title": "Being better allies",
        "slug": "allies",
        "summary": "Six topics.",
        "description": "",
    } | fields
    event = make_event(dates=0, **fields)
    make_session(event, utc(2020, 5, 3, 14))
    return event


def only(event: Event) -> Session:
    return Session.objects.select_related("event__group").get(event=event)


def read(text: str) -> icalendar.Event:
    assert text.startswith("BEGIN:VEVENT\r\n")
    assert text.endswith("END:VEVENT\r\n")
    return icalendar.Event.from_ical(text.encode())


def written(event: Event) -> icalendar.Event:
    return read(session_vevent(only(event)))


def lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").splitlines()


# --- Identity ---


def test_the_same_session_is_the_same_bytes():
    event = make_social()

    assert session_vevent(only(event)) == session_vevent(only(event)) == only(event).vevent


@override_settings(SITE_URL="https://moved.example.org")
def test_identity_does_not_hang_on_the_host():
    event = make_social()

    assert f"UID:{only(event).uid}" in lines(session_vevent(only(event)))


def test_stamps_are_those_of_the_row_in_utc():
    session = only(make_social())
    session.created_at, session.changed_at, session.sequence = utc(2020, 1, 2), utc(2020, 4, 5, 6, 7, 8), 3

    told = lines(session_vevent(session))

    assert {
        "DTSTAMP:20200405T060708Z",
        "LAST-MODIFIED:20200405T060708Z",
        "CREATED:20200102T000000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
    } <= set(told)


def test_a_cancelled_event_says_so_in_status_and_title_and_why():
    event = make_social(state=Event.State.CANCELLED, called_off_because="Ruth is ill.")

    told = written(event)

    assert told["STATUS"] == "CANCELLED"
    assert told["SUMMARY"] == "Cancelled: Being better allies"
    assert told["DESCRIPTION"].startswith("This event is cancelled. Ruth is ill.\n\n")


def test_of_an_event_that_was_taken_back_only_a_shell_is_left():
    event = make_social(description="Private plans", facilitators="Ruth")
    event.tags.add(Tag.objects.create(slug="x", name="Private"))
    Event.objects.update(state=Event.State.DRAFT)

    told = written(event)

    assert sorted(told) == [
        "CREATED",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "LAST-MODIFIED",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
    ]
    assert told["STATUS"] == "CANCELLED"
    assert told["SUMMARY"] == "Cancelled: this event is no longer on the calendar"


# --- Times ---


def test_times_are_local_with_their_zone():
    told = lines(session_vevent(only(make_social())))

    assert "DTSTART;TZID=Europe/London:20200503T150000" in told
    assert "DTEND;TZID=Europe/London:20200503T170000" in told


def test_utc_needs_no_zone():
    told = lines(session_vevent(only(make_social(time_zone="UTC"))))

    assert "DTSTART:20200503T140000Z" in told
    assert "DTEND:20200503T160000Z" in told


@pytest.mark.parametrize(
    ("fold", "start", "end"),
    [
        (0, "DTSTART:20261025T003000Z", "DTEND:20261025T023000Z"),
        (1, "DTSTART:20261025T013000Z", "DTEND:20261025T033000Z"),
    ],
)
def test_a_time_the_clocks_show_twice_is_told_in_utc(fold, start, end):
    event = make_event(dates=0)
    make_session(event, make_instant(date(2026, 10, 25), time(1, 30), "Europe/London", fold))

    assert {start, end} <= set(lines(only(event).vevent))


def test_a_programme_is_one_vevent_a_date_and_they_name_each_other():
    event = make_event(dates=0, title="Inclusive Allyship")
    for week, title in enumerate(["", "Where we stand", ""]):
        make_session(event, utc(2021, 3, 3, 14) + timedelta(weeks=week), title=title)
    first, second, third = event.sessions.all()

    told = read(second.vevent)

    assert told["SUMMARY"] == "Inclusive Allyship (session 2 of 3): Where we stand"
    assert [str(uid) for uid in told["RELATED-TO"]] == [first.uid, third.uid]
    assert {uid.params["RELTYPE"] for uid in told["RELATED-TO"]} == {"SIBLING"}
    assert "RRULE" not in told


def test_sessions_are_numbered_in_the_order_of_their_dates():
    event = make_event(dates=0, title="P")
    make_session(event, utc(2021, 3, 10))
    make_session(event, utc(2021, 3, 3))

    assert [read(s.vevent)["SUMMARY"] for s in event.sessions.all()] == [
        "P (session 1 of 2)",
        "P (session 2 of 2)",
    ]


# --- Text ---


def test_what_people_wrote_is_told_without_marks_and_ends_with_the_page():
    event = make_social(
        description="# Why\n\nWe *talk*; [values](https://example.org/v), and more.",
        content_note="Racism is spoken about.",
        access_note="Breaks **every** 45 minutes.",
    )
    AccessInPlace.objects.create(event=event, code="captions")
    AccessInPlace.objects.create(event=event, code="bsl", note="BSL by Ana and Ben")

    assert str(written(event)["DESCRIPTION"]) == (
        "Six topics.\n\n"
        "Why\n\nWe talk; values (https://example.org/v), and more.\n\n"
        "Content note: Racism is spoken about.\n\n"
        "Access in place:\n- Live captions\n- BSL by Ana and Ben\nBreaks every 45 minutes.\n\n"
        "http://localhost:8000/events/allies/"
    )


def test_a_long_description_is_cut_and_the_page_still_named():
    told = written(make_social(description="word " * 2000))["DESCRIPTION"]

    assert len(told) < 800
    assert " …\n\nhttp://localhost:8000/events/allies/" in told


@pytest.mark.parametrize(
    ("format", "place"),
    [
        (Event.Format.ONLINE, "Online"),
        (Event.Format.IN_PERSON, "Library, 1 High Street, Derby"),
        (Event.Format.BOTH, "Library, 1 High Street, Derby, and online"),
    ],
)
def test_the_place_is_one_line(format, place):
    group = make_group()
    event = make_social(group=group, venue=make_venue(group, name="Library"), format=format)

    assert written(event)["LOCATION"] == place


def test_a_session_may_be_elsewhere():
    group = make_group()
    event = make_social(group=group, venue=make_venue(group, name="Library"), format=Event.Format.IN_PERSON)
    event.sessions.update(venue=make_venue(group, name="Town hall"))

    assert written(event)["LOCATION"] == "Town hall, 1 High Street, Derby"


def test_tags_organisers_and_page_are_told():
    event = make_social(group=make_group("Derby, Allies", contact_email="hub@example.org"))
    event.tags.add(
        Tag.objects.create(slug="a", name="race, class"), Tag.objects.create(slug="b", name="zoom")
    )

    told = lines(session_vevent(only(event)))

    assert r"CATEGORIES:race\, class,zoom" in told
    assert r"CONTACT:Derby\, Allies\, hub@example.org" in told
    assert "URL:http://localhost:8000/events/allies/" in told


def test_no_way_into_the_meeting_is_told_even_where_somebody_wrote_one():
    event = make_social(
        title="Allies zoom.us/j/111",
        summary="Come to https://us02web.zoom.us/j/81234567890?pwd=secret",
        description="or [here](https://meet.jit.si/DerbySecret). Passcode: hunter22",
        access_note="phone: Meeting ID: 812 3456 7890",
        join_address="https://us02web.zoom.us/j/81234567890?pwd=secret",
        join_help="Passcode: hunter22",
    )
    register(event, "amara@example.org", name="Amara")

    text = session_vevent(only(event)).replace("\r\n ", "")

    for secret in (
        "zoom.us",
        "secret",
        "meet.jit.si",
        "hunter22",
        "812 3456",
        "3456 7890",
        "Amara",
        "amara@",
        "ATTENDEE",
        "CONFERENCE",
    ):
        assert secret not in text
    assert "(see the event's page)" in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(), min_size=1, max_size=140),
    text=st.text(st.characters(), max_size=400),
)
def test_whatever_is_written_every_line_is_well_formed(title, text):
    session = any_session()
    session.event.title, session.event.summary, session.event.description = title, text, text
    session.title = text[:140]

    raw = session_vevent(session)

    for line in raw.encode().removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().isprintable() or "\t" in line.decode() or not set(line) & set(range(32))
    told = icalendar.Event.from_ical(raw.encode())
    assert not told.errors
    assert "\n" not in told["SUMMARY"]


def any_session() -> Session:
    session = Session.objects.first()
    return session or only(make_social())


def test_the_kept_text_needs_no_query(django_assert_num_queries):
    make_social()

    with django_assert_num_queries(1):
        list(Session.objects.values_list("vevent", "event__time_zone"))


# --- For the one who is registered ---


def personal(event: Event, registration: Registration, **options) -> icalendar.Event:
    return read(personal_vevent(only(event), registration, JOIN, **options))


def test_who_has_a_place_is_busy_and_told_the_way_to_our_door():
    event = make_social(join_address="https://zoom.us/j/1")
    registration = register(event)

    told = personal(event, registration)

    assert told["UID"] == only(event).uid
    assert (told["STATUS"], told["TRANSP"], told["CLASS"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")
    assert str(told["DESCRIPTION"]).startswith(f"Join here on the day: {JOIN}\n\n")
    assert told["CONFERENCE"] == JOIN
    assert told["CONFERENCE"].params == {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join"}
    assert "zoom.us" not in told.to_ical().decode()
    assert "ATTENDEE" not in told


def test_in_person_there_is_no_door_to_press():
    event = make_social(format=Event.Format.IN_PERSON)

    told = personal(event, register(event))

    assert "CONFERENCE" not in told
    assert JOIN not in str(told["DESCRIPTION"])


@pytest.mark.parametrize(
    ("changes", "status", "title"),
    [
        ({"state": "waiting"}, "TENTATIVE", "Waiting list: Being better allies"),
        ({"state": "offered"}, "TENTATIVE", "Place offered: Being better allies"),
        ({"email_confirmed_at": None}, "TENTATIVE", "Not confirmed yet: Being better allies"),
        ({"state": "cancelled"}, "CANCELLED", "Cancelled: Being better allies"),
    ],
)
def test_whoever_has_no_place_gets_no_way_in(changes, status, title):
    event = make_social()
    registration = register(event)
    for field, value in changes.items():
        setattr(registration, field, value)

    told = personal(event, registration, remind_minutes=30)

    assert (told["STATUS"], told["SUMMARY"]) == (status, title)
    assert "/join/" not in told.to_ical().decode()
    assert not told.walk("VALARM")


def test_a_cancelled_event_is_cancelled_for_those_registered_too():
    event = make_social()
    registration = register(event)
    Event.objects.update(state=Event.State.CANCELLED)

    told = personal(event, registration)

    assert (told["STATUS"], told["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert "/join/" not in told.to_ical().decode()


def test_its_stamp_is_the_later_of_both_changes():
    event = make_social()
    registration = register(event)
    registration.changed_at = only(event).changed_at + timedelta(days=1)

    told = personal(event, registration)

    assert told["LAST-MODIFIED"].dt == registration.changed_at.replace(microsecond=0)


def test_a_reminder_only_for_those_who_asked():
    event = make_social()
    registration = register(event)

    (alarm,) = personal(event, registration, remind_minutes=30).walk("VALARM")

    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["TRIGGER"].dt == timedelta(minutes=-30)
    assert alarm["DESCRIPTION"] == "Being better allies"
    assert not personal(event, registration).walk("VALARM")
