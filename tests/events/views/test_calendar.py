import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from events.actions import publishing
from events.models import AccessInPlace, Event, Tag
from tests.factories import (
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_session,
    make_venue,
    register,
)

pytestmark = pytest.mark.django_db
AGENDA, MONTH, PAST = "/events/", "/events/month/", "/events/past/"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def first_of_may():
    """Friday 1 May 2026, 1pm in London."""
    with time_machine.travel(NOON, tick=False):
        yield


def titles(page) -> list[str]:
    return [line.title for line in page.context["page"].lines]


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- What is to come ---


def test_every_event_to_come_is_listed_once_by_its_next_date(client):
    make_event(title="Later", starts_in=timedelta(days=12))
    make_event(title="Half done", starts_in=timedelta(days=-4), dates=2)
    make_event(title="Programme", starts_in=timedelta(days=2), dates=2)
    make_event(title="Now", starts_in=timedelta(hours=-1))
    twice = make_event(title="Two at once", starts_in=timedelta(days=13))
    make_session(twice, twice.starts_at)

    assert titles(client.get(AGENDA)) == ["Now", "Programme", "Half done", "Later", "Two at once"]


@pytest.mark.parametrize(
    ("over", "dates", "words"),
    [
        (0, 4, "4 dates from Saturday 2 May"),
        (1, 4, "3 more dates, next on Saturday 9 May"),
        (3, 4, "1 more date, on Saturday 23 May"),
        (0, 1, "1pm to 3pm"),
    ],
)
def test_the_line_of_a_programme_tells_the_dates_that_are_left(client, first_of_may, over, dates, words):
    make_event(title="Programme", starts_in=timedelta(days=1), dates=dates).sessions.update(title="Speak up")

    with time_machine.travel(NOON + timedelta(days=1, hours=3, weeks=over - 1), tick=False):
        page = client.get(AGENDA)

    (line,) = page.context["page"].lines
    assert line.when_words == words
    assert [date.clock for date in line.dates] == ["1pm"] * (dates - over if dates > 1 else 0)
    assert page.content.decode().count("Speak up") == len(line.dates)


def test_a_line_names_eight_dates_and_says_how_many_more_there_are(client, first_of_may):
    make_event(starts_in=timedelta(days=1), dates=10)

    page = client.get(AGENDA)

    assert len(page.context["page"].lines[0].dates) == 8
    assertContains(page, "and 2 more dates")


def test_what_leads_into_the_meeting_stands_in_no_title_of_a_date(client):
    way_in = "https://meeting.example/j/845"
    make_event(dates=2, join_address=way_in).sessions.update(title=f"Come to {way_in}")

    assertNotContains(client.get(AGENDA), "meeting.example")


def test_a_picture_stands_beside_its_event(client):
    make_event(picture=f"pictures/{'a' * 24}-800x600.webp", picture_alt="A blanket <under> a tree")

    page = client.get(AGENDA)

    assertContains(
        page, f'src="/pictures/small/{"a" * 24}-800x600.webp" alt="A blanket &lt;under&gt; a tree"'
    )


def test_what_is_not_on_the_calendar_or_over_is_not_listed(client):
    make_event(title="Secret", state=Event.State.DRAFT)
    publishing.take_back(make_event(title="Taken back"))
    make_event(title="Over", starts_in=timedelta(days=-2))

    page = client.get(AGENDA)

    assert titles(page) == []
    for hidden in ("Secret", "Taken back", "Over"):
        assertNotContains(page, hidden)


