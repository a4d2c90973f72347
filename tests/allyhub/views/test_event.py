import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from events.models import AccessInPlace, AccessOffer, Event, Series, Session
from people.models import Page
from tests.factories import (
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_person,
    make_session,
    make_venue,
    register,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 5, 3, 14, tzinfo=UTC)


@pytest.fixture
def first_of_may():
    """Friday 1 May 2026, 1pm in London."""
    with time_machine.travel(NOON, tick=False):
        yield


def social(**fields) -> Event:
    """Sunday 3 May 2026, 3pm to 5pm in London."""
    event = make_event(dates=0, **fields)
    make_session(event, SUNDAY)
    return event


def page_of(client, event: Event):
    return client.get(event.get_absolute_url())


def may_register(page, event: Event) -> bool:
    html, address = page.content.decode(), reverse("events:registration_new", args=[event.slug])
    return f'href="{address}"' in html or f'href="{address}#' in html


# --- What it is ---


def test_it_tells_what_when_where_and_who(client, first_of_may):
    group = make_group("Derby Allies", contact_email="socials@example.org")
    event = social(
        group=group,
        title="Being better allies",
        summary="Two hours to work out what we can do.",
        description="Come as you **are**.\n\n## The rooms\n\n- Speaking up",
        facilitators="Ruth and Vanessa",
        for_whom="Everyone in Derby",
        content_note="We talk about racism.",
    )

    page = page_of(client, event)

    assertContains(page, "<title>Being better allies, Sunday 3 May 2026 – ")
    assertContains(page, "<h1>Being better allies</h1>", html=True)
    assertContains(page, '<time datetime="2026-05-03T15:00+01:00">Sunday 3 May 2026, 3pm</time>')
    assertContains(page, '<time datetime="2026-05-03T17:00+01:00">5pm</time> (UK time)')
    assertContains(page, "<span>Online</span>")
    assertContains(page, "Led by Ruth and Vanessa")
    assertContains(page, "For whom: Everyone in Derby")
    assertContains(page, "Two hours to work out what we can do.")
    assertContains(page, "<p>Come as you <strong>are</strong>.</p>", html=True)
    assertContains(page, "<h2>The rooms</h2>", html=True)
    assertContains(page, "<strong>Content note:</strong> We talk about racism.")
    assertContains(page, f'<a href="{group.get_absolute_url()}">Derby Allies</a>')
    assertContains(page, 'href="mailto:socials@example.org"')


def test_what_people_wrote_stays_text(client):
    nasty = "<script>alert(1)</script>"
    event = make_event(
        title=nasty,
        summary=nasty,
        description=nasty,
        facilitators=nasty,
        content_note=nasty,
        access_note=nasty,
    )

    page = page_of(client, event)

    assertNotContains(page, "<script>alert")
    assertNotContains(page, "</script>alert")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")


def test_what_is_not_published_is_not_there_not_even_for_its_organiser(client):
    event = make_event(state=Event.State.DRAFT)
    client.force_login(make_organiser(event.group))

    assert page_of(client, event).status_code == 404


def test_the_way_into_the_meeting_is_nowhere_on_the_page(client):
    event = make_event(join_address="https://zoom.us/j/123?pwd=hunter2", join_help="Passcode hunter2")

    page = page_of(client, event)

    assertNotContains(page, "zoom.us")
    assertNotContains(page, "hunter2")


def test_somebody_elsewhere_sees_their_own_clock_too(client, first_of_may):
    event = social()
    client.force_login(make_person(time_zone="America/New_York"))

    assertContains(page_of(client, event), "that is 10am in New York")


def test_devices_are_told_the_instant_so_that_they_can_say_it_in_their_zone(client, first_of_may):
    page = page_of(client, social())

    assertContains(page, '<local-time data-words="that is {time} in {place}')
    assertContains(page, "js/local-time.js")


def test_the_agenda_is_a_timeline_with_times_in_words(client):
    event = make_event(dates=0)
    agenda = "15:00 Welcome\n15.20 Choose a room\n\n99:99 Whenever\nGoodbyes"
    make_session(event, SUNDAY, agenda=agenda)

    page = page_of(client, event)

    assertContains(page, "<li><strong>3pm</strong> Welcome</li>", html=True)
    assertContains(page, "<li><strong>3.20pm</strong> Choose a room</li>", html=True)
    assertContains(page, "<li><strong>99:99</strong> Whenever</li>", html=True)
    assertContains(page, "<li>Goodbyes</li>", html=True)


