"""O-2: an organiser makes an event out of nothing, publishes it, and it appears in every calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from PIL import Image

from events.models import Event
from people.models import Person
from tests.browser.community import make_community, make_social, sunday_at_three
from tests.browser.inbox import letters_about
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, make_venue, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETING = "https://us02web.zoom.us/j/84512307741?pwd=secret"
SECOND_DATE = 'fieldset:has(> legend:text-is("Date 2"))'


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture
def ruth(group, either_visitor) -> Visitor:
    return either_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))


@pytest.fixture
def organiser(group, plain_visitor) -> Visitor:
    return plain_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))


def make_draft(group) -> Event:
    return make_social(group, state=Event.State.DRAFT, published_at=None, join_address="")


def clocks_go_forward_on() -> date:
    """The last Sunday of the next March: half past one does not exist then."""
    end_of_march = date(timezone.now().year + 1, 3, 31)
    return end_of_march - timedelta(days=(end_of_march.weekday() + 1) % 7)


def write_date(visitor: Visitor, day: date, start: str, end: str, within: str = "main") -> None:
    visitor.write("Date", day.isoformat(), within=within)
    visitor.write("Start", start, within=within)
    visitor.write("End", end, within=within)


def test_from_a_title_to_the_feed(group, ruth, new_visitor):
    day = sunday_at_three(4)
    register(make_social(group, slug="an-earlier-one"), "before@example.org")
    ruth.open("/organise/")
    ruth.follow("New event for Solidarity Socials")
    ruth.write("Title", "Holding hard conversations")
    ruth.press("Make a draft")

    ruth.follow("Title, kind and summary")
    ruth.tick("Social")
    ruth.write("Summary", "An afternoon in small rooms.")
    ruth.write("Led by", "Ruth")
    ruth.press("Save")
    ruth.follow("Description and content note")
    ruth.write("Description", "## How it runs\n\n- arrive\n- rooms")
    ruth.press("Save")
    ruth.follow("Dates and how they run")
    write_date(ruth, day.date(), "15:00", "17:00")
    ruth.press("Save all dates")
    ruth.follow("Online or where")
    ruth.tick("Online")
    ruth.press("Save")
    ruth.follow("Places and registration")
    ruth.write("Places", "60")
    ruth.press("Save")
    ruth.follow("What is in place for access")
    ruth.tick("Live captions")
    ruth.press("Save")
    ruth.follow("Join door")
    ruth.write("Meeting address", MEETING)
    ruth.press("Save")

    someone = new_visitor()
    address = f"/events/{Event.objects.get(title='Holding hard conversations').slug}/"
    someone.open(address, status=404)
    ruth.follow("Publish it")
    ruth.press("Publish now")

    ruth.sees("Published. Everyone can see the event now.")
    assert ruth.field("The event's page").input_value() == f"{ruth.site}{address}"
    feed = someone.context.request.get(ruth.field("Calendar of all events").input_value()).text()
    assert "SUMMARY:Holding hard conversations" in feed
    assert "zoom" not in feed
    someone.open("/")
    someone.follow("Holding hard conversations")
    someone.sees(f"Sunday {day.day} {day:%B %Y}, 3pm to 5pm (UK time)", "How it runs", "60 places")


def test_a_draft_is_looked_at_as_others_will_see_it(group, organiser):
    draft = make_draft(group)

    organiser.open(f"/organise/events/{draft.slug}/preview/")
    organiser.follow("The page, as visitors see it")
    organiser.open(f"/organise/events/{draft.slug}/preview/")
    organiser.follow("Reminder, one day before")
    organiser.choose("Email", "You gave up your place")
    organiser.press("Show")
    organiser.follow("Preview", within="main")
    organiser.follow("The calendar entry")
    assert "SUMMARY:Being better allies" in organiser.download("Download the file")


def test_an_end_before_the_start_is_named_and_nothing_is_lost(group, organiser):
    """O-2 U1."""
    draft = make_draft(group)
    organiser.open(f"/organise/events/{draft.slug}/dates/")

    write_date(organiser, sunday_at_three(5).date(), "17:00", "15:00")
    organiser.press("Save all dates")

    assert organiser.problems_named() == [
        "The end must be after the start. If it ends on another day, give the last day"
    ]
    assert organiser.field("Start").input_value() == "17:00"


def test_a_time_that_the_clocks_leave_out_is_refused(group, organiser):
    """O-2 U1."""
    draft = make_draft(group)
    organiser.open(f"/organise/events/{draft.slug}/dates/")

    write_date(organiser, clocks_go_forward_on(), "01:30", "03:00")
    organiser.press("Save all dates")

    assert len(organiser.problems_named()) == 1
    assert organiser.field("Start").input_value() == "01:30"


def test_a_date_in_the_past_is_asked_about(group, organiser):
    """O-2 U1."""
    draft = make_draft(group)
    organiser.open(f"/organise/events/{draft.slug}/dates/")

    write_date(organiser, date(2020, 5, 3), "15:00", "17:00")
    organiser.press("Save all dates")

    assert organiser.problems_named() == ["This date is in the past. Tick the box if that is right"]


def test_a_programme_gets_its_dates_in_one_form(group, organiser):
    draft = make_draft(group)
    organiser.open(f"/organise/events/{draft.slug}/dates/")

    organiser.press("Add another date")
    write_date(organiser, sunday_at_three(6).date(), "11:00", "12:00", within=SECOND_DATE)
    organiser.write("How many more weeks", "2")
    organiser.press("Add the weeks")
    organiser.press("Save all dates")

    assert draft.sessions.count() == 4


def test_a_meeting_address_in_a_public_text_is_caught_and_moved(group, organiser):
    draft = make_draft(group)
    organiser.open(f"/organise/events/{draft.slug}/words/")

    organiser.write("Description", f"Join us: {MEETING}")
    organiser.press("Save")
    assert len(organiser.problems_named()) == 2
    organiser.tick("Move it to the join door")
    organiser.press("Save")

    draft.refresh_from_db()
    assert (draft.description, draft.join_address) == ("Join us:", MEETING)


def test_a_busy_venue_is_a_warning_and_no_refusal(group, organiser):
    """O-2 U2."""
    hall = make_venue(group, name="The Mill")
    make_social(group, format="in_person", venue=hall, slug="the-other", title="The other one")
    draft = make_social(
        group, format="in_person", venue=hall, slug="draft", state=Event.State.DRAFT, published_at=None
    )

    organiser.open(f"/organise/events/{draft.slug}/")
    organiser.sees("The Mill is also expected at “The other one”")
    organiser.follow("Publish it")
    organiser.press("Publish now")

    organiser.sees("Published.")


def test_a_draft_is_there_after_the_browser_was_closed(group, organiser, new_visitor):
    """O-2 U3."""
    organiser.open(f"/organise/groups/{group.slug}/events/new/")
    organiser.write("Title", "Holding hard conversations")
    organiser.press("Make a draft")

    again = new_visitor().sign_in(Person.objects.get(email="ruth@example.org"))
    again.open("/organise/")
    again.follow("Holding hard conversations")


def test_two_who_edit_at_once_see_what_changed_and_choose(group, new_visitor):
    """O-2 U4."""
    draft = make_draft(group)
    page = f"/organise/events/{draft.slug}/basics/"
    ruth = new_visitor().sign_in(make_organiser(group, name="Ruth"))
    vanessa = new_visitor().sign_in(make_organiser(group, name="Vanessa"))
    ruth.open(page)
    vanessa.open(page)
    ruth.write("Title", "Allies, together")
    ruth.press("Save")

    vanessa.write("Title", "Better allies")
    vanessa.press("Save")

    vanessa.sees("This page was saved meanwhile", "Being better allies", "Allies, together")
    assert vanessa.field("Title").input_value() == "Better allies"
    vanessa.press("Save mine all the same")
    draft.refresh_from_db()
    assert draft.title == "Better allies"


def test_a_picture_needs_words_for_those_who_cannot_see_it(group, organiser, tmp_path):
    draft = make_draft(group)
    picture = tmp_path / "quilt.png"
    Image.new("RGB", (600, 400), "purple").save(picture)
    organiser.open(f"/organise/events/{draft.slug}/picture/")

    organiser.field("Picture").set_input_files(picture)
    organiser.press("Save")
    assert len(organiser.problems_named()) == 1
    organiser.field("Picture").set_input_files(picture)
    organiser.write("Describe the picture", "A purple quilt")
    organiser.press("Save")
    organiser.open(f"/organise/events/{draft.slug}/preview/page/")

    shown = organiser.page.get_by_role("img", name="A purple quilt")
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")


def test_a_cancelled_event_tells_everyone_why(group, organiser):
    event = make_social(group)
    register(event, "amara@example.org")

    organiser.open(f"/organise/events/{event.slug}/")
    organiser.follow("Cancel the event")
    organiser.press("Cancel the event and tell 1 person")
    assert len(organiser.problems_named()) == 1
    organiser.write("Why it does not take place", "Both hosts are ill.")
    organiser.press("Cancel the event and tell 1 person")

    assert letters_about("amara@example.org")[-1] == "It does not take place"
    organiser.open(event.get_absolute_url())
    organiser.sees("This event is cancelled.", "Both hosts are ill.")


def test_an_event_is_made_like_an_earlier_one_without_its_people(group, organiser):
    event = make_social(group, capacity=12)
    register(event, "amara@example.org")

    organiser.open(f"/organise/events/{event.slug}/")
    organiser.follow("Make a new event like this one")
    organiser.write("Title", "Being better allies, again")
    organiser.press("Make a draft")

    copy = Event.objects.get(title="Being better allies, again")
    assert (copy.capacity, copy.registrations.count(), copy.join_address) == (12, 0, "")


def test_someone_who_phoned_is_added_and_someone_is_taken_off(group, organiser):
    event = make_social(group)

    organiser.open(f"/organise/events/{event.slug}/")
    organiser.follow("Add somebody who phoned")
    organiser.write("Their name", "Keli")
    organiser.write("Their email address", "keli@example.org")
    organiser.press("Add")
    organiser.open(f"/organise/events/{event.slug}/registrations/")
    organiser.follow("Keli")
    assert "keli@example.org" in organiser.text
