import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions import calendar_texts, events, leaving, personal_feeds, publishing
from events.actions.listing import series_titled, tags_named
from events.calendars.feed import MOST_BYTES
from events.calendars.published import dates_of_event, stamp_of
from events.models import DroppedDate, Event, PersonalFeed, Registration, Session, Tag
from kit.links import make_token
from tests.factories import make_event, make_group, make_hub, make_person, make_session, register

pytestmark = pytest.mark.django_db
FEED = "/feed.ics"


@pytest.fixture(autouse=True)
def hub():
    """A quiet Tuesday noon; tests move on from it."""
    with time_machine.travel(datetime(2026, 3, 3, 12, tzinfo=UTC), tick=False):
        yield make_hub(name="Derby Allies")


def events_in(response) -> list[icalendar.Event]:
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def titles(response) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_in(response)]


def change(event: Event, **fields) -> None:
    Event.objects.filter(pk=event.pk).update(**fields)
    calendar_texts.rewrite(event)


# --- What is in them ---


def test_the_feed_holds_every_date_with_its_zone(client):
    make_event(title="Social", dates=2)
    make_event(title="Far away", time_zone="America/New_York", starts_in=timedelta(days=30))

    response = client.get(FEED)

    assert titles(response) == ["Social (session 1 of 2)", "Social (session 2 of 2)", "Far away"]
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Derby Allies"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York", "Europe/London"]
    assert calendar["SOURCE"] == "http://localhost:8000/feed.ics"


def test_each_date_has_the_same_uid_wherever_it_is_told(client):
    group, tag = make_group(slug="derby"), Tag.objects.create(slug="race", name="Race")
    event = make_event(group=group, slug="social")
    event.tags.add(tag)
    registration = register(event)
    own = personal_feeds.feed_for(registration.person)
    paths = [
        FEED,
        "/groups/derby/feed.ics",
        "/tags/race/feed.ics",
        "/events/social.ics",
        "/events/social/sessions/1.ics",
        f"/calendar/{own.token}.ics",
        f"/registrations/{registration.token}/calendar.ics",
    ]

    uids = {str(told["UID"]) for path in paths for told in events_in(client.get(path))}

    assert uids == {event.sessions.get().uid}


def test_a_group_and_a_tag_have_a_feed_of_their_own(client):
    derby, race = make_group("Derby group", slug="derby"), Tag.objects.create(slug="race", name="Race")
    make_event(title="Ours", group=derby)
    make_event(title="Tagged").tags.add(race)

    of_group, of_tag = client.get("/groups/derby/feed.ics"), client.get("/tags/race/feed.ics")

    assert titles(of_group) == ["Ours"]
    assert b"X-WR-CALNAME:Derby group\r\n" in of_group.content
    assert titles(of_tag) == ["Tagged"]
    assert b"X-WR-CALNAME:Derby Allies: Race\r\n" in of_tag.content


def test_the_filter_of_the_agenda_makes_a_feed_with_a_name_of_its_own(client):
    make_event(title="Screen", format="online")
    make_event(title="Hall", format="in_person")

    response = client.get(FEED, {"format": "in_person", "q": "hall", "page": "2"})

    assert titles(response) == ["Hall"]
    calendar = icalendar.Calendar.from_ical(response.content)
    assert b"NAME:Derby Allies: hall\\, In person\r\n" in response.content
    assert calendar["SOURCE"] == "http://localhost:8000/feed.ics?q=hall&format=in_person"
    assert response["Content-Disposition"] == 'inline; filename="derby-allies-hall-in-person.ics"'


@pytest.mark.parametrize(
    "query",
    ["tag=%ed%a0%80", "group='", "access=" + "x" * 9000, "format=%E2%80%AE", "access=bsl", "tag=gone"],
)
def test_a_filter_that_means_nothing_makes_an_empty_calendar_with_a_name(client, query):
    make_event(title="Social")

    response = client.get(f"{FEED}?{query}")

    calendar = icalendar.Calendar.from_ical(response.content)
    assert [part.name for part in calendar.subcomponents] == [
        "VTIMEZONE"
    ]  # RFC 5545 §3.6: one component at least
    assert "not found" in calendar["X-WR-CALNAME"]


