"""What is read of a calendar file: everything that people meant, nothing that is too much."""

import gc
import time
from datetime import UTC, datetime, timedelta

import pytest

from events import calendar_files
from events.ics import repeats
from events.ics.found import found_in
from events.ics.lines import cut
from tests.calendar_texts import an_event, in_calendar

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def read(text: str | bytes, now: datetime = NOW) -> list[dict]:
    """As the program reads it, at that moment, without its process."""
    repeats.ALLOWANCE.left = repeats.FOR_ALL
    return found_in(cut(text if isinstance(text, bytes) else text.encode()), now)["events"]


def refusal(content: bytes) -> str:
    with pytest.raises(calendar_files.CannotRead) as refused:
        calendar_files.read(content)
    return refused.value.reason


def test_a_file_is_read_in_a_process_of_its_own():
    found = calendar_files.read(in_calendar(an_event()).encode())

    (event,) = found["events"]
    assert (event["title"], event["sequence"], event["zone"]) == ("Solidarity Social", 2, "Europe/London")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"BEGIN:VCALENDAR\n" + b"X" * 5_000_000, "size"),
        (b"BEGIN:VCALENDAR\nSUMMARY:" + b"x" * 70_000, "line"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 10_000, "depth"),
        (b"BEGIN:VCALENDAR\n" * 50_000, "lines"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 501, "events"),
        (b"hello", "no_calendar"),
    ],
    ids=["5 MB", "long line", "nested", "50,000 nested", "events", "no calendar"],
)
def test_what_is_too_large_is_refused_before_any_library_sees_it(content, reason):
    assert refusal(content) == reason


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(calendar_files, "LONGEST_WAIT", 0.01)

    assert refusal(in_calendar(an_event()).encode()) == "time"


@pytest.mark.parametrize(
    "content",
    [
        in_calendar(an_event(SUMMARY="Café")).encode(),
        b"\xef\xbb\xbf" + in_calendar(an_event(SUMMARY="Café")).encode(),
        in_calendar(an_event(SUMMARY="Café")).replace("\r\n", "\n").encode(),
        in_calendar(an_event(SUMMARY="Café")).encode("latin-1"),
        in_calendar(an_event(SUMMARY="Café")).encode("utf-16"),
        an_event(SUMMARY="Café").encode(),
        in_calendar(an_event(SUMMARY="Café")).replace("Caf", "C\r\n af").encode(),
        in_calendar(an_event(SUMMARY="Café")).encode().replace(b"\xc3\xa9", b"\xc3\r\n \xa9"),
    ],
    ids=[
        "utf-8",
        "mark",
        "line feeds",
        "latin-1",
        "utf-16",
        "bare event",
        "folded",
        "folded within a letter",
    ],
)
def test_a_title_is_read_however_the_file_was_written(content):
    assert [event["title"] for event in read(content)] == ["Café"]


def test_several_calendars_in_a_file_are_read():
    text = in_calendar(an_event(UID="1")) + in_calendar(an_event(UID="2"))

    assert [event["uid"] for event in read(text)] == ["1", "2"]


def test_one_broken_event_spoils_no_other():
    broken = an_event(UID="1", DTSTART="never")
    no_end = an_event(UID="3").replace("END:VEVENT\r\n", "")

    found = read(in_calendar(broken + an_event(UID="2") + no_end))

    assert [(event["uid"], event["wrong"]) for event in found] == [("1", "no_start"), ("2", ""), ("3", "")]


def test_what_is_of_other_people_is_not_even_read():
    more = [
        "ORGANIZER:mailto:ruth@example.org",
        "ATTENDEE;CN=Keli:mailto:keli@example.org",
        "ATTACH:https://example.org/file",
        "BEGIN:VALARM",
        "DESCRIPTION:Alarm",
        "END:VALARM",
    ]
    text = in_calendar(an_event(*more, UID="1"), "METHOD:CANCEL")

    found = found_in(cut(text.encode()), NOW)

    (event,) = found["events"]
    assert "example.org" not in str(event)
    assert (event["left_out"], event["is_cancelled"]) == (["alarms", "attachments", "people"], False)
    assert found["has_method"] is True


