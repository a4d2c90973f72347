"""O-2: an organiser makes an event out of nothing, publishes it, and it appears in every calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from events.models import Event
from mail.models import OutgoingMail
from people.models import Person
from tests.browser.community import make_community, make_social, sunday_at_three
from tests.browser.inbox import letters_about
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, make_venue, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETING = "https://us02web.zoom.us/j/84512307741?pwd=secret"
DESCRIPTION = """Are you noticing gaps that leave some people behind? Let's explore it together.

## As always

- break-out rooms, from which you choose
- then we gather again and share what each found
"""
TOPICS = """1. What does being an ally look like?
2. Finding the words to speak up – Vanessa
3. What is privilege and what can we do about it? – Sage
4. Handling our diversity mistakes and criticism
5. Self-care for empaths & change-makers – Keli & Sam
6. Create to express the oppressed and de-stress – Dani
"""
SECOND_DATE = 'fieldset:has(> legend:text-is("Date 2"))'


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture(params=[1280, 390])
def ruth(group, plain_visitor, request) -> Visitor:
    """Without scripts, at a desk and with a phone."""
    plain_visitor.page.set_viewport_size({"width": request.param, "height": 800})
    return plain_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))


@pytest.fixture
def programmes_visitor(group, either_visitor) -> Visitor:
    """With a phone and without scripts, or at a desk with them."""
    if not either_visitor.scripts:
        either_visitor.page.set_viewport_size({"width": 390, "height": 800})
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


def write_date(visitor: Any, day: date, start: str, end: str, **where: str) -> None:
    visitor.write("Date", day.isoformat(), **where)
    visitor.write("Start", start, **where)
    visitor.write("End", end, **where)


class Counted:
    """A visitor whose work is counted: pages they meet, buttons and links they press, fields they write in, ticks."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.pages: set[str] = set()
        self.presses = self.fields = self.ticks = 0

    def follow(self, link: str) -> None:
        self.visitor.follow(link)
        self._went()

    def press(self, button: str) -> None:
        self.visitor.press(button)
        self._went()

    def write(self, label: str, text: str, **where: str) -> None:
        self.fields += 1
        self.visitor.write(label, text, **where)

    def tick(self, label: str) -> None:
        self.ticks += 1
        self.visitor.tick(label)

    def _went(self) -> None:
        self.presses += 1
        self.pages.add(self.visitor.path)


def test_a_first_event_with_rooms_and_hosts_stands_in_the_calendar_in_two_pages(group, ruth, new_visitor):
    """Source 000: six rooms, of which four have hosts, who are asked by email as it is published."""
    day, mail_works = (
        sunday_at_three(4),
        {"kind": "test-mail", "key": "t", "message_id": "t", "state": "sent"},
    )
    OutgoingMail.objects.create(to_email="ruth@example.org", settled_at=timezone.now(), **mail_works)
    ruth.open("/organise/")
    work = Counted(ruth)

    work.follow("New event")
    work.write("Title", "Being better allies: How can we support people facing injustice?")
    work.write("In one or two sentences", "Join us to explore how we can be difference-makers.")
    work.write("Description", DESCRIPTION)
    write_date(work, day.date(), "15:00", "17:00")
    work.write("Link to the meeting", MEETING)
    work.write("Places", "60")
    work.write("Topics, one a line", TOPICS)
    work.tick("People may propose topics")
    work.press("Publish")
    assert ruth.problems_named() == []
    for name in ("Vanessa", "Sage", "Keli", "Sam", "Dani"):
        work.write(name, f"{name.lower()}@example.org")
    work.press("Publish")

    ruth.sees("Published. Everyone can see the event now.")
    assert (len(work.pages), work.presses, work.fields, work.ticks) == (2, 3, 14, 1)
    event = Event.objects.get()
    assert [letters_about(f"{name}@example.org") for name in ("keli", "dani")] == [
        ["Would you host a room?"]
    ] * 2
    feed = ruth.context.request.get(ruth.field("Calendar of all events").input_value()).text()
    assert "SUMMARY:Being better allies" in feed
    assert "zoom" not in feed
    someone = new_visitor(scripts=False)
    someone.open(event.get_absolute_url())
    someone.sees(f"Sunday {day.day} {day:%B %Y}, 3pm to 5pm (UK time)", "60 places", "Handling our diversity")
    assert "Sage" not in someone.text


