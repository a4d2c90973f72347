"""What a calendar program reads from our VTIMEZONE texts, against what the zones themselves say."""

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Timezone

from events.calendars.zones import vtimezone
from kit.times import UnknownZone
from kit.zones import offered_zones
from tests.amounts import amount

FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
PART = re.compile(r"BEGIN:(STANDARD|DAYLIGHT)\r\n(.*?)END:\1\r\n", re.DOTALL)


class Reader:
    """A strict reader of RFC 5545 §3.6.5 that knows nothing of time zones but the text it is given."""

    def __init__(self, text: str) -> None:
        parts = (dict(line.split(":", 1) for line in part[2].splitlines()) for part in PART.finditer(text))
        onsets = sorted(onset for part in parts for onset in self._onsets(part))
        self.onsets = [instant for instant, _ in onsets]
        self.offsets = [offset for _, offset in onsets]

    def offset(self, instant: datetime) -> timedelta:
        return self.offsets[bisect_right(self.onsets, instant) - 1]

    @staticmethod
    def _onsets(part: dict[str, str]):
        wall = datetime.strptime(part["DTSTART"] + "+0000", "%Y%m%dT%H%M%S%z")
        rule = rrulestr(part["RRULE"], dtstart=wall) if "RRULE" in part else [wall]
        before, after = (read_offset(part[name]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        for onset in rule:
            if onset > TO:
                break
            yield onset - before, after


def read_offset(text: str) -> timedelta:
    sign, hours, minutes = text[0], int(text[1:3]), int(text[3:5])
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if sign == "-" else offset


def telling_instants(zone: str) -> list[datetime]:
    """Noon of every third day, and every quarter of an hour of three days in which the clock changes."""
    here = ZoneInfo(zone)
    instants = [FROM + timedelta(days=days, hours=12) for days in range(0, (TO - FROM).days, 3)]
    offsets = [instant.astimezone(here).utcoffset() for instant in instants]
    changing = [
        instant for instant, now, then in zip(instants, offsets, offsets[1:], strict=False) if now != then
    ]
    quarters = [timedelta(minutes=15 * number) for number in range(3 * 96)]
    return instants + [instant + quarter for instant in changing for quarter in quarters]


@pytest.mark.many
def test_a_strict_reader_shows_the_time_that_each_zone_shows():
    wrong = {
        zone: instant
        for zone in sorted(offered_zones())[:: amount(4, many=1)]
        for reader, here in [(Reader(vtimezone(zone)), ZoneInfo(zone))]
        for instant in telling_instants(zone)
        if reader.offset(instant) != instant.astimezone(here).utcoffset()
    }

    assert wrong == {}


def test_every_text_is_well_formed():
    for text in map(vtimezone, offered_zones()):
        assert text.replace("\r\n", "").isprintable()
        assert max(map(len, text.splitlines())) <= 75
        assert "RDATE" not in text


def test_a_text_becomes_a_component_for_icalendar():
    component = Timezone.from_ical(vtimezone("Europe/London").encode())

    assert isinstance(component, Timezone)
    july = datetime(2026, 7, 1, tzinfo=component.to_tz(lookup_tzid=False))
    assert july.utcoffset() == timedelta(hours=1)


def test_the_spring_onset_is_told_in_the_time_before_it():
    assert vtimezone("Europe/London") == (
        "BEGIN:VTIMEZONE\r\n"
        "TZID:Europe/London\r\n"
        "BEGIN:DAYLIGHT\r\n"
        "DTSTART:19700329T010000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        "TZNAME:BST\r\n"
        "TZOFFSETFROM:+0000\r\n"
        "TZOFFSETTO:+0100\r\n"
        "END:DAYLIGHT\r\n"
        "BEGIN:STANDARD\r\n"
        "DTSTART:19701025T020000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "TZNAME:GMT\r\n"
        "TZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0000\r\n"
        "END:STANDARD\r\n"
        "END:VTIMEZONE\r\n"
    )


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Pacific/Auckland", "America/New_York"])
def test_the_parts_stand_in_the_order_of_the_year(zone):
    starts = re.findall("DTSTART:(.*)\r\n", vtimezone(zone))

    assert starts == sorted(starts)


def test_a_rule_that_ends_after_midnight_names_the_day_it_means():
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR" in vtimezone(
        "Asia/Jerusalem"
    )


@pytest.mark.parametrize("zone", ["Asia/Gaza", "Africa/Cairo"])
def test_a_zone_without_a_usable_rule_is_told_change_by_change(zone):
    text = vtimezone(zone)

    assert "RRULE" not in text
    assert text.count("DTSTART") > 20


def test_an_unknown_zone_has_no_text():
    with pytest.raises(UnknownZone):
        vtimezone("Mars/Olympus")