def test_what_cannot_be_seen_is_no_search(client):
    make_event(title="Social")

    assert titles(client.get(f"{FEED}?q=%00")) == ["Social"]


def test_a_filtered_feed_is_a_part_of_the_whole_before_and_after_a_tag_is_taken_off(client):
    tagged, other = make_event(title="Tagged", format="online"), make_event(title="Other", format="online")
    [race] = tags_named(["Race"])
    narrow = {"tag": race.slug, "format": "online"}

    after = {}
    for words, tags in (("on", [race]), ("off", []), ("on again", [race])):
        tagged.refresh_from_db()
        events.save(tagged, fields=[], tags=tags)
        whole, part = titles(client.get(FEED)), titles(client.get(FEED, narrow))
        assert set(part) <= set(whole)
        after[words] = part

    assert after == {"on": ["Tagged"], "off": [], "on again": ["Tagged"]}
    assert other.title in titles(client.get(FEED))


def test_drafts_are_in_no_feed_and_what_was_taken_back_is_a_cancelled_shell(client):
    make_event(title="Secret plan", state=Event.State.DRAFT)
    taken_back = make_event(title="Was public")
    publishing.take_back(taken_back)

    (shell,) = events_in(client.get(FEED))

    assert shell["STATUS"] == "CANCELLED"
    assert b"Was public" not in client.get(FEED).content


def test_nobody_can_search_in_what_was_taken_back(client):
    taken_back = make_event(title="Was public")
    publishing.take_back(taken_back)

    assert titles(client.get(FEED, {"q": "public"})) == []


def test_a_cancelled_event_stays(client):
    event = make_event(title="Social")
    change(event, state=Event.State.CANCELLED)

    assert titles(client.get(FEED)) == ["Cancelled: Social"]


def test_the_feed_reaches_ninety_days_back_and_eighteen_months_ahead(client):
    for days in (-100, -80, 500, 560):
        make_event(title=f"{days}", starts_in=timedelta(days=days))

    assert titles(client.get(FEED)) == ["-80", "500"]


def test_an_empty_feed_is_still_a_calendar(client):
    response = client.get(FEED)

    assert events_in(response) == []
    assert b"BEGIN:VTIMEZONE" in response.content


def test_a_feed_stays_under_a_megabyte(client):
    event = make_event(dates=1)
    vevent = event.sessions.get().vevent.replace("SUMMARY:", "X-FILL:" + "x" * 60 + "\r\n" * 1 + "SUMMARY:")
    start = timezone.now()
    Session.objects.bulk_create(
        Session(
            event=event,
            number=number,
            starts_at=start + timedelta(hours=number),
            ends_at=start + timedelta(hours=number + 1),
            vevent=vevent * 4,
        )
        for number in range(2, 1000)
    )

    assert MOST_BYTES * 0.9 < len(client.get(FEED).content) <= MOST_BYTES