@pytest.mark.parametrize("state", [Event.State.CANCELLED, Event.State.POSTPONED])
def test_a_date_that_is_called_off_stays_and_its_heading_says_so(client, state):
    """Also an organiser's, and that of whoever has a place; which not everyone sees by its colour."""
    event = make_event(title="Picnic")
    person = make_organiser(event.group)
    register(event, person.email)
    Event.objects.update(state=state)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    addresses = (AGENDA, reverse("organise:group", args=[event.group.slug]), reverse("events:places"))
    pages = [client.get(address) for address in addresses]

    assert titles(pages[0]) == ["Picnic"]
    for page in pages:
        found = re.search(r"<h[23]>(?:(?!</h).)*>Picnic</a>", page.content.decode())
        assert strip_tags(found[0]) == f"{state.label}: Picnic"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"places": 3}, "2 places left"),
        ({"places": 2}, "1 place left"),
        ({"places": 1}, "Waiting list open"),
        ({"places": 1, "has_waiting_list": False}, "Full"),
        ({"places": None}, "Room for everyone"),
        ({"takes_registrations": False}, "No booking needed"),
    ],
)
def test_each_date_says_whether_there_is_room(client, fields, words):
    open_to_all = fields.pop("takes_registrations", True)
    event = make_event(**fields)
    register(event)
    Event.objects.filter(pk=event.pk).update(takes_registrations=open_to_all)

    assert client.get(AGENDA).context["page"].lines[0].badge.text == words


def test_times_stand_in_the_zone_of_the_event_and_another_zone_is_named(client, first_of_may):
    make_hub(time_zone="Europe/London")
    make_session(make_event(title="Here", dates=0), NOON + timedelta(days=1))
    make_session(make_event(title="There", dates=0, time_zone="America/New_York"), NOON + timedelta(days=2))

    here, there = client.get(AGENDA).context["page"].lines

    assert here.when_words == "1pm to 3pm"
    assert there.when_words == "8am to 10am (New York time)"


def test_a_date_of_several_days_says_when_it_ends(client, first_of_may):
    make_session(make_event(dates=0), NOON + timedelta(days=1), hours=50)

    line = client.get(AGENDA).context["page"].lines[0]

    assert line.when_words == "Saturday 2 May, 1pm to Monday 4 May, 3pm (UK time)"


def test_the_place_is_named_where_there_is_one(client):
    group = make_group()
    library = make_venue(group, name="Central Library")
    make_event(group=group, format="in_person", venue=library)
    make_event(group=group, format="both", venue=library, starts_in=timedelta(days=8))
    make_event(group=group, format="online", venue=library, starts_in=timedelta(days=9))

    where = [line.where_words for line in client.get(AGENDA).context["page"].lines]

    assert where == ["Central Library", "Online and at Central Library", "Online"]


def test_dates_are_filtered_without_javascript(client):
    group = make_group("Derby Allies", slug="derby")
    found = make_event(title="Found", group=group, format="online")
    found.tags.add(Tag.objects.create(name="Craft", slug="craft"))
    AccessInPlace.objects.create(event=found, code="captions")
    make_event(title="Left out", group=group, format="online")

    page = client.get(
        AGENDA, {"group": "derby", "tag": "craft", "format": "online", "access": "captions", "q": "fou"}
    )

    assert titles(page) == ["Found"]
    assertContains(page, '<option value="derby" selected>Derby Allies</option>', html=True)


def test_a_venue_s_list_has_the_next_date_there_and_so_have_month_and_calendar(client, first_of_may):
    group = make_group()
    mill, hall = (make_venue(group, name=name, slug=name.lower()) for name in ("Mill", "Hall"))
    programme = make_event(group=group, title="Moves", format="both", venue=hall, dates=3)
    programme.sessions.filter(number=2).update(venue=mill, title="At the mill")
    make_event(group=group, title="Stays", format="in_person", venue=hall)
    make_event(group=group, title="Online by now", venue=mill)

    at_the_mill = client.get(AGENDA, {"venue": "mill"}).context["page"].lines
    assert [(line.title, line.day.day) for line in at_the_mill] == [("Moves", 15)]
    assert titles(client.get(AGENDA, {"venue": "hall"})) == ["Moves", "Stays"]
    assert client.get(MONTH, {"venue": "mill"}).content.count(b'class="chip ') == 1
    assert client.get("/feed.ics", {"venue": "mill"}).content.count(b"BEGIN:VEVENT") == 1
    assert [line.day.day for line in client.get(mill.get_absolute_url()).context["coming"].lines] == [15]