@pytest.mark.parametrize(
    ("name", "zone", "unknown"),
    [
        ("Europe/London", "Europe/London", ""),
        ("GMT Standard Time", "Europe/London", ""),
        ("/freeassociation.sourceforge.net/Europe/London", "Europe/London", ""),
        ("Our own clock", "", "Our own clock"),
    ],
)
def test_zones_are_known_by_the_names_that_programs_have_for_them(name, zone, unknown):
    (event,) = read(in_calendar(an_event(DTSTART=f";TZID={name}:20261203T190000")))

    assert (event["zone"], event["unknown"]) == (zone, unknown)


def test_a_weekly_event_keeps_its_hour_when_the_clocks_change():
    rule = an_event(
        DTSTART=";TZID=Europe/London:20270323T190000", RRULE="FREQ=WEEKLY;COUNT=2", DURATION="PT2H"
    )

    (event,) = read(in_calendar(rule.replace("DTEND", "X-DTEND")))

    assert [start for _key, start, _end in event["dates"]] == ["2027-03-23T19:00:00Z", "2027-03-30T18:00:00Z"]


def test_dates_of_a_series_that_are_otherwise_belong_to_it():
    series = an_event(UID="s", RRULE="FREQ=WEEKLY;COUNT=4", EXDATE=";TZID=Europe/London:20261210T190000")
    moved = an_event(
        UID="s",
        DTSTART=";TZID=Europe/London:20261218T200000",
        DTEND=";TZID=Europe/London:20261218T210000",
        **{"RECURRENCE-ID": ";TZID=Europe/London:20261217T190000"},
    )
    off = an_event(UID="s", STATUS="CANCELLED", **{"RECURRENCE-ID": ";TZID=Europe/London:20261224T190000"})

    (event,) = read(in_calendar(series + moved + off))

    assert [date[:2] for date in event["dates"]] == [
        ["2026-12-03T19:00:00Z", "2026-12-03T19:00:00Z"],
        ["2026-12-17T19:00:00Z", "2026-12-18T20:00:00Z"],
    ]


FROM_HERE_ON = "RECURRENCE-ID;RANGE=THISANDFUTURE"


def test_a_change_from_a_date_on_is_one_of_all_that_follow_until_the_next():
    """By the clock of the zone, so across the change of the clocks on 28 March as well."""
    series = an_event(
        UID="s",
        DTSTART=";TZID=Europe/London:20270309T190000",
        DTEND=";TZID=Europe/London:20270309T200000",
        RRULE="FREQ=WEEKLY;COUNT=7",
    )
    later_and_longer = an_event(
        UID="s",
        DTSTART=";TZID=Europe/London:20270317T203000",
        DTEND=";TZID=Europe/London:20270317T230000",
        **{FROM_HERE_ON: ";TZID=Europe/London:20270316T190000"},
    )
    alone = an_event(
        UID="s",
        DTSTART=";TZID=Europe/London:20270324T120000",
        DTEND=";TZID=Europe/London:20270324T130000",
        **{"RECURRENCE-ID": ";TZID=Europe/London:20270323T190000"},
    )
    no_more = an_event(UID="s", STATUS="CANCELLED", **{FROM_HERE_ON: ";TZID=Europe/London:20270413T190000"})

    (event,) = read(in_calendar(series + no_more + alone + later_and_longer))

    assert [date[1:] for date in event["dates"]] == [
        ["2027-03-09T19:00:00Z", "2027-03-09T20:00:00Z"],
        ["2027-03-17T20:30:00Z", "2027-03-17T23:00:00Z"],
        ["2027-03-24T12:00:00Z", "2027-03-24T13:00:00Z"],
        ["2027-03-31T19:30:00Z", "2027-03-31T22:00:00Z"],
        ["2027-04-07T19:30:00Z", "2027-04-07T22:00:00Z"],
    ]
    assert [date[0] for date in event["dates"]][2:4] == ["2027-03-23T19:00:00Z", "2027-03-30T18:00:00Z"]


