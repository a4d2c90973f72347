from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from events.calendars.links import event_links, subscribe_links
from events.models import Event, Session
from tests.factories import make_event, make_group, make_session, make_venue

pytestmark = pytest.mark.django_db


def one_session(**fields) -> Session:
    event = make_event(dates=0, slug="allies", **fields)
    make_session(event, datetime(2026, 9, 1, 18, tzinfo=UTC))
    return Session.objects.get(event=event)


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


def test_google_is_told_in_its_own_words():
    url = event_links(one_session(title="Allies & co + more", summary="Six topics.")).google

    assert url.startswith("https://calendar.google.com/calendar/render?action=TEMPLATE&")
    assert query(url) == {
        "action": "TEMPLATE",
        "text": "Allies & co + more",
        "dates": "20260901T180000Z/20260901T200000Z",
        "ctz": "Europe/London",
        "details": "Six topics.\n\nhttp://localhost:8000/events/allies/",
        "location": "Online",
    }


def test_outlook_is_told_in_its_own_words():
    group = make_group()
    links = event_links(
        one_session(
            title="Allies",
            summary="Six topics.",
            format="in_person",
            group=group,
            venue=make_venue(group, name="Hall"),
        )
    )

    assert links.outlook.startswith("https://outlook.live.com/calendar/deeplink/compose?path=%2Fcalendar%2F")
    assert links.office == links.outlook.replace("outlook.live.com", "outlook.office.com")
    assert query(links.outlook) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": "Allies",
        "startdt": "2026-09-01T18:00:00Z",
        "enddt": "2026-09-01T20:00:00Z",
        "body": "Six topics.\n\nhttp://localhost:8000/events/allies/",
        "location": "Hall, 1 High Street, Derby",
    }


def test_a_blank_is_never_a_plus():
    links = event_links(one_session(title="Being better allies"))

    assert "Being%20better%20allies" in links.google
    assert "+" not in links.google + links.outlook


@pytest.mark.parametrize("letter", ["x", "é", "語", "👩🏽‍🦽"])
def test_long_words_are_cut_and_the_page_is_still_named(letter):
    group = make_group()
    venue = make_venue(group, name=(letter * 100)[:120], address=letter * 500)
    links = event_links(
        one_session(
            title=(letter * 140)[:140],
            summary=(letter * 300)[:300],
            format="in_person",
            group=group,
            venue=venue,
        )
    )

    for url in (links.google, links.outlook, links.office):
        assert len(url) < 2000
        assert "%0A%0Ahttp%3A%2F%2Flocalhost%3A8000%2Fevents%2Fallies%2F" in url
        assert "�" not in str(query(url))


def test_no_way_into_the_meeting_is_in_any_address():
    session = one_session(
        summary="https://zoom.us/j/123 Passcode: hunter22",
        join_address="https://zoom.us/j/123",
        format=Event.Format.BOTH,
    )
    links = event_links(session)

    assert "zoom.us" not in links.google + links.outlook + links.office
    assert "hunter22" not in links.google + links.outlook + links.office


def test_a_feed_can_be_followed_everywhere():
    links = subscribe_links("https://hub.example.org/feed.ics?tag=a&q=b%20c", "Derby Allies")

    assert links.https == "https://hub.example.org/feed.ics?tag=a&q=b%20c"
    assert links.webcal == "webcal://hub.example.org/feed.ics?tag=a&q=b%20c"
    assert query(links.google) == {"cid": links.webcal}
    assert query(links.outlook) == {"url": links.https, "name": "Derby Allies"}
    assert links.office.startswith("https://outlook.office.com/calendar/0/addfromweb?url=https%3A%2F%2Fhub.")