def fill_with_dates(event: Event, number: int, *, spread: timedelta, size: int = 900, **told) -> None:
    """So many dates, one each `spread`, half of them past; each text is `size` characters or so."""
    first = event.sessions.get()
    vevent = first.vevent
    filled = vevent.replace(
        "SUMMARY:", f"X-FILL:{'x' * 60}\r\n" * max(1, (size - len(vevent)) // 69) + "SUMMARY:"
    )
    start = timezone.now() - spread * (number // 2)
    rows = [
        Session(
            event=event,
            number=n,
            starts_at=(at := start + spread * n),
            ends_at=at + timedelta(hours=1),
            **told,
        )
        for n in range(2, number)
    ]
    for row in rows:
        row.vevent = filled.replace(first.uid, row.uid)
    Session.objects.bulk_create(rows)


def test_of_too_many_dates_the_past_gives_way_first_and_then_the_farthest(client, caplog):
    near = make_event(title="Near")
    fill_with_dates(near, 3000, spread=timedelta(hours=6), changed_at=timezone.now() - timedelta(days=40))
    far_off = make_event(title="Far and off", starts_in=timedelta(days=500))
    change(far_off, state=Event.State.CANCELLED)
    programme = make_event(title="Long ago", dates=2, starts_in=timedelta(days=-80))
    events.save_sessions(programme, saved=[], removed=[programme.sessions.first()])

    response = client.get(FEED)

    assert MOST_BYTES * 0.9 < len(response.content) <= MOST_BYTES
    kept, now = set(uids_in(response)), timezone.now()
    to_come = [row.uid for row in near.sessions.filter(ends_at__gt=now)]
    number = len(kept & {*to_come})
    assert {*to_come[:number]} <= kept
    assert near.sessions.filter(ends_at__gt=now, starts_at__lt=now + timedelta(days=60)).count() < number
    assert len(to_come) > number
    assert kept - {*to_come} == {far_off.sessions.get().uid, DroppedDate.objects.get().uid}
    assert "larger than a megabyte" in caplog.text


@pytest.mark.parametrize("form", ["rss", "json"])
def test_too_many_dates_are_the_same_ones_in_every_form(client, form):
    fill_with_dates(make_event(), 2500, spread=timedelta(hours=6))

    calendar, other = client.get(FEED), client.get(f"/feed.{form}")

    assert len(other.content) <= MOST_BYTES
    assert uids_in(other) == uids_in(calendar)


# --- As RSS and as JSON ---


def uids_in(response) -> list[str]:
    if "calendar" in response["Content-Type"]:
        return re.findall(r"^UID:(.*)\r$", response.content.decode(), re.MULTILINE)
    if "json" in response["Content-Type"]:
        return [item["id"] for item in json.loads(response.content)["items"]]
    return [guid.text for guid in xml_in(response).iter("guid")]


def xml_in(response) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


OTHER_FORMS = ["rss", "json"]


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_beside_each_public_calendar_stand_the_same_dates_in_other_forms(client, form):
    derby, race = make_group(slug="derby"), Tag.objects.create(slug="race", name="Race")
    event = make_event(group=derby, slug="social", dates=3, series=series_titled(derby, "Socials"))
    event.tags.add(race)
    change(make_event(title="Off", group=derby, format="online"), state=Event.State.CANCELLED)
    publishing.take_back(make_event(title="Taken back"))
    events.save_sessions(event, saved=[], removed=[event.sessions.last()])
    paths = [
        "/feed",
        "/groups/derby/feed",
        "/tags/race/feed",
        "/series/socials/feed",
        "/events/social/feed",
        "/feed.?format=online",
        "/feed.?tag=gone",
    ]

    for path in paths:
        calendar, other = (client.get(address(path, one)) for one in ("ics", form))
        uids = uids_in(other)
        assert uids == uids_in(calendar), path
        assert (len(uids) > 0) == ("gone" not in path), path


def address(path: str, form: str) -> str:
    base, _mark, query = path.partition(".")
    return f"{base}.{form}{query}"


def test_the_json_says_of_a_date_what_the_calendar_says(client):
    event = make_event(title="Café, tea; talk", slug="tea", starts_in=timedelta(days=7), format="online")
    event.tags.set(tags_named(["Race, class", "Work"]))
    change(event, summary="First line.", description="a\\b")

    feed = json.loads(client.get("/feed.json?format=online").content)

    (item,) = feed.pop("items")
    session, moment = event.sessions.get(), "2026-03-03T12:00:00Z"
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Derby Allies: Online",
        "description": "Events on http://localhost:8000/",
        "home_page_url": "http://localhost:8000/events/?format=online",
        "feed_url": "http://localhost:8000/feed.json?format=online",
        "_calendar_url": "http://localhost:8000/feed.ics?format=online",
        "language": "en-gb",
    }
    assert item == {
        "id": session.uid,
        "title": "Café, tea; talk",
        "url": "http://localhost:8000/events/tea/",
        "content_text": "First line.\n\na\\b\n\nhttp://localhost:8000/events/tea/",
        "date_published": moment,
        "date_modified": moment,
        "tags": ["Race, class", "Work"],
        "_event": {
            "sequence": session.sequence,
            "status": "confirmed",
            "starts_at": "2026-03-10T12:00:00Z",
            "ends_at": "2026-03-10T14:00:00Z",
            "all_day": False,
            "time_zone": "Europe/London",
            "location": "Online",
        },
    }


def test_the_rss_says_of_a_date_what_the_calendar_says(client):
    event = make_event(title="Tea & <talk>", slug="tea", format="online")

    channel = xml_in(client.get("/events/tea/feed.rss"))[0]

    assert [(part.tag, part.text) for part in channel[:3]] == [
        ("title", "Tea & <talk>"),
        ("link", "http://localhost:8000/events/tea/"),
        ("description", "Events on http://localhost:8000/"),
    ]
    (item,) = channel.iter("item")
    assert {part.tag: part.text for part in item} == {
        "title": "Tea & <talk>",
        "link": "http://localhost:8000/events/tea/",
        "guid": event.sessions.get().uid,
        "pubDate": "Tue, 03 Mar 2026 12:00:00 +0000",
        "description": "Tuesday 10 March 2026, 12 noon to 2pm (UK time)\n\nOnline\n\nA summary.\n\nA description.\n\n"
        "http://localhost:8000/events/tea/",
    }


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_pages_of_other_sites_may_read_what_is_for_everyone_and_nothing_else(client, form):
    registration = register(make_event(slug="social"))

    answer = client.get(f"/feed.{form}")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    for path in (FEED, "/", address_of(registration), "/events/social/feed.ics"):
        other = client.get(path)
        assert "Access-Control-Allow-Origin" not in other
        assert other["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (
        client.get(f"/calendar/{personal_feeds.feed_for(registration.person).token}.{form}").status_code
        == 404
    )


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_another_form_that_has_not_changed_is_not_sent_again_and_is_no_calendar_either(client, form):
    make_event(title="Social")
    first, calendar = client.get(f"/feed.{form}"), client.get(FEED)

    again = client.get(f"/feed.{form}", headers={"If-None-Match": first["ETag"]})
    other = client.get(f"/feed.{form}", headers={"If-None-Match": calendar["ETag"]})

    assert (again.status_code, other.status_code) == (304, 200)
    assert client.post(f"/feed.{form}").status_code == 405
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        change(Event.objects.get(), title="Another title")
    assert b"Another title" in client.get(f"/feed.{form}", headers={"If-None-Match": first["ETag"]}).content


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Postgres weighs anew each time how it reads")
def test_the_stamp_of_an_event_reads_no_texts():
    """Each of ten thousand dates has its text with it, and was read for the sake of a few numbers."""
    dates, _dropped = dates_of_event(make_event())
    with CaptureQueriesContext(connection) as asked:
        stamp_of(dates, timezone.now())

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert any("COVERING INDEX session_of_event" in step for step in plan), plan


@pytest.mark.parametrize("form", ["ics", *OTHER_FORMS])
@pytest.mark.parametrize("dates", [1, 3])
def test_every_form_costs_four_queries(client, django_assert_num_queries, form, dates):
    make_event(dates=dates)

    with django_assert_num_queries(4):
        client.get(f"/feed.{form}")


# --- One event, followed ---


def test_whoever_follows_an_event_is_told_of_whatever_becomes_of_it(client):
    event = make_event(title="Programme", slug="programme", dates=3, starts_in=timedelta(days=600))
    first, second, third = event.sessions.all()
    path = "/events/programme/feed.ics"

    response = client.get(path)
    calendar = icalendar.Calendar.from_ical(response.content)
    assert response["Content-Disposition"] == 'inline; filename="programme.ics"'
    assert (calendar["NAME"], calendar["SOURCE"]) == ("Programme", f"http://localhost:8000{path}")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)

    events.save_sessions(event, saved=[], removed=[second])
    assert {str(one["UID"]): str(one["STATUS"]) for one in events_in(client.get(path))} == {
        first.uid: "CONFIRMED",
        second.uid: "CANCELLED",
        third.uid: "CONFIRMED",
    }

    publishing.take_back(event)
    gone = client.get(path)
    assert {str(one["STATUS"]) for one in events_in(gone)} == {"CANCELLED"}
    assert b"Programme" not in gone.content.replace(b"Cancelled: Programme", b"")


