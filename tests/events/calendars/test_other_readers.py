"""Programs of others read of our feeds what stands in our database: on both sides of every change of the clocks."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path

import ics
import pytest
import vobject
from django.test import Client

from events.actions import calendar_texts
from events.calendars import zones
from events.models import Event, Session
from tests import libical
from tests.amounts import amount
from tests.factories import make_event, make_hub

pytestmark = pytest.mark.django_db
READERS = Path(__file__).parents[2] / "calendar_readers"
ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Australia/Lord_Howe"]
YEARS, AT_ONCE = (
    range(2024, 2038),
    3,
)  # dates name each other: all of them in one event were more than a megabyte
# UID, title, SEQUENCE, STATUS, start and end in UTC.
Row = tuple[str, str, int, str, datetime, datetime]


def by_vobject(text: str) -> list[Row]:
    rows = vobject.readOne(text).vevent_list
    return [
        (
            row.uid.value,
            row.summary.value,
            int(row.sequence.value),
            row.status.value,
            row.dtstart.value.astimezone(UTC),
            row.dtend.value.astimezone(UTC),
        )
        for row in rows
    ]


def by_ics(text: str) -> list[Row]:
    def sequence(event: ics.Event) -> int:
        return next(int(line.value) for line in event.extra if line.name == "SEQUENCE")

    return [
        (
            event.uid,
            event.name,
            sequence(event),
            event.status,
            event.begin.to("utc").datetime,
            event.end.to("utc").datetime,
        )
        for event in ics.Calendar(text).events
    ]


def by_node(reader: str, text: str) -> list[Row]:
    command = ["node", READERS / "read.mjs", reader]
    answer = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    return [(*row[:4], *map(datetime.fromisoformat, row[4:])) for row in json.loads(answer.stdout)]


def by_libical(text: str) -> list[Row]:
    command = [sys.executable, libical.__file__]
    answer = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    return [
        (*row[:4], *(datetime.fromtimestamp(second, UTC) for second in row[4:]))
        for row in json.loads(answer.stdout)
    ]


PYTHON = {"vobject": by_vobject, "ics": by_ics}
JAVASCRIPT = {name: partial(by_node, name) for name in ("ical.js", "node-ical")}
C = {"libical": by_libical}


def around_changes(zone: str, years: range) -> list[datetime]:
    """A date an hour and a day before and after each change of the clocks in these years, one that spans it, and two in
    quiet months."""
    starts = [datetime(year, month, 15, 18, 30, tzinfo=UTC) for year in years for month in (1, 7)]
    hours = (-25, -2, -1, 0, 1, 23)
    for second, _offset in zones.offsets(zone):
        moment = datetime.fromtimestamp(second, UTC)
        if moment.year in years:
            starts += [moment + timedelta(hours=distance) for distance in hours]
    return starts


def made(zone: str, years: range) -> Event:
    event = make_event(time_zone=zone, dates=0, title=f"Tea, talk; {zone}")
    Session.objects.bulk_create(
        Session(event=event, number=n, starts_at=at, ends_at=at + timedelta(hours=2), sequence=n % 3)
        for n, at in enumerate(around_changes(zone, years), start=1)
    )
    if zone == "Asia/Kolkata":
        Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)
    calendar_texts.rewrite(event)
    return event


def kept(event: Event) -> list[Row]:
    is_off = Event.objects.get(pk=event.pk).is_called_off
    sessions = list(event.sessions.all())
    titles = (f"{event.title} (session {n} of {len(sessions)})" for n in range(1, len(sessions) + 1))
    return [
        (
            session.uid,
            f"Cancelled: {title}" if is_off else title,
            session.sequence,
            "CANCELLED" if is_off else "CONFIRMED",
            session.starts_at,
            session.ends_at,
        )
        for title, session in zip(titles, sessions, strict=True)
    ]


@pytest.mark.many
@pytest.mark.parametrize(
    "readers",
    [
        PYTHON,
        pytest.param(JAVASCRIPT, marks=pytest.mark.node),
        pytest.param(C, marks=pytest.mark.libical),
    ],
    ids=["Python", "node", "C"],
)
def test_others_read_what_we_mean_on_both_sides_of_every_change_of_the_clocks(readers):
    make_hub()
    spans = [YEARS[n : n + AT_ONCE] for n in range(0, len(YEARS), AT_ONCE)]
    for zone, years in product(ZONES, spans[amount(-1, many=0) :]):
        event = made(zone, years)

        text = Client().get(f"/events/{event.slug}/feed.ics").content.decode()

        assert len(kept(event)) >= 2 * len(years)
        for name, read in readers.items():
            assert sorted(read(text)) == sorted(kept(event)), (name, zone)