@pytest.mark.parametrize(
    ("query", "is_open"), [({}, False), ({"q": "fou"}, False), ({"format": "online"}, True)]
)
def test_who_narrows_the_list_is_at_the_list_again_and_the_fold_stays_open(client, query, is_open):
    make_event(title="Found")

    for address in (AGENDA, PAST, MONTH):
        page = client.get(address, query).content.decode()
        assert re.search(r'<form class="find" method="get" action="/events/[\w/]*#found"', page), address
        assert page.count(' id="found"') == 1
        assert ('<details class="fold" open>' in page) == is_open, address
    assertContains(client.get("/"), 'method="get" action="/#coming"')


@pytest.mark.parametrize("over", [True, False])
def test_nothing_found_is_said_kindly(client, over):
    make_event()
    if over:
        make_event(title="Nothing like this", starts_in=timedelta(days=-20))

    page = client.get(AGENDA, {"q": "nothing like this"})

    assertContains(page, "Nothing to come fits all of that.")
    assert ("Below are past events that fit." in page.content.decode()) == over
    assert ('href="/events/past/?q=nothing+like+this#found"' in page.content.decode()) != over
    assertContains(page, f'href="{AGENDA}#found">Show everything</a>')


def test_twenty_stand_on_a_page_and_the_filter_goes_along(client):
    group = make_group("Derby Allies", slug="derby")
    for day in range(21):
        make_event(title=f"Date {day}", group=group, starts_in=timedelta(days=1 + day))

    first, second = (
        client.get(AGENDA, {"group": "derby"}),
        client.get(AGENDA, {"group": "derby", "page": "2"}),
    )

    assert len(titles(first)) == 20
    assertContains(first, "?group=derby&amp;page=2")
    assert titles(second) == ["Date 20"]
    assertContains(second, "page 2")


@pytest.mark.parametrize("number", ["0", "-1", "two", "", "1.5", "٢", "99999999999999999999", "\x00"])
def test_what_is_no_page_is_the_first(client, number):
    make_event(title="Found")

    assert titles(client.get(AGENDA, {"page": number})) == ["Found"]


def test_a_page_beyond_the_end_is_not_there(client):
    make_event()

    assert client.get(AGENDA, {"page": "2"}).status_code == 404


def test_one_day_can_be_asked_for_even_when_it_is_over(client, first_of_may):
    for hours, title in (
        (-36, "The day before"),
        (-13, "The first hour"),
        (9, "The last hour"),
        (11, "The day after"),
    ):
        make_session(
            make_event(title=title, dates=0), NOON - timedelta(days=7) + timedelta(hours=hours), hours=1
        )

    page = client.get(AGENDA, {"day": "2026-04-24"})

    assert titles(page) == ["The first hour", "The last hour"]
    assertContains(page, "<h1>Friday 24 April 2026</h1>", html=True)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "yesterday", "0001-01-01", "9999-12-31", "\x00"])
def test_what_is_no_day_is_left_out(client, day):
    make_event(title="Found")

    assert titles(client.get(AGENDA, {"day": day})) == ["Found"]


def test_the_agenda_costs_the_same_for_one_and_for_three(client):
    make_event(places=3, format="in_person", venue=make_venue(make_group()))
    one = queries_of(client, AGENDA)
    for _ in range(2):
        register(make_event(places=3, dates=2, format="in_person", venue=make_venue(make_group())))

    assert queries_of(client, AGENDA) == one
    assert one <= 8


# --- The month ---


def test_a_month_is_a_table_with_its_neighbours_a_link_away(client, first_of_may):
    event = make_event(title="Being better allies", dates=0)
    make_session(event, datetime(2026, 6, 7, 14, tzinfo=UTC))

    page = client.get("/events/month/2026/6/")

    assertContains(page, "<h1>June 2026</h1>", html=True)
    assertContains(
        page,
        f'<a class="chip chip--social" href="{event.get_absolute_url()}">'
        '<time datetime="2026-06-07T15:00+01:00">3pm</time>Being better allies</a>',
        html=True,
    )
    assertContains(page, reverse("events:month", args=[2026, 5]))
    assertContains(page, reverse("events:month", args=[2026, 7]))
    assert page.content.decode().count("<td") == 5 * 7