def test_an_event_that_was_never_public_cannot_be_followed_and_an_unlisted_one_can_by_its_address(client):
    make_event(slug="secret", state=Event.State.DRAFT)
    make_event(slug="quiet", title="Quiet", is_unlisted=True)

    assert client.get("/events/secret/feed.ics").status_code == 404
    assert titles(client.get("/events/quiet/feed.ics")) == ["Quiet"]
    assert titles(client.get(FEED)) == []


def test_the_page_of_an_event_follows_its_feed_and_downloads_its_file(client):
    page = client.get(make_event(slug="social").get_absolute_url()).content.decode()

    assert 'href="webcal://localhost:8000/events/social/feed.ics"' in page
    assert 'href="/events/social.ics"' in page


# --- Where programs and people find them ---


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feed.{}"),
        ("/events/", "/feed.{}"),
        ("/events/?format=online", "/feed.{}?format=online"),
        ("/events/month/", "/feed.{}"),
        ("/events/past/", "/feed.{}"),
        ("/groups/derby/", "/groups/derby/feed.{}"),
        ("/series/socials/", "/series/socials/feed.{}"),
        ("/events/social/", "/events/social/feed.{}"),
        ("/calendars/", "/feed.{}"),
        ("/calendars/?format=online", "/feed.{}?format=online"),
        ("/calendars/?group=derby", "/groups/derby/feed.{}"),
        ("/calendars/?tag=race", "/tags/race/feed.{}"),
    ],
)
def test_the_head_of_a_page_names_its_feed_in_each_form(client, page, feed):
    derby = make_group(slug="derby")
    make_event(group=derby, slug="social", series=series_titled(derby, "Socials")).tags.set(
        tags_named(["Race"])
    )

    named = re.findall(
        r'<link rel="alternate" type="(.*?)" title=".+?" href="(.*?)">', client.get(page).content.decode()
    )

    types = {"text/calendar": "ics", "application/rss+xml": "rss", "application/feed+json": "json"}
    assert named == [(content_type, feed.format(form)) for content_type, form in types.items()]
    for content_type, address in named:
        assert client.get(address)["Content-Type"] == f"{content_type}; charset=utf-8"


