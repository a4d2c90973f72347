"""A visitor suggests an event, an organiser takes it up; a partner's calendar is brought in; a list stands elsewhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from events.models import Event
from tests.browser.community import make_community
from tests.browser.inbox import newest_letter_to
from tests.browser.visitor import Visitor
from tests.calendar_texts import an_event, in_calendar
from tests.factories import make_event, make_organiser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KELI, SAM = "keli@example.org", "sam@example.org"


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture
def ruth(group, new_visitor) -> Visitor:
    return new_visitor().sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))


def suggest(keli: Visitor, email: str = KELI) -> None:
    day = (timezone.now() + timedelta(days=20)).date()
    keli.write("What is it called?", "Listening evening")
    keli.write("Date", day.isoformat())
    keli.write("Start", "19:00")
    keli.write("Where is it?", "Central Library, 1 High Street")
    keli.write("Who organises it?", "Derby Voices")
    keli.write("What is it about, and who is it for?", "We listen to one another.")
    keli.write("Your name", "Keli")
    keli.write("Your email address", email)
    keli.press("Suggest it")
    keli.sees("Check your inbox")


def test_a_suggestion_from_the_calendar_to_a_draft(group, ruth, either_visitor):
    keli = either_visitor
    keli.open("/")
    keli.follow("Suggest it to a group")
    keli.follow("Solidarity Socials", within="main")
    keli.press("Suggest it")
    assert "Enter what the event is called" in keli.problems_named()
    suggest(keli)

    letter = newest_letter_to(KELI, "Please confirm the event you suggest")
    keli.open(letter.link("Send my suggestion to the organisers"))
    keli.press("Yes, send it to the organisers")
    keli.sees("The organisers have it", "Listening evening")

    ruth.open("/organise/")
    ruth.follow("1 event was suggested to you")
    ruth.press("Make a draft of it: Listening evening")
    ruth.sees("It is a draft now.")
    assert Event.objects.get().venue.name == "Central Library"


def test_a_suggestion_is_declined_in_words_and_the_next_was_somebody_else(group, ruth, plain_visitor):
    keli = plain_visitor
    keli.open(f"/groups/{group.slug}/suggestion/")
    suggest(keli)
    keli.open(
        newest_letter_to(KELI, "Please confirm the event you suggest").link(
            "Send my suggestion to the organisers"
        )
    )
    keli.press("Yes, send it to the organisers")

    ruth.open(f"/organise/groups/{group.slug}/suggestions/")
    ruth.follow("Decline it kindly: Listening evening")
    ruth.press("Send these words")
    assert ruth.problems_named() == ["Write a few words"]
    ruth.write("Your words to whoever suggested it", "That evening is our own. Would another week do?")
    ruth.press("Send these words")
    ruth.sees("Your words are on their way.")

    keli.open(newest_letter_to(KELI, "Our answer to your suggestion").link("My suggestion"))
    keli.sees("Your suggestion is not taken up", "Would another week do?")

    keli.open(f"/groups/{group.slug}/suggestion/")
    suggest(keli, SAM)
    keli.open(newest_letter_to(SAM, "Please confirm the event you suggest").link("This was not me"))
    keli.press("Forget my address")
    keli.sees("We have forgotten your address.")


def test_a_partners_calendar_becomes_drafts(group, either_visitor, tmp_path: Path):
    ruth = either_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))
    day = f"{timezone.now() + timedelta(days=10):%Y%m%d}"
    soon = an_event(UID="1", DTSTART=f";TZID=Europe/London:{day}T190000", DTEND="")
    asks = an_event(UID="2", SUMMARY="Choir", DTSTART=f";TZID=Our clock:{day}T190000", DTEND="")
    file = tmp_path / "partner.ics"
    file.write_text(in_calendar(soon + asks), newline="")

    ruth.open(f"/organise/groups/{group.slug}/")
    ruth.follow("Bring in a calendar")
    ruth.press("Look at the events")
    assert ruth.problems_named() == ["Choose a calendar file"]
    ruth.field("A calendar file (.ics)").set_input_files(file)
    ruth.press("Look at the events")
    ruth.sees("2 events were found.", "it has no end: an hour is assumed")
    ruth.tick("Choir")
    ruth.press("Take what is ticked")
    assert ruth.problems_named() == ["Choose a time zone"]
    ruth.choose("Which time zone is “Our clock”?", "London (UK time)")
    ruth.press("Take what is ticked")

    ruth.sees("2 drafts were made.", "Here already")
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Choir", "Solidarity Social"]


def test_a_list_in_a_frame_opens_its_events_in_the_whole_window(group, plain_visitor):
    event = make_event(group=group, title="A talk")
    plain_visitor.page.set_viewport_size({"width": 320, "height": 640})

    plain_visitor.open(f"/embedded/groups/{group.slug}/")
    plain_visitor.sees("A talk")
    plain_visitor.follow("A talk")

    assert plain_visitor.path == event.get_absolute_url()
