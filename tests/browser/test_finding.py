"""A-1: find an event and take it home."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from events.actions import calendar_texts, calling_off
from events.models import Event
from tests.browser.community import make_community, make_social
from tests.factories import make_event, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def names_of_events(visitor) -> list[str]:
    return visitor.page.locator("main .event h3, main .event h2").all_inner_texts()


def test_the_list_is_filtered_to_what_someone_can_come_to(either_visitor):
    group = make_community()
    make_social(group)
    make_event(group=group, title="Walk and talk", format="in_person", venue=make_venue(group))

    either_visitor.open("/")
    either_visitor.follow("Every date, and more ways to filter")
    assert names_of_events(either_visitor) == ["Walk and talk", "Being better allies"]
    either_visitor.page.get_by_text("Narrow it down").click()
    either_visitor.choose("How it takes place", "Online")
    either_visitor.choose("Access in place", "Live captions")
    either_visitor.press("Update list")

    assert names_of_events(either_visitor) == ["Being better allies"]
    assert either_visitor.page.url.endswith("#found")
    expect(either_visitor.page.get_by_role("heading", name="Being better allies")).to_be_in_viewport()
    either_visitor.write("Search", "walking boots")
    either_visitor.press("Update list")
    either_visitor.sees("fits all of that")
    either_visitor.follow("Show everything")
    assert len(names_of_events(either_visitor)) == 2


def test_an_event_says_when_it_is_who_hosts_and_what_is_promised(either_visitor):
    event = make_social()
    date = event.sessions.get().starts_at

    either_visitor.open(f"/events/month/{date.year}/{date.month}/")
    either_visitor.follow("3pm Being better allies")

    assert either_visitor.heading == "Being better allies"
    either_visitor.sees(f"Sunday {date.day} {date:%B %Y}, 3pm to 5pm (UK time)", "Led by Ruth and Vanessa")
    either_visitor.sees("What does it mean to have privilege?", "Live captions", "A break after 45 minutes")
    either_visitor.sees("We listen first. Nobody has to speak.")
    either_visitor.follow("How we plan for access")
    either_visitor.sees("British Sign Language (BSL) interpreter", "10 working days")
    either_visitor.go_back()
    either_visitor.follow("What happens with your data")
    either_visitor.go_back()
    either_visitor.follow("Read our guiding values")


def test_one_event_goes_home_as_a_file_or_with_one_press(visitor):
    event = make_social()

    visitor.open(event.get_absolute_url())
    entry = visitor.download("iCal file (Apple, Outlook)")

    assert entry.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Being better allies" in entry
    assert "meeting.example" not in entry
    assert visitor.address_of("Follow this event").startswith("webcal://localhost")
    assert visitor.address_of("Google Calendar").startswith("https://calendar.google.com/calendar/render?")
    assert visitor.address_of("Outlook on the web").startswith("https://outlook.live.com/calendar/")


def test_a_filtered_list_can_be_followed_and_its_address_copied(visitor):
    group = make_community()
    make_social(group)
    make_event(group=group, title="Walk and talk", format="in_person", venue=make_venue(group))
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])

    visitor.open("/events/?format=online")
    visitor.follow("Subscribe to this list")
    visitor.page.get_by_role("button", name="Copy").first.click()
    visitor.sees("Copied.")

    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    feed = visitor.context.request.get(copied).text()
    assert "SUMMARY:Being better allies" in feed
    assert "Walk and talk" not in feed


def test_without_scripts_the_address_of_a_feed_can_be_marked(new_visitor):
    make_social()
    visitor = new_visitor(scripts=False)

    visitor.open("/calendars/")

    assert visitor.field("Address of the calendar").input_value() == f"{visitor.site}/feed.ics"


def test_someone_elsewhere_reads_what_their_own_clock_shows_then(new_visitor):
    """A-1 U1."""
    event = make_social()
    visitor = new_visitor(zone="America/New_York")

    visitor.open(event.get_absolute_url())

    visitor.sees("3pm to 5pm (UK time)")
    visitor.sees("am in New York (your device)")


def test_cities_have_the_names_that_people_there_use(new_visitor):
    event = make_social()
    visitor = new_visitor(zone="Asia/Kolkata")

    visitor.open(event.get_absolute_url())

    visitor.sees("pm in Kolkata (your device)")


def test_at_home_there_is_no_second_line_about_the_time(visitor):
    event = make_social()

    visitor.open(event.get_absolute_url())

    assert "(your device)" not in visitor.text


def test_a_cancelled_event_says_why_and_what_comes_next(plain_visitor):
    """A-1 U2."""
    group = make_community()
    event = make_social(group)
    make_social(group, weeks=5, title="The next social", slug="the-next-social")
    calling_off.cancel(event, reason="Both hosts are ill.", by=None)

    plain_visitor.open(event.get_absolute_url())
    plain_visitor.sees("This event is cancelled.", "Both hosts are ill.")
    feed = plain_visitor.context.request.get(f"{plain_visitor.site}/feed.ics").text()
    assert "STATUS:CANCELLED" in feed
    plain_visitor.follow("The next social")


def test_an_old_link_leads_to_the_event_and_on_to_the_next(plain_visitor):
    """A-1 U3."""
    group = make_community()
    event = make_social(group)
    for session in event.sessions.all():
        session.starts_at -= timedelta(weeks=60)
        session.ends_at -= timedelta(weeks=60)
        session.save()
    calendar_texts.rewrite(event)
    make_social(group, weeks=5, title="The next social", slug="the-next-social")

    plain_visitor.open("/events/past/")
    plain_visitor.follow("Being better allies")
    plain_visitor.sees("This event is over.")
    plain_visitor.follow("The next social")


def test_what_is_not_there_says_so_kindly(plain_visitor):
    make_event(slug="a-draft", state=Event.State.DRAFT, published_at=None)

    plain_visitor.open("/events/a-draft/", status=404)

    plain_visitor.open("/nowhere/", status=404)


def test_an_event_is_two_sheets_of_paper_at_most_and_its_poster_is_one(visitor):
    event = make_social()
    visitor.open(event.get_absolute_url())

    sheets = PdfReader(BytesIO(visitor.page.pdf(format="A4"))).pages
    printed = " ".join(sheet.extract_text() for sheet in sheets)

    assert len(sheets) <= 2
    assert event.get_absolute_url() in printed
    assert event.title in printed
    foot = visitor.page.locator("footer h2").last.inner_text()
    assert foot
    assert foot not in printed
    assert "calendar.google" not in printed
    visitor.follow("Pass it on: address, code and poster")
    visitor.follow("Poster to print")
    visitor.sees("Hold a phone’s camera to the code, or type:")

    paper = visitor.page.pdf(prefer_css_page_size=True)

    assert len(PdfReader(BytesIO(paper)).pages) == 1