# --- Files to be imported ---


def test_an_event_is_downloaded_with_all_its_dates_or_one(client):
    make_event(title="Programme", slug="programme", dates=3)

    whole, second = client.get("/events/programme.ics"), client.get("/events/programme/sessions/2.ics")

    assert len(events_in(whole)) == 3
    assert whole["Content-Disposition"] == 'attachment; filename="programme.ics"'
    assert titles(second) == ["Programme (session 2 of 3)"]
    assert second["Content-Disposition"] == 'attachment; filename="programme-2.ics"'
    assert b"X-WR-CALNAME" not in whole.content + second.content


def test_what_is_not_public_cannot_be_downloaded(client):
    change(make_event(slug="secret"), state=Event.State.DRAFT)

    assert client.get("/events/secret.ics").status_code == 404
    assert client.get("/events/secret/sessions/1.ics").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/events/none.ics",
        "/events/none/sessions/1.ics",
        "/groups/none/feed.ics",
        "/tags/none/feed.ics",
        "/calendar/none.ics",
        "/registrations/none/calendar.ics",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_group_that_is_not_approved_has_no_feed(client):
    make_group(slug="asked", state="requested")

    assert client.get("/groups/asked/feed.ics").status_code == 404


# --- HTTP ---


@pytest.fixture
def every_path():
    """All addresses of calendars, each with something in it."""
    event = make_event(group=make_group(slug="derby"), slug="social")
    event.tags.add(Tag.objects.create(slug="race", name="Race"))
    own = personal_feeds.feed_for(register(event).person)
    return {
        "feed": FEED,
        "filtered": f"{FEED}?format=online",
        "group": "/groups/derby/feed.ics",
        "tag": "/tags/race/feed.ics",
        "event": "/events/social.ics",
        "followed": "/events/social/feed.ics",
        "session": "/events/social/sessions/1.ics",
        "personal": f"/calendar/{own.token}.ics",
    }


