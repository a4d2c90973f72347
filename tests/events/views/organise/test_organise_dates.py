"""All dates of an event in one form."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Event, Session
from kit.layouts import is_asked
from mail.models import OutgoingMail
from tests.factories import make_event, make_session, make_venue, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january() -> Iterator[None]:
    with time_machine.travel("2030-01-10 12:00Z", tick=False):
        yield


def dates_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/dates/"


def row(day: str = "2030-05-05", start: str = "15:00", end: str = "17:00", **more: Any) -> dict[str, Any]:
    return {"date": day, "start": start, "end": end} | more


def typed(*rows: dict[str, Any], zone: str = "Europe/London", **more: Any) -> dict[str, Any]:
    form = {f"dates-{n}-{name}": value for n, fields in enumerate(rows) for name, value in fields.items()}
    return form | {"time_zone": zone, "dates-TOTAL_FORMS": len(rows), "dates-INITIAL_FORMS": 0} | more


def send(client: Client, event: Event, *rows: dict[str, Any], **more: Any):
    return client.post(dates_of(event), typed(*rows, **more))


def row_errors(response, number: int = 0) -> dict[str, list[str]]:
    return response.context["page"].rows.forms[number].errors


def spans(event: Event) -> list[tuple[datetime, datetime]]:
    return [(session.starts_at, session.ends_at) for session in event.sessions.order_by("starts_at")]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.fixture
def draft(group) -> Event:
    event = make_event(group=group, state="draft", slug="a-draft")
    event.sessions.all().delete()
    return event


@pytest.fixture
def dated(group) -> Event:
    event = make_event(group=group, slug="dated")
    event.sessions.all().delete()
    make_session(event, at(2030, 5, 5, 14))
    return event


def test_four_dates_are_saved_at_once_in_the_events_zone(signed_in, draft):
    days = ("2030-02-23", "2030-03-03", "2030-03-19", "2030-04-02")

    response = send(signed_in, draft, *(row(day, "11:00", "12:00") for day in days))

    assert response["Location"] == "/organise/events/a-draft/"
    assert [start for start, _end in spans(draft)] == [
        at(2030, 2, 23, 11),
        at(2030, 3, 3, 11),
        at(2030, 3, 19, 11),
        at(2030, 4, 2, 10),  # the clocks have gone forward
    ]
    assert [session.number for session in draft.sessions.all()] == [1, 2, 3, 4]


def test_blank_rows_are_no_dates(signed_in, draft):
    send(signed_in, draft, row(), {"title": ""}, {})

    assert draft.sessions.count() == 1


def test_a_row_keeps_its_session_and_its_uid(signed_in, dated):
    before = dated.sessions.get()

    send(signed_in, dated, row(number=before.number, title="Welcome", agenda="15:20 Choose a room"))

    after = dated.sessions.get()
    assert (after.uid, after.sequence, after.title) == (before.uid, 0, "Welcome")
    assert after.agenda_lines() == [("15:20", "Choose a room")]


def test_a_date_that_moves_is_told_to_everyone_registered(signed_in, dated):
    register(dated)

    moved = row(start="16:00", end="18:00", number=1)

    shown = send(signed_in, dated, moved)
    assert spans(dated) == [(at(2030, 5, 5, 14), at(2030, 5, 5, 16))]
    assert "1 person with a place, who is asked" in shown.content.decode()
    told = shown.context["page"].told
    # What was shown is what is agreed to: with other dates the page shows them first.
    send(signed_in, dated, row(start="17:00", end="18:00", number=1), told=told)
    assert spans(dated) == [(at(2030, 5, 5, 14), at(2030, 5, 5, 16))]
    send(signed_in, dated, moved, told=told)

    assert spans(dated) == [(at(2030, 5, 5, 15), at(2030, 5, 5, 17))]
    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1


def test_another_zone_moves_every_date_once(signed_in, dated):
    register(dated)

    shown = send(signed_in, dated, row(number=1), zone="America/New_York")
    send(signed_in, dated, row(number=1), zone="America/New_York", told=shown.context["page"].told)

    dated.refresh_from_db()
    assert (dated.time_zone, spans(dated)[0][0]) == ("America/New_York", at(2030, 5, 5, 19))
    assert dated.sessions.get().sequence == 1
    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1


def test_ticked_dates_are_removed_whatever_else_stands_in_their_row(signed_in, dated):
    make_session(dated, at(2030, 6, 5, 14))

    send(signed_in, dated, row(number=1), {"number": 2, "date": "nonsense", "DELETE": "on"})

    assert [start for start, _end in spans(dated)] == [at(2030, 5, 5, 14)]


def test_a_published_event_keeps_a_date(signed_in, dated):
    response = send(signed_in, dated, row(number=1, DELETE="on"))

    words = "A published event needs a date. If it does not take place, cancel the event instead"
    assert response.context["page"].rows.non_form_errors() == [words]
    assert words in response.content.decode()
    assert dated.sessions.count() == 1


def test_a_draft_may_lose_its_last_date(signed_in, dated):
    Event.objects.update(state="draft")

    send(signed_in, dated, row(number=1, DELETE="on"))

    assert dated.sessions.count() == 0


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (row(day=""), {"date": ["Enter the date"]}),
        (row(start=""), {"start": ["Enter the start"]}),
        (row(end="25:00"), {"end": ["Enter the time as hours and minutes, for example 15:30"]}),
        (
            row(end="14:00"),
            {"end": ["The end must be after the start. If it ends on another day, give the last day"]},
        ),
        (
            row(end="15:00"),
            {"end": ["The end must be after the start. If it ends on another day, give the last day"]},
        ),
        (row(last_day="2030-05-04"), {"last_day": ["The last day must not be before the date"]}),
        (
            row(last_day="2031-05-04"),
            {"last_day": ["One date lasts two months at most. Make it several dates"]},
        ),
        (
            row("2020-05-03"),
            {"is_past_on_purpose": ["This date is in the past. Tick the box if that is right"]},
        ),
        (
            row("1899-05-03"),
            {
                "start": ["Enter a year between 1900 and 9998."],
                "end": ["Enter a year between 1900 and 9998."],
            },
        ),
        (row(title="x" * 141), {"title": ["Shorten this to 140 characters or fewer"]}),
        (
            row("2030-03-31", "01:30", "03:00"),
            {
                "start": [
                    "The clocks go forward on Sunday 31 March 2030 (UK time), and 1.30am does not exist that day. "
                    "Choose another time, for example 2.30am."
                ]
            },
        ),
        (
            row("2030-03-31", "00:30", "01:30"),
            {
                "end": [
                    "The clocks go forward on Sunday 31 March 2030 (UK time), and 1.30am does not exist that day. "
                    "Choose another time, for example 2.30am."
                ]
            },
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(signed_in, draft, fields, errors):
    response = send(signed_in, draft, row(), fields | {"agenda": "Typed with care"})

    assert row_errors(response, 1) == errors
    assert "Typed with care" in response.content.decode()
    assert draft.sessions.count() == 0


def test_an_hour_that_the_clocks_show_twice_is_asked_about(signed_in, draft):
    response = send(signed_in, draft, row("2030-10-27", "01:30", "03:00"))

    assert list(row_errors(response)) == ["start_which"]
    assert "The first, before the clocks go back" in response.content.decode()
    for which, hour in (("0", 0), ("1", 1)):
        send(signed_in, draft, row("2030-10-27", "01:30", "03:00", start_which=which))
        assert spans(draft)[0][0] == at(2030, 10, 27, hour, 30)
        draft.sessions.all().delete()


def test_a_doubled_hour_that_was_answered_stays_answered(signed_in, draft):
    send(signed_in, draft, row("2030-10-27", "01:30", "03:00", start_which="1"))

    form = signed_in.get(dates_of(draft)).context["page"].rows.forms[0]

    assert [is_asked(form[name]) for name in ("start_which", "end_which")] == [True, False]
    assert form["start_which"].value() == "1"


def test_a_past_date_can_be_meant(signed_in, draft):
    send(signed_in, draft, row("2020-05-03", is_past_on_purpose="on"))

    assert spans(draft)[0][0] == at(2020, 5, 3, 14)


def test_a_past_date_that_stays_as_it_is_needs_no_tick(signed_in, dated):
    make_session(dated, at(2029, 5, 5, 14))

    send(signed_in, dated, row("2029-05-05", number=2, title="Looking back"), row(number=1))

    assert [session.title for session in dated.sessions.all()] == ["Looking back", ""]


def test_an_evening_may_end_after_midnight(signed_in, draft):
    send(signed_in, draft, row("2030-05-05", "22:00", "00:30", last_day="2030-05-06"))

    assert spans(draft) == [(at(2030, 5, 5, 21), at(2030, 5, 5, 23, 30))]


def test_another_date_is_added_without_saving_or_losing_anything(signed_in, dated):
    response = send(signed_in, dated, row("nonsense", "", "17:00", number=1), add="1")

    rows = response.context["page"].rows.forms
    assert [form["date"].value() for form in rows] == ["nonsense", None]
    assert (rows[0]["end"].value(), rows[0]["number"].value()) == ("17:00", "1")
    assert rows[1].fields["date"].widget.attrs["autofocus"]
    assert 'class="error"' not in response.content.decode()
    assert dated.sessions.get().starts_at == at(2030, 5, 5, 14)


def test_weeks_are_copied_after_the_last_date(signed_in, dated):
    two = (row(number=1), row("2030-05-12", "22:00", "00:30", last_day="2030-05-13", title="Late"))

    response = send(signed_in, dated, *two, weekly="1", weeks="2")

    rows = response.context["page"].rows.forms
    shown = [
        (str(form["date"].value()), str(form["last_day"].value()), form["title"].value()) for form in rows[2:]
    ]
    assert shown == [("2030-05-19", "2030-05-20", "Late"), ("2030-05-26", "2030-05-27", "Late")]
    assert [form["number"].value() for form in rows[2:]] == [None, None]


@pytest.mark.parametrize("weeks", ["", "0", "-3", "x", "9" * 5000, "٣", "1.5"])
def test_nonsense_for_weeks_adds_none_and_says_so(signed_in, dated, weeks):
    response = send(signed_in, dated, row(number=1), weekly="1", weeks=weeks)

    assert len(response.context["page"].rows.forms) == 1
    assert "Nothing was copied. Enter how many weeks" in response.content.decode()


def test_an_event_has_at_most_sixty_dates(signed_in, draft):
    response = send(signed_in, draft, *(row() for _n in range(61)))

    assert response.context["page"].rows.non_form_errors() == ["An event can have at most 60 dates"]
    assert draft.sessions.count() == 0


def test_the_second_of_two_sees_what_changed(signed_in, dated):
    opened = signed_in.get(dates_of(dated)).context["page"].opened()
    send(signed_in, dated, row(number=1, start="16:00", end="18:00"), opened=opened)

    response = send(signed_in, dated, row(number=1, title="Mine"), opened=opened)

    changes = [(change.before, change.now) for change in response.context["changes"]]
    assert changes == [("Sunday 5 May 2030, 3pm to 5pm (UK time)", "Sunday 5 May 2030, 4pm to 6pm (UK time)")]
    assert dated.sessions.get().title == ""
    send(signed_in, dated, row(number=1, title="Mine"), opened=response.context["page"].opened())
    assert (dated.sessions.get().title, spans(dated)[0][0]) == ("Mine", at(2030, 5, 5, 14))


def test_a_date_that_is_gone_meanwhile_is_made_anew_only_on_purpose(signed_in, dated):
    make_session(dated, at(2030, 6, 5, 14))
    opened = signed_in.get(dates_of(dated)).context["page"].opened()
    send(signed_in, dated, row(number=1), row(number=2, DELETE="on"), opened=opened)

    asked = send(signed_in, dated, row(number=1), row("2030-06-05", number=2), opened=opened)

    assert asked.status_code == 200
    assert dated.sessions.count() == 1
    send(signed_in, dated, row(number=1), row("2030-06-05", number=2), opened=asked.context["page"].opened())
    assert [session.number for session in dated.sessions.all()] == [1, 2]


def test_a_meeting_address_in_how_it_runs_can_be_moved(signed_in, draft):
    agenda = "15:00 Join https://meet.google.com/abc-defg-hij"

    asked = send(signed_in, draft, row(agenda=agenda))
    send(signed_in, draft, row(agenda=agenda, meeting_address="move"))

    draft.refresh_from_db()
    assert sorted(row_errors(asked)) == ["agenda", "meeting_address"]
    assert (draft.sessions.get().agenda, draft.join_address) == (
        "15:00 Join",
        "https://meet.google.com/abc-defg-hij",
    )


def test_a_date_may_have_a_venue_of_its_own(signed_in, draft, group):
    Event.objects.update(format="in_person")
    venue = make_venue(group)

    send(signed_in, draft, row(venue=venue.pk))

    assert draft.sessions.get().venue == venue


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"time_zone": "Europe/London"},
        {"dates-TOTAL_FORMS": "x", "dates-INITIAL_FORMS": "-1"},
        {"dates-TOTAL_FORMS": "9" * 4000, "dates-INITIAL_FORMS": "9" * 4000, "time_zone": "UTC"},
        {"dates-TOTAL_FORMS": "1", "dates-INITIAL_FORMS": "5", "time_zone": "Mars/Olympus"},
        {"dates-TOTAL_FORMS": "1", "dates-INITIAL_FORMS": "0", "time_zone": "\x00", "dates-0-date": "\x00"},
        {"dates-TOTAL_FORMS": "2000", "dates-INITIAL_FORMS": "0", "add": "1", "weekly": "1", "weeks": "26"},
        {
            "dates-TOTAL_FORMS": "1",
            "dates-INITIAL_FORMS": "0",
            "dates-0-number": "99999999999",
            "time_zone": "UTC",
        },
        {"dates-TOTAL_FORMS": "1", "dates-INITIAL_FORMS": "1", "dates-0-venue": "x", "opened": '["\\ud800"]'},
    ],
)
def test_a_form_that_was_tampered_with_is_no_trouble(signed_in, dated, form):
    response = signed_in.post(dates_of(dated), form)

    assert response.status_code == 200
    assert dated.sessions.count() == 1


def test_a_number_named_twice_writes_one_session_and_one_new(signed_in, dated):
    response = send(signed_in, dated, row(number=1), row("2030-06-05", number=1))

    assert response.status_code == 302
    assert Session.objects.filter(event=dated).count() == 1


def test_more_dates_cost_no_more_queries(signed_in, dated, django_assert_max_num_queries):
    signed_in.get(dates_of(dated))
    with django_assert_max_num_queries(20) as first:
        signed_in.get(dates_of(dated))
    for week in range(1, 3):
        make_session(dated, at(2030, 5, 5, 14) + timedelta(weeks=week))

    with django_assert_max_num_queries(len(first)):
        signed_in.get(dates_of(dated))


def test_a_date_that_everyone_can_see_keeps_a_place(signed_in, dated, group):
    """The event has no venue, each of its dates has one."""
    Event.objects.update(format="in_person")
    hall = make_venue(group)
    dated.sessions.update(venue=hall)

    taken_away = send(signed_in, dated, row(number=1, title="Mine", venue=""))
    another = send(signed_in, dated, row(number=1, venue=hall.pk), row("2030-06-05"))
    before = list(dated.sessions.values_list("venue", "title"))
    send(signed_in, dated, row(number=1, venue=hall.pk), row("2030-06-05", venue=hall.pk))

    words = "Everyone can see this event, so this cannot be left out. Say where it takes place."
    assert row_errors(taken_away) == {"venue": [words]}
    assert 'value="Mine"' in taken_away.content.decode()
    assert (row_errors(another), row_errors(another, 1)) == ({}, {"venue": [words]})
    assert (before, dated.sessions.count()) == ([(hall.pk, "")], 2)


def test_it_is_said_above_when_no_date_on_the_page_can_have_a_venue(signed_in, dated, group, monkeypatch):
    """Somebody else made it an event in person while this was sent."""
    dated.sessions.update(venue=make_venue(group))
    opened = Event.objects.get(pk=dated.pk)
    Event.objects.update(format="in_person")
    monkeypatch.setattr("events.views.organise.dates.event_run_by", lambda *_who: opened)

    response = send(signed_in, dated, row(number=1), row("2030-06-05"))

    assert response.context["page"].rows.non_form_errors() == [
        "Everyone can see this event, so this cannot be left out. Say where it takes place."
    ]
    assert dated.sessions.count() == 1
