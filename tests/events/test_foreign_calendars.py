"""Calendar files of other programs, and broken ones: every one is answered, in time, with as many events as others find.

The files are those that the tests of installed packages are run with; `--many` takes all of them, and more mutations.
"""

import random
import time
import warnings
from importlib.resources import files
from pathlib import Path

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from events import calendar_files
from events.ics.lines import MOST_BYTES, Refused, cut
from tests.amounts import amount
from tests.factories import make_group, make_hub, make_organiser

FOUND = sorted(Path(str(files("icalendar"))).rglob("*.ics"))
LONGEST = 5


def events_of(content: bytes) -> int | str:
    try:
        return len(cut(content).events)
    except Refused as refusal:
        return refusal.reason


def read(content: bytes) -> int | str:
    """The same by the whole program."""
    try:
        return int(calendar_files.read(content)["vevents"])
    except calendar_files.CannotRead as refusal:
        return refusal.reason


def by_icalendar(content: bytes) -> int | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sum(len(found.walk("VEVENT")) for found in Calendar.from_ical(content, multiple=True))
    except Exception:
        return None


def by_vobject(content: bytes) -> int | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = list(vobject.readComponents(content.decode()))
    except Exception:
        return None
    return sum(
        len(one.contents.get("vevent", [])) if one.name == "VCALENDAR" else one.name == "VEVENT"
        for one in found
    )


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Lines swapped, doubled, cut or taken out; bytes changed."""
    lines = content.splitlines(keepends=True) or [b""]
    for _turn in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        kind = chance.choice(["out", "double", "swap", "cut", "byte", "flood"])
        if kind == "out" and len(lines) > 1:
            del lines[at]
            continue
        other = chance.randrange(len(lines))
        if kind == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        elif kind == "byte" and lines[at]:
            line = bytearray(lines[at])
            line[chance.randrange(len(line))] = chance.randrange(256)
            lines[at] = bytes(line)
        else:
            lines[at] *= chance.choice([2, 50])
    return b"".join(lines)


def test_there_are_as_many_files_as_were_asked_for():
    assert len(FOUND) >= 116


def test_every_file_has_as_many_events_as_two_other_readers_find():
    """Where those two agree. Ours looks at lines alone, so this is quick enough for all."""
    different, compared = {}, 0
    for path in FOUND:
        content = path.read_bytes()
        ours, theirs = events_of(content), by_icalendar(content)
        if theirs is not None and theirs == by_vobject(content):
            compared += 1
            if ours != theirs:
                different[path.name] = (ours, theirs)

    assert (different, compared > 100) == ({}, True)


@pytest.mark.many
def test_every_file_is_read_within_its_time():
    chosen = FOUND if amount(0, many=1) else random.Random(7).sample(FOUND, 5)
    for path in chosen:
        content, began = path.read_bytes(), time.monotonic()
        assert read(content) == events_of(content), path.name
        assert time.monotonic() - began < LONGEST, path.name


@pytest.mark.many
@pytest.mark.django_db
def test_whatever_is_given_is_answered():
    """As an organiser gives it, up to the page on which it is looked at."""
    make_hub()
    client, chance = Client(), random.Random(2026)
    client.force_login(make_organiser(make_group(slug="socials")))
    small = [path for path in FOUND if path.stat().st_size < MOST_BYTES // 4]
    for number in range(amount(4, many=400)):
        content, began = mutated(chance.choice(small).read_bytes(), chance), time.monotonic()
        given = {
            "key": f"00000000-0000-0000-0000-{number:012}",
            "upload": SimpleUploadedFile("a.ics", content),
        }
        answer = client.post("/organise/groups/socials/calendar/", given, follow=True)
        assert (answer.status_code, time.monotonic() - began < LONGEST) == (200, True), content