def test_each_date_of_a_programme_is_told_and_can_be_taken_home(client, first_of_may):
    group = make_group()
    event = make_event(group=group, dates=0, format="both", venue=make_venue(group, name="Main Hall"))
    make_session(event, NOON - timedelta(days=1), title="Welcome to allies")
    elsewhere = make_venue(group, name="Side Room", slug="side-room")
    make_session(event, NOON + timedelta(days=200), agenda="Bring lunch", venue=elsewhere)

    page = page_of(client, event)

    assertContains(page, "2 dates from Thursday 30 April to Tuesday 17 November 2026 (UK time)")
    assertContains(page, "<h3>Welcome to allies</h3>", html=True)
    assertContains(page, "This date is over.", count=1)
    assertContains(page, "<h3>Session 2</h3>", html=True)
    assertContains(page, '<a href="/venues/side-room/">Side Room</a>')
    assertContains(page, reverse("events:session_ics", args=[event.slug, 2]))
    assertNotContains(page, reverse("events:session_ics", args=[event.slug, 1]))


def test_a_place_is_described_in_words(client):
    group = make_group()
    hall = make_venue(group, name="Library", directions="Past the mill.", step_free="Lift to all floors.")
    event = make_event(group=group, format="in_person", venue=hall)

    page = page_of(client, event)

    assertContains(page, "Getting to Library")
    assertContains(page, "1 High Street<br>Derby")
    assertContains(page, "Past the mill.")
    assertContains(page, "Lift to all floors.")
    assertContains(page, f'href="{hall.get_absolute_url()}"')


def test_a_picture_comes_with_its_words_and_its_room(client):
    name = f"{'a' * 24}-800x600.webp"
    event = make_event(picture=f"pictures/{name}", picture_alt="People round a quilt")

    page = page_of(client, event)

    assertContains(
        page,
        f'<img class="picture" src="/pictures/{name}" alt="People round a quilt" width="800" height="600">',
        html=True,
    )


# --- Places ---


@pytest.mark.parametrize(
    ("fields", "words", "is_open"),
    [
        ({"capacity": 60}, "1 of 60 places are taken.", True),
        ({"capacity": None}, "There is room for everyone.", True),
        ({"capacity": 1}, "The only place is taken.", True),
        ({"capacity": 1, "has_waiting_list": False}, "All places are taken", False),
        ({"takes_registrations": False}, "No booking needed", False),
        ({"registration_opens_at": NOON + timedelta(hours=3)}, "It opens on Friday 1 May 2026, 4pm.", False),
        ({"registration_closes_at": NOON}, "It closed on Friday 1 May 2026, 1pm.", False),
    ],
)
def test_the_panel_says_how_it_stands_and_offers_only_what_works(
    client, first_of_may, fields, words, is_open
):
    event = social(capacity=60)
    register(event)
    Event.objects.filter(pk=event.pk).update(**fields)

    page = page_of(client, event)

    assertContains(page, words)
    assert may_register(page, event) == is_open


def test_a_full_event_leads_to_the_waiting_list(client):
    event = make_event(places=2)
    for _ in range(4):
        register(event)

    page = page_of(client, event)

    assertContains(page, "Full, with a waiting list")
    assertContains(page, "All 2 places are taken.")
    assertContains(page, "2 people are waiting.")
    assertContains(page, "Join the waiting list")
    assertNotContains(page, "Save my place")


def test_a_place_that_just_became_free_belongs_to_those_who_wait(client):
    event = make_event(places=1)
    register(event)
    register(event)
    Event.objects.filter(pk=event.pk).update(capacity=5)

    page = page_of(client, event)

    assertContains(page, "Free places go first to those who are waiting.")
    assertContains(page, "Join the waiting list")


def test_nobody_is_named(client):
    event = make_event(places=5)
    register(event, "amara@example.org", name="Amara Example", pronouns="they/them", needs={"bsl": "secret"})

    page = page_of(client, event)

    for private in ("Amara", "amara@", "they/them", "secret"):
        assertNotContains(page, private)
    assertContains(page, "1 of 5 places are taken.")


def test_a_cancelled_event_keeps_its_page_and_says_why_and_what_comes_next(client, first_of_may):
    group = make_group()
    event = social(group=group, state=Event.State.CANCELLED, called_off_because="The yard is being dug up.")
    make_event(group=group, title="Another social", starts_in=timedelta(days=12))

    page = page_of(client, event)
    html = page.content.decode()

    assertContains(page, "The yard is being dug up.")
    assert html.index("The yard is being dug up.") < html.index("<h1>")
    assertContains(page, "<s><time")
    assertContains(page, "Another social</a>, Wednesday 13 May 2026, 1pm to 3pm (UK time)")
    assert not may_register(page, event)
    assertNotContains(page, "webcal:")