def test_whole_days_move_from_a_date_on_as_well():
    series = an_event(
        UID="s", DTSTART=";VALUE=DATE:20270302", DTEND=";VALUE=DATE:20270303", RRULE="FREQ=WEEKLY;COUNT=3"
    )
    moved = an_event(
        UID="s",
        DTSTART=";VALUE=DATE:20270310",
        DTEND=";VALUE=DATE:20270312",
        **{f"{FROM_HERE_ON};VALUE=DATE": "20270309"},
    )

    (event,) = read(in_calendar(series + moved))

    assert [date[1:] for date in event["dates"]] == [
        ["2027-03-02", "2027-03-03"],
        ["2027-03-10", "2027-03-12"],
        ["2027-03-17", "2027-03-19"],
    ]


def test_a_change_of_all_before_a_date_is_refused():
    series = an_event(UID="s", RRULE="FREQ=WEEKLY;COUNT=3")
    moved = an_event(UID="s", **{"RECURRENCE-ID;RANGE=THISANDPRIOR": ";TZID=Europe/London:20261210T190000"})

    (event,) = read(in_calendar(series + moved))

    assert (event["wrong"], event["dates"]) == ("repeats_unreadable", [])


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "too_often"),
        ("FREQ=HOURLY", "too_often"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,1,2", "too_often"),
        ("FREQ=DAILY;INTERVAL=0", "too_often"),
        ("FREQ=YEARLY;RSCALE=CHINESE", "repeats_unreadable"),
    ],
)
def test_rules_that_would_never_end_are_refused_before_a_date_is_worked_out(rule, wrong):
    (event,) = read(in_calendar(an_event(RRULE=rule)))

    assert (event["wrong"], event["dates"]) == (wrong, [])


def test_a_rule_without_any_date_is_given_up_within_its_time(monkeypatch):
    monkeypatch.setattr(repeats, "FOR_ONE", 0.05)

    (event,) = read(in_calendar(an_event(RRULE="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")))

    assert event["wrong"] == "too_long"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_end_is_heard_although_it_is_first_raised_where_python_drops_it(monkeypatch):
    monkeypatch.setattr(repeats, "FOR_ONE", 0.01)
    monkeypatch.setattr(repeats, "SAID_AGAIN", 0.01)
    last = time.process_time() + 2

    def work(_: object = None) -> None:
        while time.process_time() < last:
            pass

    def throw_away_and_work() -> None:
        type("ThrownAway", (), {"__del__": work})()
        work()

    with pytest.raises(repeats.NotWithinBounds), repeats.Allowance(1).limited():
        throw_away_and_work()


def test_while_dates_are_worked_out_nothing_is_tidied_away():
    with repeats.Allowance(1).limited():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_rule_without_end_gives_two_hundred_dates_within_two_years():
    (event,) = read(in_calendar(an_event(DTSTART=";TZID=Europe/London:19900101T190000", RRULE="FREQ=DAILY")))
    last = datetime.fromisoformat(event["dates"][-1][1])

    assert (len(event["dates"]), event["more"] > 500, last < NOW + timedelta(days=201)) == (200, True, True)


def test_without_an_end_a_day_is_a_whole_one_and_a_time_an_hour():
    day = an_event(UID="1", DTSTART=";VALUE=DATE:20261203").replace("DTEND", "X-DTEND")
    hour = an_event(UID="2").replace("DTEND", "X-DTEND")

    whole, assumed = read(in_calendar(day + hour))

    assert whole["dates"] == [["", "2026-12-03", "2026-12-04"]]
    assert (assumed["dates"][0][2], assumed["assumed"]) == ("2026-12-03T20:00:00Z", "hour")
