"""A partner's calendar: new events become drafts, known ones are changed, nobody's event is made twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import calendar_imports, events, publishing, retention
from events.actions.calendar_standings import Standing, standings
from events.ics import repeats
from events.ics.found import found_in
from events.ics.lines import cut
from events.models import CalendarImport, Event, ImportedEvent
from kit.times import local
from mail.models import OutgoingMail
from tests.calendar_texts import an_event, in_calendar
from tests.factories import make_group, make_hub, make_organiser, register

pytestmark = pytest.mark.django_db
ZOOM = "https://zoom.us/j/94515558888?pwd=Qm9va2xldA"


@pytest.fixture
def group():
    make_hub()
    return make_group("Solidarity Socials", slug="socials")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth")


def in_days(days: int, hour: int = 19) -> str:
    return f";TZID=Europe/London:{timezone.now() + timedelta(days=days):%Y%m%d}T{hour:02}0000"


def social(*more: str, days: int = 10, **lines: str) -> str:
    return an_event(*more, **{"DTSTART": in_days(days), "DTEND": in_days(days, 21)} | lines)


def bring_in(group, by, *texts: str, calendar: tuple[str, ...] = ()) -> CalendarImport:
    repeats.ALLOWANCE.left = repeats.FOR_ALL
    contents = found_in(cut(in_calendar("".join(texts), *calendar).encode()), timezone.now())
    return calendar_imports.keep(group, contents, key=uuid4(), by=by)


def take(kept: CalendarImport, by, **zones: str) -> calendar_imports.Taken:
    numbers = [found.number for found in standings(kept)]
    return calendar_imports.take(kept, numbers, zones=zones, by=by)


def standing(kept: CalendarImport) -> list[str]:
    return [found.standing for found in standings(kept)]


def test_an_event_becomes_a_draft_with_its_words_place_and_date(group, ruth):
    words = {
        "LOCATION": "Central Library\\, 1 High Street",
        "DESCRIPTION": "<p>Come &amp; <b>talk</b>.</p><p>All.</p>",
    }

    (event,) = take(bring_in(group, ruth, social(**words)), ruth).made

    event.refresh_from_db()
    assert (event.state, event.title, event.created_by) == (Event.State.DRAFT, "Solidarity Social", ruth)
    assert (event.description, event.summary) == ("Come & talk.\n\nAll.", "Come & talk. All.")
    assert (event.format, event.venue.name, event.venue.address) == (
        "in_person",
        "Central Library",
        "1 High Street",
    )
    (session,) = event.sessions.all()
    assert [local(at, event.time_zone).hour for at in (session.starts_at, session.ends_at)] == [19, 21]


def test_the_way_into_a_meeting_goes_behind_the_door_wherever_it_stands(group, ruth):
    words = {"LOCATION": ZOOM, "DESCRIPTION": f"Join <a href='{ZOOM}'>here</a><br>Meeting ID: 945 1555 8888"}
    kept = bring_in(group, ruth, social(f"X-GOOGLE-CONFERENCE:{ZOOM}", **words))

    (event,) = take(kept, ruth).made

    event = Event.objects.get(pk=event.pk)
    assert (event.format, event.join_address) == ("online", ZOOM)
    assert "zoom.us" not in f"{event.title}{event.summary}{event.description}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT found FROM events_calendarimport")
        assert "zoom.us" not in cursor.fetchone()[0]
    assert "zoom.us" not in str(ImportedEvent.objects.values_list("told", flat=True)[0])


def test_brought_in_twice_nothing_is_doubled(group, ruth):
    kept = bring_in(group, ruth, social())
    take(kept, ruth)
    take(kept, ruth)

    again = bring_in(group, ruth, social(DTSTAMP="20261128T090000Z"))

    assert (standing(again), Event.objects.count()) == ([Standing.SAME], 1)


def test_a_draft_takes_what_changed_and_keeps_what_organisers_wrote(group, ruth):
    (event,) = take(bring_in(group, ruth, social(DESCRIPTION="Old words.")), ruth).made
    event.title, event.capacity = "Our own title", 30
    events.save(event, fields=["title", "capacity"])

    take(bring_in(group, ruth, social(SEQUENCE="3", DESCRIPTION="New words.", days=11)), ruth)

    event = Event.objects.get()
    assert (event.title, event.capacity, event.description) == ("Our own title", 30, "New words.")
    assert event.sessions.get().starts_at.date() == (timezone.now() + timedelta(days=11)).date()


def test_an_older_one_changes_nothing(group, ruth):
    take(bring_in(group, ruth, social()), ruth)

    older = bring_in(group, ruth, social(SEQUENCE="1", SUMMARY="Another title"))

    assert (standing(older), take(older, ruth).changed) == ([Standing.OLDER], [])


def test_a_published_event_that_moves_tells_whoever_is_coming(group, ruth):
    (event,) = take(bring_in(group, ruth, social(DESCRIPTION="Words.")), ruth).made
    publishing.publish(event)
    register(Event.objects.get(), "keli@example.org")

    (changed,) = take(
        bring_in(group, ruth, social(DESCRIPTION="Words.", SEQUENCE="3", days=12)), ruth
    ).changed

    assert changed == event
    assert OutgoingMail.objects.of_kind("event-changed").filter(to_email="keli@example.org").count() == 1


def test_what_is_cancelled_there_is_never_called_off_by_itself(group, ruth):
    take(bring_in(group, ruth, social()), ruth)

    kept = bring_in(group, ruth, social(SEQUENCE="9", STATUS="CANCELLED"))

    assert (standing(kept), take(kept, ruth).changed, Event.objects.get().state) == (
        ["cancelled"],
        [],
        "draft",
    )


def test_a_series_becomes_one_draft_with_its_dates_and_follows_them(group, ruth):
    weekly = {"UID": "w", "RRULE": "FREQ=WEEKLY;COUNT=4"}
    (event,) = take(bring_in(group, ruth, social(**weekly)), ruth).made
    first = event.sessions.all()[0]

    fewer = social(**weekly, SEQUENCE="3", EXDATE=in_days(17))
    take(bring_in(group, ruth, fewer), ruth)
    assert [s.starts_at - first.starts_at for s in event.sessions.all()] == [
        timedelta(weeks=w) for w in (0, 2, 3)
    ]
    take(
        bring_in(group, ruth, social(**weekly | {"RRULE": "FREQ=WEEKLY;COUNT=3"}, SEQUENCE="4", days=11)),
        ruth,
    )

    numbers = list(event.sessions.values_list("number", flat=True))
    assert numbers == [1, 3, 4]
    assert event.sessions.all()[0].starts_at == first.starts_at + timedelta(days=1)


def test_an_event_has_no_more_dates_than_its_page_can_show(group, ruth):
    (event,) = take(bring_in(group, ruth, social(RRULE="FREQ=DAILY")), ruth).made

    assert event.sessions.count() == 60


def test_a_zone_that_nobody_knows_is_asked_for(group, ruth):
    text = social(DTSTART=in_days(10).replace("Europe/London", "Our clock"), DTEND="")
    kept = bring_in(group, ruth, text)

    assert (standing(kept), take(kept, ruth).made) == ([Standing.ASKS], [])
    (event,) = take(kept, ruth, **{"Our clock": "America/New_York"}).made

    assert (event.time_zone, local(event.sessions.get().starts_at, "America/New_York").hour) == (
        "America/New_York",
        19,
    )


def test_times_without_a_zone_are_asked_for_and_days_are_of_the_calendars_own(group, ruth):
    floating = social(UID="1", DTSTART=in_days(10).partition(":")[2], DTEND="")
    whole = social(UID="2", DTSTART=f";VALUE=DATE:{timezone.now() + timedelta(days=9):%Y%m%d}", DTEND="")

    kept = bring_in(group, ruth, floating, whole, calendar=("X-WR-TIMEZONE:Asia/Calcutta",))

    assert standing(kept) == [Standing.ASKS, Standing.NEW]
    (event,) = take(kept, ruth).made
    (session,) = event.sessions.all()
    assert (event.time_zone, session.ends_at - session.starts_at) == ("Asia/Kolkata", timedelta(days=1))
    assert local(session.starts_at, "Asia/Kolkata").hour == 0


def test_what_is_over_is_left_out(group, ruth):
    assert standing(bring_in(group, ruth, social(days=-3))) == [Standing.OVER]


def test_another_group_may_bring_in_the_same_calendar(group, ruth):
    other = make_group("Others")
    take(bring_in(group, ruth, social()), ruth)

    assert standing(bring_in(other, ruth, social())) == [Standing.NEW]


def test_a_file_is_forgotten_after_a_week_and_what_came_of_it_stays(group, ruth):
    take(bring_in(group, ruth, social()), ruth)
    CalendarImport.objects.update(created_at=timezone.now() - timedelta(days=8))

    retention.forget_what_is_over()

    assert (CalendarImport.objects.count(), ImportedEvent.objects.count()) == (0, 1)
