from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import calendar_texts, events, leaving, personal_feeds, publishing
from events.actions.listing import tags_named
from events.calendars.feed import MOST_BYTES
from events.models import Event, PersonalFeed, Registration, Session, Tag
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
        "session": "/events/social/sessions/1.ics",
        "personal": f"/calendar/{own.token}.ics",
    }


PATHS = ["feed", "filtered", "group", "tag", "event", "session", "personal"]


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


def test_the_passing_of_a_day_is_noticed(client):
    make_event(title="Old", starts_in=timedelta(days=-90))
    first = client.get(FEED)
    assert titles(first) == ["Old"]

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        headers = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
        assert titles(client.get(FEED, headers=headers)) == []


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
    for secret in (b"zoom", b"amara@", b"Amara", registration.token.encode(), b"ATTENDEE"):
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


def test_a_reminder_is_there_for_who_asked(client):
    registration = register(make_event())
    address = address_of(registration)
    etag = client.get(address)["ETag"]
    PersonalFeed.objects.update(reminds_minutes_before=30)

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

    with django_assert_num_queries(9):
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