PATHS = ["feed", "filtered", "group", "tag", "event", "followed", "session", "personal"]


@pytest.mark.parametrize("name", PATHS)
def test_programs_need_no_cookie_and_get_none(every_path, name):
    response = Client().get(every_path[name])

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].isascii()


@pytest.mark.parametrize("name", PATHS)
def test_what_has_not_changed_is_not_sent_again(client, every_path, name):
    first = client.get(every_path[name])
    assert first["ETag"].startswith('"')

    by_etag = client.get(every_path[name], headers={"If-None-Match": first["ETag"]})
    by_weak_etag = client.get(every_path[name], headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    by_date = client.get(every_path[name], headers={"If-Modified-Since": first["Last-Modified"]})

    for again in (by_etag, by_weak_etag, by_date):
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]


@pytest.mark.parametrize("name", PATHS)
def test_the_same_is_the_same_bytes_at_another_hour(client, every_path, name):
    first = client.get(every_path[name])
    with time_machine.travel(timezone.now() + timedelta(hours=6), tick=False):
        second = client.get(every_path[name])

    assert (second.content, second["ETag"]) == (first.content, first["ETag"])


@pytest.mark.parametrize("name", PATHS)
def test_whatever_changes_is_sent(client, every_path, name):
    first = client.get(every_path[name])
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        change(Event.objects.get(), title="Another title")

    headers = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    second = client.get(every_path[name], headers=headers)
    by_date = client.get(every_path[name], headers={"If-Modified-Since": first["Last-Modified"]})

    assert titles(second) == titles(by_date) == ["Another title"]


def test_a_session_that_goes_is_noticed(client):
    event = make_event(dates=3)
    first = client.get(FEED)
    event.sessions.first().delete()

    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("feed", [FEED, f"{FEED}?format=online"])
def test_the_passing_of_a_day_is_noticed(client, feed):
    make_event(title="Old", format="online", starts_in=timedelta(days=-90))
    first = client.get(feed)
    assert titles(first) == ["Old"]

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        headers = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
        assert titles(client.get(feed, headers=headers)) == []


@pytest.mark.parametrize("path", ["/tags/race/feed.ics", f"{FEED}?tag=race", "/groups/derby/feed.ics"])
@pytest.mark.parametrize("others", [0, 1])
def test_who_asks_by_the_hour_alone_hears_that_an_event_left_a_part_of_the_calendar(client, path, others):
    derby, [race] = make_group(slug="derby"), tags_named(["Race"])
    leaves, stays = make_event(title="Leaves", group=derby), make_event(title="Stays", group=derby)
    leaves.tags.add(race)
    if others:
        stays.tags.add(race)
    else:
        Event.objects.filter(pk=stays.pk).update(group=make_group())
    known = client.get(path)
    assert "Leaves" in titles(known)

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        leaves.group = make_group()
        events.save(leaves, fields=["group"], tags=[])
        again = client.get(path, headers={"If-Modified-Since": known["Last-Modified"]})

    assert titles(again) == (["Stays"] if others else [])