def test_an_old_link_leads_to_notes_and_the_next_of_the_series(client, first_of_may):
    group = make_group()
    socials = Series.objects.create(group=group, title="Socials", slug="socials")
    event = make_event(group=group, series=socials, starts_in=timedelta(days=-30))
    make_event(group=group, title="Sooner, but something else", starts_in=timedelta(days=1))
    make_event(group=group, title="Secret social", series=socials, state="draft", starts_in=timedelta(days=2))
    make_event(
        group=group, title="Cancelled social", series=socials, state="cancelled", starts_in=timedelta(days=3)
    )
    make_event(group=group, title="Next social", series=socials, starts_in=timedelta(days=9))

    page = page_of(client, event)

    assertContains(page, "This event is over.")
    assert page.context["next_date"].event.title == "Next social"
    assertContains(page, "Next social</a>")
    assertNotContains(page, "Secret social")
    assert not may_register(page, event)


def test_with_nothing_to_come_the_calendar_is_offered(client):
    page = page_of(client, make_event(starts_in=timedelta(days=-30)))

    assert page.context["next_date"] is None
    assertContains(page, f'<a href="{reverse("events:agenda")}">See what’s coming up</a>')


# --- Access ---


def test_what_is_in_place_is_listed_before_anybody_asks(client):
    make_hub(always_in_place="Cameras off is fine\nCaptions in every room")
    event = make_event(access_note="The **side door** is step-free.")
    AccessInPlace.objects.create(event=event, code="captions", note="Captions in every room")
    AccessInPlace.objects.create(event=event, code="breaks")

    page = page_of(client, event)

    for words in ("Captions in every room", "Extra or longer breaks", "Cameras off is fine"):
        assertContains(page, f"<span>{words}</span>", count=1)
    assertContains(page, "The <strong>side door</strong> is step-free.")


def test_it_says_by_when_to_ask_for_what_takes_time(client, first_of_may):
    for code, days in (("bsl", 10), ("captions", 5), ("large_print", 3), ("quiet", 0), ("step_free", 2)):
        AccessOffer.objects.create(code=code, lead_working_days=days)
    event = make_event(dates=0, interpreters_by=date(2026, 5, 4))
    make_session(event, SUNDAY + timedelta(days=10))

    page = page_of(client, event)

    told = [(deadline.on, deadline.things, deadline.is_over) for deadline in page.context["deadlines"]]
    assert told == [
        (date(2026, 5, 4), ["Interpreters"], False),
        (date(2026, 5, 6), ["Live captions"], False),
        (date(2026, 5, 8), ["Large print"], False),
    ]
    assertContains(page, '<time datetime="2026-05-04">Monday 4 May</time>: Interpreters')
    assertContains(page, f"{reverse('events:registration_new', args=[event.slug])}#needs")


def test_what_is_in_place_anyway_has_no_day(client, first_of_may):
    AccessOffer.objects.create(code="captions", lead_working_days=5)
    event = social()
    AccessInPlace.objects.create(event=event, code="captions")

    assert page_of(client, event).context["deadlines"] == []


def test_after_the_day_asking_is_still_welcome(client, first_of_may):
    page = page_of(client, social(interpreters_by=date(2026, 4, 30)))

    assertContains(page, '<s><time datetime="2026-04-30">Thursday 30 April</time></s>: Interpreters')
    assertContains(page, "ask anyway, and we will tell you honestly")


def test_there_is_a_person_to_ask(client):
    make_hub(
        access_contact_name="Vanessa",
        access_contact_email="access@example.org",
        access_contact_phone="01632 960 123",
    )

    page = page_of(client, make_event())

    assertContains(page, "Vanessa is there for you:")
    assertContains(page, 'href="mailto:access@example.org"')
    assertContains(page, "01632 960 123")


@pytest.mark.parametrize(
    ("own", "shown", "link"),
    [("- We listen first", "We listen first", "/values/#derby"), ("", "Kind words only", "/values/")],
)
def test_the_guiding_values_are_the_group_s_or_else_the_hub_s(client, own, shown, link):
    make_hub(guiding_values="Kind words only")
    event = make_event(group=make_group(slug="derby", guiding_values=own))

    page = page_of(client, event)

    assertContains(page, f"<p>{shown}</p>", html=True)
    assertContains(page, f'<a href="{link}">Read our guiding values</a>')


# --- Calendars and machines ---


def test_it_can_be_taken_into_every_calendar(client):
    event = make_event(title="Being better allies")
    file = reverse("events:event_ics", args=[event.slug])

    page = page_of(client, event)

    assertContains(page, f'href="webcal://localhost:8000{event.get_absolute_url()}feed.ics"')
    assertContains(page, f'href="{file}"')
    assertContains(
        page, "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Being%20better%20allies"
    )
    assertContains(page, "https://outlook.live.com/calendar/deeplink/compose?")
    assertContains(page, "copies that stay as they are")


