"""A partner's calendar as an organiser brings it in: given, looked at line by line, taken."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import CalendarImport, Event
from tests.calendar_texts import an_event, in_calendar

pytestmark = pytest.mark.django_db
NEW = "/organise/groups/socials/calendar/"


def soon(**lines: str) -> str:
    day = f"{timezone.now() + timedelta(days=10):%Y%m%d}"
    times = {"DTSTART": f";TZID=Europe/London:{day}T190000", "DTEND": f";TZID=Europe/London:{day}T210000"}
    return an_event(**times | lines)


def give(client: Client, content: str | bytes):
    key = client.get(NEW).context["form"]["key"].value()
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(NEW, {"key": key, "upload": SimpleUploadedFile("partner.ics", content)}, follow=True)


def texts(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_a_file_is_looked_at_line_by_line_before_anything_is_made(signed_in):
    people = soon(UID="1").replace("END:VEVENT", "ATTENDEE:mailto:keli@example.org\r\nEND:VEVENT")
    over = an_event(UID="2", SUMMARY="Long ago", DTSTART="20200101T190000Z", DTEND="20200101T200000Z")
    todo = "BEGIN:VTODO\r\nUID:3\r\nEND:VTODO\r\n"

    page = give(signed_in, in_calendar(people + over + todo, "METHOD:PUBLISH"))

    words = texts(page)
    assert "2 events were found" in words
    assert "“Long ago” is over already" in words
    assert "Names and addresses of people" in words
    assert "1 entry that is no event" in words
    assert "keli@" not in words
    assert Event.objects.count() == 0


def test_what_is_ticked_becomes_drafts_and_the_page_says_so(signed_in):
    page = give(signed_in, in_calendar(soon(UID="1", SUMMARY="One") + soon(UID="2", SUMMARY="Two")))
    address = page.redirect_chain[-1][0]

    taken = signed_in.post(address, {"new": ["1"]}, follow=True)
    again = signed_in.post(address, {"new": ["1"]}, follow=True)

    assert list(Event.objects.values_list("title", "state")) == [("Two", "draft")]
    assert "1 draft was made." in texts(taken)
    assert "Select a valid choice" not in texts(again)


def test_nothing_ticked_is_said_and_nothing_is_lost(signed_in):
    page = give(signed_in, in_calendar(soon()))

    answer = signed_in.post(page.redirect_chain[-1][0], {})

    assert "Tick an event" in texts(answer)
    assert CalendarImport.objects.count() == 1


def test_a_zone_is_asked_only_of_what_is_ticked(signed_in):
    day = f"{timezone.now() + timedelta(days=10):%Y%m%d}T190000"
    page = give(
        signed_in, in_calendar(soon(UID="1") + soon(UID="2", DTSTART=f";TZID=Our clock:{day}", DTEND=""))
    )
    address = page.redirect_chain[-1][0]

    refused = signed_in.post(address, {"new": ["0", "1"]})
    signed_in.post(address, {"new": ["0", "1"], "zone_0": "Asia/Tokyo"})

    assert "Which time zone is “Our clock”?" in texts(page)
    assert "Choose a time zone" in texts(refused)
    assert set(Event.objects.values_list("time_zone", flat=True)) == {"Europe/London", "Asia/Tokyo"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"hello", "This is no calendar file"),
        (b"BEGIN:VCALENDAR\n" + b" x" * 600_000, "up to 1 MB"),
        (in_calendar("").encode(), "There is no event in this file"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(signed_in, content, words):
    answer = give(signed_in, content)

    assert (answer.status_code, words in texts(answer)) == (200, True)


def test_a_changed_published_event_says_what_would_change_and_is_not_ticked(signed_in):
    page = give(signed_in, in_calendar(soon(UID="1", SUMMARY="Old title")))
    signed_in.post(page.redirect_chain[-1][0], {"new": ["0"]})
    Event.objects.update(state=Event.State.PUBLISHED, published_at=timezone.now())

    page = give(signed_in, in_calendar(soon(UID="1", SUMMARY="New title", SEQUENCE="7")))

    assert "“Old title” becomes “New title”" in texts(page)
    assert page.context["form"].initial["changed"] == []


def test_the_page_costs_the_same_for_one_event_and_for_three(signed_in):
    def queries(number: int) -> int:
        events = "".join(soon(UID=str(n)) for n in range(number))
        page = give(signed_in, in_calendar(events))
        address = page.redirect_chain[-1][0]
        signed_in.post(address, {"new": [str(n) for n in range(number)]})
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert signed_in.get(address).status_code == 200
        return len(captured)

    assert queries(1) == queries(3)


def test_forgetting_the_file_leaves_what_was_made(signed_in):
    page = give(signed_in, in_calendar(soon()))
    address = page.redirect_chain[-1][0]
    signed_in.post(address, {"new": ["0"]})

    signed_in.post(f"{address}end/")

    assert (CalendarImport.objects.count(), Event.objects.count()) == (0, 1)
    assert signed_in.get(address).status_code == 404