def test_a_new_name_of_the_hub_is_noticed(client):
    first = client.get(FEED)
    make_hub(name="Leeds Allies")

    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", PATHS)
def test_head_says_what_get_would(client, every_path, name):
    got, head = client.get(every_path[name]), client.head(every_path[name])

    assert (head.status_code, head.content) == (200, b"")
    for header in ("ETag", "Last-Modified", "Content-Type", "Content-Disposition"):
        assert head[header] == got[header]


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_calendars_are_only_read(every_path, name, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(every_path[name])

    assert response.status_code == 405


@pytest.mark.parametrize("dates", [1, 3])
def test_a_feed_costs_four_queries_and_no_news_two(client, django_assert_num_queries, dates):
    make_event(dates=dates)
    etag = client.get(FEED)["ETag"]

    with django_assert_num_queries(4):  # the hub, the stamp, the texts, those of dropped dates
        client.get(FEED)
    with django_assert_num_queries(2):
        client.get(FEED, headers={"If-None-Match": etag})


# --- Somebody's own ---


def address_of(registration: Registration) -> str:
    return f"/calendar/{personal_feeds.feed_for(registration.person).token}.ics"


def test_ones_own_calendar_has_ones_own_events_and_the_door(client):
    registration = register(make_event(title="Mine", join_address="https://zoom.us/j/1"), "amara@example.org")
    make_event(title="Somebody else's")

    response = client.get(address_of(registration))

    (mine,) = events_in(response)
    assert (mine["SUMMARY"], mine["STATUS"], mine["TRANSP"]) == ("Mine", "CONFIRMED", "OPAQUE")
    door = reverse("events:join", args=[registration.join_token])
    assert mine["CONFERENCE"] == f"http://localhost:8000{door}"
    text = response.content.replace(b"\r\n ", b"")
    for secret in (b"zoom.us", b"amara@", b"Amara", registration.token.encode(), b"ATTENDEE"):
        assert secret not in text


def test_it_is_kept_by_nobody_else(client):
    response = client.get(address_of(register(make_event())))

    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_every_wrong_address_looks_the_same(client):
    registration = register(make_event())
    own = personal_feeds.feed_for(registration.person)
    old = own.token
    personal_feeds.replace(own)
    wrong = [
        "x",
        old[:-1],
        f"{old}x",
        old,
        registration.token,
        make_token("calendar", "nobody", 1),
        "%00",
        "é",
    ]

    answers = {
        (answer.status_code, answer.content) for answer in (client.get(f"/calendar/{t}.ics") for t in wrong)
    }

    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_a_replaced_address_works_and_one_taken_back_does_not(client):
    registration = register(make_event())
    new = personal_feeds.replace(personal_feeds.feed_for(registration.person)).token
    assert client.get(f"/calendar/{new}.ics").status_code == 200

    personal_feeds.take_back(registration.person)

    assert client.get(f"/calendar/{new}.ics").status_code == 404


def test_leaving_shows_as_cancelled_and_coming_back_as_one_entry(client):
    event = make_event(title="Social")
    registration = register(event, "amara@example.org")
    address = address_of(registration)
    etag = client.get(address)["ETag"]

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        leaving.leave(registration)
    left = client.get(address, headers={"If-None-Match": etag})
    assert titles(left) == ["Cancelled: Social"]
    assert b"/join/" not in left.content.replace(b"\r\n ", b"")

    register(event, "amara@example.org")
    assert titles(client.get(address)) == ["Social"]


def test_whoever_waits_is_shown_as_waiting_until_there_is_a_place(client):
    event = make_event(title="Social", places=1)
    first, second = register(event), register(event)

    assert titles(client.get(address_of(second))) == ["Waiting list: Social"]

    leaving.leave(first)
    assert titles(client.get(address_of(second))) == ["Place offered: Social"]


def test_what_somebody_else_typed_in_is_not_in_it(client):
    person = register(make_event(title="Mine"), "amara@example.org").person
    register(make_event(title="Not mine"), "amara@example.org", confirmed=False)

    assert titles(client.get(f"/calendar/{personal_feeds.feed_for(person).token}.ics")) == ["Mine"]


def test_the_day_of_the_last_use_is_noted_once(client, django_assert_max_num_queries):
    registration = register(make_event())
    address = address_of(registration)
    client.get(address)
    assert PersonalFeed.objects.get().last_used_on == timezone.now().date()

    etag = client.get(address)["ETag"]
    with django_assert_max_num_queries(3) as queries:  # the feed, the hub, the stamp
        client.get(address, headers={"If-None-Match": etag})
    assert not [q for q in queries.captured_queries if not q["sql"].startswith("SELECT")]


def test_ones_own_calendar_says_when_to_ask_again_but_not_its_secret_address(client):
    response = client.get(address_of(register(make_event())))

    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert calendar["X-PUBLISHED-TTL"] == "PT4H"
    assert "SOURCE" not in calendar


def test_whoever_registers_after_a_date_was_removed_never_hears_of_it(client):
    event = make_event(title="Programme", dates=3)
    before = register(event)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        events.save_sessions(event, saved=[], removed=[event.sessions.last()])
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        after = register(event)
        told = {
            name: titles(client.get(address_of(who))) for name, who in (("before", before), ("after", after))
        }
        file = titles(client.get(f"/registrations/{after.token}/calendar.ics"))

    both = ["Programme (session 1 of 2)", "Programme (session 2 of 2)"]
    assert told == {"before": [*both, "Cancelled: Programme (session 3 of 3)"], "after": both}
    assert file == both


def test_who_left_and_came_back_still_hears_of_a_date_removed_since_they_first_came(client):
    event = make_event(title="Programme", dates=2)
    first = register(event, "amara@example.org")
    for minutes, change_it in (
        (1, lambda: leaving.leave(first)),
        (2, lambda: events.save_sessions(event, saved=[], removed=[event.sessions.last()])),
        (3, lambda: register(event, "amara@example.org")),
    ):
        with time_machine.travel(datetime(2026, 3, 3, 12, minutes, tzinfo=UTC), tick=False):
            change_it()

    assert titles(client.get(address_of(first))) == ["Programme", "Cancelled: Programme (session 2 of 2)"]


def test_a_reminder_is_there_for_who_asked(client):
    registration = register(make_event())
    address = address_of(registration)
    etag = client.get(address)["ETag"]
    personal_feeds.remind(PersonalFeed.objects.get(), PersonalFeed.Reminder.HOUR)

    (told,) = events_in(client.get(address, headers={"If-None-Match": etag}))

    assert len(told.walk("VALARM")) == 1


def test_somebody_without_events_has_an_empty_calendar(client):
    own = personal_feeds.feed_for(make_person())

    assert events_in(client.get(f"/calendar/{own.token}.ics")) == []


@pytest.mark.parametrize("number", [1, 3])
def test_ones_own_calendar_costs_the_same_queries(client, django_assert_num_queries, number):
    registrations_ = [register(make_event(dates=2), "amara@example.org") for _ in range(number)]
    address = address_of(registrations_[0])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)


def test_the_file_of_a_registration_is_downloaded_and_kept_by_nobody(client):
    event = make_event(title="Social", slug="social")
    make_session(event, timezone.now() + timedelta(days=9))
    registration = register(event)

    response = client.get(f"/registrations/{registration.token}/calendar.ics")

    assert titles(response) == ["Social (session 1 of 2)", "Social (session 2 of 2)"]
    assert response["Content-Disposition"] == 'attachment; filename="social.ics"'
    assert "no-store" in response["Cache-Control"]
    assert b"/join/" in response.content.replace(b"\r\n ", b"")