def test_calendars_follow_all_dates_of_a_programme(client):
    page = page_of(client, make_event(dates=2))

    assertContains(page, "https://calendar.google.com/calendar/r?cid=webcal")
    assertContains(page, "https://outlook.live.com/calendar/0/addfromweb?url=")
    assertNotContains(page, "action=TEMPLATE")


def json_ld(page) -> dict:
    html = page.content.decode()
    start = html.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    return json.loads(html[start : html.index("</script>", start)])


def test_search_engines_read_the_event_but_never_the_way_in(client, first_of_may):
    group = make_group("Derby Allies", slug="derby")
    event = social(
        slug="allies",
        title="Being better allies",
        group=group,
        format="both",
        venue=make_venue(group, name="Library"),
        join_address="https://zoom.us/j/123",
        capacity=60,
    )

    assert json_ld(page_of(client, event)) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "http://localhost:8000/events/allies/",
        "url": "http://localhost:8000/events/allies/",
        "name": "Being better allies",
        "description": "A summary.",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {"@type": "VirtualLocation", "url": "http://localhost:8000/events/allies/"},
            {"@type": "Place", "name": "Library", "address": "1 High Street, Derby"},
        ],
        "organizer": {
            "@type": "Organization",
            "name": "Derby Allies",
            "url": "http://localhost:8000/groups/derby/",
        },
        "maximumAttendeeCapacity": 60,
        "startDate": "2026-05-03T15:00+01:00",
        "endDate": "2026-05-03T17:00+01:00",
    }


def test_search_engines_read_a_cancelled_programme_date_by_date(client):
    told = json_ld(page_of(client, make_event(title="Programme", dates=2, state="cancelled")))

    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert [date["name"] for date in told["subEvent"]] == ["Programme", "Programme"]
    assert told["subEvent"][0]["startDate"] == told["startDate"]
    assert told["subEvent"][1]["endDate"] == told["endDate"]


def test_a_title_cannot_break_out_of_what_search_engines_read(client):
    event = make_event(title="</script><script>alert(1)</script><!-- & \u2028")

    page = page_of(client, event)

    assert json_ld(page)["name"] == event.title
    assertNotContains(page, "<script>alert")


def test_what_is_kept_of_an_event_changes_with_it(client):
    event = make_event(title="Old title")
    page_of(client, event)
    Event.objects.filter(pk=event.pk).update(title="New title", changed_at=NOON)

    page = page_of(client, event)

    assert json_ld(page)["name"] == "New title"
    assertContains(page, "text=New%20title")


def test_the_page_is_light_and_asks_little(client):
    Page.objects.create(title="What is allyship?", slug="allyship", body="…", is_published=True)
    make_hub(guiding_values="- Listen first", always_in_place="Captions")
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    group = make_group(guiding_values="- Listen")
    series = Series.objects.create(group=group, title="Socials", slug="socials")
    event = make_event(group=group, series=series, dates=1, places=60, format="both", venue=make_venue(group))
    one = _queries(client, event)
    for number in range(3):
        make_session(
            event, SUNDAY + timedelta(weeks=100 + number), venue=make_venue(group), agenda="15:00 Welcome"
        )
        AccessInPlace.objects.create(event=event, code=("captions", "breaks", "quiet")[number])
        register(event)

    assert _queries(client, event) == one == 6
    assert len(page_of(client, event).content) < 30_000


@pytest.mark.parametrize(
    ("fields", "number"), [({"state": "cancelled"}, 5), ({"starts_in": timedelta(days=-9)}, 6)]
)
def test_what_does_not_take_place_any_more_asks_no_more(client, fields, number):
    make_hub()
    event = make_event(**fields)
    make_event(group=event.group)

    assert _queries(client, event) == number


def _queries(client, event: Event) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert page_of(client, event).status_code == 200
    return len(queries)


def test_a_visitor_gets_no_cookie_and_any_cache_may_keep_the_page(client):
    event = make_event()

    page = page_of(client, event)

    assert page.cookies == {}
    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert client.get(event.get_absolute_url(), headers={"If-None-Match": page["ETag"]}).status_code == 304
    assert client.post(event.get_absolute_url()).status_code == 405


def test_an_event_without_a_date_still_has_a_page(client):
    event = make_event(dates=0)

    page = page_of(client, event)

    assert page.status_code == 200
    assert Session.objects.count() == 0
    assert not may_register(page, event)


def test_the_foot_of_an_events_page_says_nothing_of_how_it_is_kept(client):
    event = make_event()
    client.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "UUID(" not in client.get(event.get_absolute_url()).content.decode()
