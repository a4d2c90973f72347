import icalendar

from events.calendars.feed import MOST_BYTES, calendar_text
from events.calendars.zones import vtimezone


def made_up(number: int, text: str = "x") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20200101T000000Z\r\nDTSTART:20200101T000000Z\r\n"
        f"SUMMARY:{text}\r\nEND:VEVENT\r\n"
    )


FEED = {
    "name": "Derby, Allies",
    "description": "Socials\nand more",
    "source_url": "https://hub.example.org/feed.ics?tag=a&q=b%20c",
    "zone": "Europe/London",
}


def test_a_feed_says_what_it_is_and_when_to_ask_again():
    text = calendar_text(vevents=[made_up(1)], zones=["Europe/London"], **FEED).decode()

    head, _, rest = text.replace("\r\n ", "").partition("BEGIN:VTIMEZONE")
    first, *others = head.split("\r\n")
    assert first == "BEGIN:VCALENDAR"
    assert sorted(filter(None, others)) == [
        "CALSCALE:GREGORIAN",
        r"DESCRIPTION:Socials\nand more",
        r"NAME:Derby\, Allies",
        "PRODID:-//AllyHub//Community calendar//EN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "SOURCE;VALUE=URI:https://hub.example.org/feed.ics?tag=a&q=b%20c",
        "VERSION:2.0",
        "X-PUBLISHED-TTL:PT4H",
        r"X-WR-CALDESC:Socials\nand more",
        r"X-WR-CALNAME:Derby\, Allies",
        "X-WR-TIMEZONE:Europe/London",
    ]
    assert "METHOD" not in head
    assert rest.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


def test_a_file_to_be_imported_has_no_name_of_its_own():
    text = calendar_text(vevents=[made_up(1)], zones=["UTC"]).decode()

    assert text == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//AllyHub//Community calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
        + made_up(1)
        + "END:VCALENDAR\r\n"
    )


def test_each_zone_is_told_once_and_before_the_events():
    zones = ["Europe/London", "America/New_York", "UTC", "Europe/London"]

    text = calendar_text(vevents=[made_up(1), made_up(2)], zones=zones, **FEED).decode()

    assert text.count(vtimezone("Europe/London")) == text.count(vtimezone("America/New_York")) == 1
    assert text.count("BEGIN:VTIMEZONE") == 2
    assert text.rindex("END:VTIMEZONE") < text.index("BEGIN:VEVENT")


def test_an_empty_calendar_still_has_a_component():
    assert b"BEGIN:VTIMEZONE" in calendar_text(vevents=[], zones=[], **FEED)
    assert b"BEGIN:VTIMEZONE" in calendar_text(vevents=[], zones=[])


def test_the_same_is_the_same_bytes_and_the_calendar_itself_has_no_uid():
    first, second = (calendar_text(vevents=[made_up(1)], zones=[], **FEED) for _ in range(2))

    assert first == second
    assert first.count(b"UID:") == 1


def test_a_feed_stays_under_a_megabyte_and_keeps_what_comes_first():
    long = [made_up(number, "x" * 1000) for number in range(2000)]

    text = calendar_text(vevents=long, zones=["Europe/London"], **FEED)

    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert MOST_BYTES - 2000 < len(text) <= MOST_BYTES
    assert uids == [str(number) for number in range(len(uids))]


def test_what_cannot_be_seen_stays_out_of_the_head():
    text = calendar_text(vevents=[], zones=[], name="A\x00\ud800\nB\u202e", description="c\x07\nd").decode()

    assert "NAME:A B\r\n" in text
    assert r"DESCRIPTION:c\nd" in text