# Source 003: its four dates, with their titles and hours.
PROGRAMME = [
    ("Welcome to allies", "11:00", "12:00"),
    ("The importance of courage in the face of discomfort", "14:00", "15:00"),
    ("Inclusive language and courageous conversations", "14:30", "15:30"),
    ("Final session", "10:00", "11:00"),
]
UNIVERSITIES = [
    ("University of Kent", "15", "kent.ac.uk"),
    ("Liverpool John Moores University", "10", "ljmu.ac.uk"),
    ("City, University of London", "12", "city.ac.uk"),
]


def test_a_programme_for_three_universities_is_published_in_six_pages(group, programmes_visitor):
    """Source 003, O-3: four dates at once, places of three universities, U1 (their sum is not 40) and the rules."""
    ruth = programmes_visitor
    ruth.open("/organise/")
    work = Counted(ruth)
    days = [(sunday_at_three(4) + timedelta(days=later)).date() for later in (2, 10, 26, 30)]

    work.follow("New event")
    work.write("Title", "Inclusive Allyship Programme")
    work.tick("Programme")
    work.write("In one or two sentences", "Understand racism better, and how to stand beside a colleague.")
    write_date(work, days[0], *PROGRAMME[0][1:])
    work.write("Places", "40")
    work.press("Save as a draft")
    work.follow("Dates and how they run")
    for number, (title, start, end) in enumerate(PROGRAMME, start=1):
        row = f'fieldset:has(> legend:text-is("Date {number}"))'
        if number > 1:  # the first is there
            write_date(work, days[number - 1], start, end, within=row)
        work.write("Title of this date", title, within=row)
    work.press("Save and next: Rules for several dates")
    work.tick("People must be able to come to every date")
    work.tick("We ask them, and they can catch up")
    work.write("How they catch up", "Read the summary, and write down one thing you would try.")
    work.write("How many dates complete it", "4")
    work.press("Save")
    work.follow("Who the places are for")
    for number, (name, places, ending) in enumerate(UNIVERSITIES, start=1):
        row = f'fieldset:has(> legend:text-is("Group of places {number}"))'
        work.write("Who they are for", name, within=row)
        work.write("Places", places, within=row)
        work.write("Endings of their email addresses", ending, within=row)
    work.write("Shared from", (days[0] - timedelta(days=7)).isoformat())
    work.write("Time", "12:00")
    work.press("Save")
    assert ruth.problems_named() == ["Tick the box if that is meant, or give them to somebody above"]
    work.tick("3 places are held back")
    work.press("Save")
    work.follow("Publish it")
    work.press("Publish now")

    ruth.sees("Published. Everyone can see the event now.")
    assert (len(work.pages), work.presses, work.fields, work.ticks) == (6, 10, 32, 4)
    event = Event.objects.get()
    ruth.open(event.get_absolute_url())
    ruth.sees(*(name for name, *_more in UNIVERSITIES), *(title for title, *_times in PROGRAMME))
    liverpool = event.quotas.get(places=10)
    for number in range(12):
        register(event, f"liv{number}@ljmu.ac.uk", pair=liverpool.pair)
    ruth.open(f"/organise/events/{event.slug}/places/for/")
    ruth.follow("Share unused places now")
    ruth.press("Share them and send 2 offers")
    ruth.sees("The places are shared now. 2 offers are on their way.")


def test_a_draft_is_looked_at_as_others_will_see_it(group, organiser):
    draft = make_draft(group)

    organiser.open(f"/organise/events/{draft.slug}/preview/")
    organiser.follow("The page, as visitors see it")
    organiser.open(f"/organise/events/{draft.slug}/preview/")
    organiser.follow("Reminder")
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
    organiser.tick("Move it to “Way into the meeting”")
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
    organiser.press("Save as a draft")

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
    organiser.press("Save as a draft")

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