@pytest.mark.parametrize(
    ("starts_in", "query", "month"),
    [
        ([], {}, "May 2026"),
        ([-1], {}, "May 2026"),
        ([0, 45], {}, "May 2026"),
        ([-1, 45, 80], {}, "June 2026"),
        ([2, 45], {"q": "day 45"}, "June 2026"),
    ],
)
def test_without_a_month_it_is_that_of_the_next_event(client, first_of_may, starts_in, query, month):
    for day in starts_in:
        make_event(title=f"Day {day}", starts_in=timedelta(days=day))

    assertContains(client.get(MONTH, query), f"<h1>{month}</h1>", html=True)
    assertContains(client.get("/", query), f'<h2 id="month-h">{month}</h2>', html=True)


def test_today_is_marked(client, first_of_may):
    page = client.get(MONTH)

    assertContains(page, "<h1>May 2026</h1>", html=True)
    assertContains(page, '<span class="vh">Today, </span>1</span>')


@pytest.mark.parametrize("address", ["2026/0/", "2026/13/", "1989/12/", "2101/1/", "99999/1/"])
def test_there_are_no_other_months(client, address):
    assert client.get(f"{MONTH}{address}").status_code == 404


@pytest.mark.parametrize(("year", "month", "missing"), [(1990, 1, "/1989/"), (2100, 12, "/2101/")])
def test_time_has_ends(client, year, month, missing):
    page = client.get(reverse("events:month", args=[year, month]))

    assert page.status_code == 200
    assertNotContains(page, missing)


def test_an_empty_month_says_so_and_is_not_for_search_engines(client):
    page = client.get("/events/month/2031/1/")

    assertContains(page, "Nothing takes place in January 2031.")
    assertContains(page, '<meta name="robots" content="noindex">', html=True)


def test_the_month_keeps_the_filter(client, first_of_may):
    make_session(make_event(title="Online", dates=0), NOON + timedelta(days=1))
    make_session(make_event(title="In Derby", dates=0, format="in_person"), NOON + timedelta(days=1))

    page = client.get(MONTH, {"format": "in_person"})

    assertContains(page, "In Derby</a>")
    assertNotContains(page, "Online</a>")
    assertContains(page, f"{reverse('events:month', args=[2026, 6])}?format=in_person")


def test_drafts_are_in_no_month(client, first_of_may):
    make_event(title="Secret draft", state=Event.State.DRAFT, starts_in=timedelta(days=1))

    assertNotContains(client.get(MONTH), "Secret draft")


def test_the_month_costs_the_same_for_one_and_for_three(client):
    make_event(starts_in=timedelta(minutes=5))
    one = queries_of(client, MONTH)
    for _ in range(2):
        make_event(starts_in=timedelta(minutes=5), dates=2)

    assert queries_of(client, MONTH) == one
    assert one <= 8


# --- What has been ---


def test_past_events_stand_by_year_the_newest_first_and_each_once(client, first_of_may):
    make_event(title="Last week", starts_in=timedelta(days=-7))
    make_event(title="Programme", starts_in=timedelta(days=-40), dates=3)
    make_event(title="Last year", starts_in=timedelta(days=-200))

    page = client.get(PAST)

    assert titles(page) == ["Last week", "Programme", "Last year"]
    assert [year for year, _lines in page.context["years"]] == [2026, 2025]
    assertContains(page, "3 dates from Sunday 22 March 2026")


def test_what_is_to_come_still_is_not_past(client):
    make_event(title="Half done", starts_in=timedelta(days=-3), dates=2)
    make_event(title="Secret", state=Event.State.DRAFT, starts_in=timedelta(days=-3))

    page = client.get(PAST)

    assert titles(page) == []
    assertNotContains(page, "Secret")
    assertContains(page, "Nothing is over yet")


def test_the_archive_costs_the_same_for_one_and_for_three(client):
    make_event(starts_in=timedelta(days=-9))
    one = queries_of(client, PAST)
    for _ in range(2):
        make_event(starts_in=timedelta(days=-90), dates=2)

    assert queries_of(client, PAST) == one
    assert one <= 8


@pytest.mark.parametrize("address", [AGENDA, MONTH, PAST])
def test_the_calendar_is_for_reading_and_leaves_no_cookie(client, address):
    make_event()

    page = client.get(address)

    assert page.cookies == {}
    assert page["Cache-Control"].startswith("public")
    assert client.post(address).status_code == 405
