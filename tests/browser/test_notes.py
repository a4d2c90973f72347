"""Notes of a room and what becomes of them: typed on a lost connection, in two windows, without scripts; reviewed, shown,
taken out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from breakouts.models import BreakoutPlan, RecapPart, RoomNote, TakeOut
from events.models import Session
from tests.breakouts.factories import make_note_taker, make_social, make_topic, organiser_of, write_notes
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import NOT_LOADED, Visitor
from tests.factories import register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = "[data-state]"


@pytest.fixture
def topic(site):
    return make_topic(make_social(title="Being better allies"), "What is in a name?", host="Keli")


@pytest.fixture
def taker(topic):
    return make_note_taker(topic, name="Sage")


def page_of(taker) -> str:
    return f"{taker.get_absolute_url()}notes/"


def says(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(STATE)).to_contain_text(words)


def has_lost(visitor: Visitor) -> None:
    """The browser itself writes of requests that failed."""
    visitor.troubles = [trouble for trouble in visitor.troubles if NOT_LOADED not in trouble]


def close_without_a_connection(visitor: Visitor) -> None:
    """A window saves once more while it closes, and may be out of the browser's hands by then: nothing goes out of it."""
    visitor.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    visitor.page.close()
    visitor.context.set_offline(False)


def save(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Save", exact=True).click()


def end(topic) -> None:
    """The event is over."""
    over = timezone.now() - timedelta(hours=1)
    Session.objects.filter(event=topic.event).update(starts_at=over - timedelta(hours=2), ends_at=over)


def test_what_was_typed_without_a_connection_is_there_after_the_return(visitor: Visitor, taker):
    visitor.open(page_of(taker))
    visitor.context.set_offline(True)
    visitor.write("What came up", "Names are not asked for")
    visitor.field("What helped").focus()
    says(visitor, "Not saved: no connection. What you typed stays here")
    save(visitor)
    says(visitor, "Not saved: no connection")

    visitor.context.set_offline(False)
    says(visitor, "Saved at")

    assert RoomNote.objects.get().came_up == "Names are not asked for"
    assert visitor.page.evaluate("localStorage.length") == 0


def test_a_window_that_was_closed_without_a_connection_loses_nothing(visitor: Visitor, taker):
    visitor.open(page_of(taker))
    visitor.context.set_offline(True)
    visitor.write("What came up", "Names are not asked for")
    visitor.field("What helped").focus()
    says(visitor, "Not saved")
    close_without_a_connection(visitor)

    again = visitor.another_tab()
    again.open(page_of(taker))

    assert again.field("What came up").input_value() == "Names are not asked for"
    says(again, "What you had typed and not saved is in the form again.")
    again.check()
    save(again)
    says(again, "Saved at")
    assert RoomNote.objects.get().came_up == "Names are not asked for"
    assert again.page.evaluate("localStorage.length") == 0


def test_text_of_a_closed_window_is_offered_when_something_newer_is_saved(visitor: Visitor, taker):
    visitor.open(page_of(taker))
    visitor.context.set_offline(True)
    visitor.write("What came up", "From the train")
    visitor.field("What helped").focus()
    says(visitor, "Not saved")
    close_without_a_connection(visitor)
    write_notes(taker, came_up="From the desk")

    again = visitor.another_tab()
    again.open(page_of(taker))

    assert again.field("What came up").input_value() == "From the desk"
    again.sees("Text on this device that was not saved", "From the train")
    again.page.get_by_role("button", name="Add it to the form").click()
    says(again, "Saved at")
    assert RoomNote.objects.get().came_up == "From the desk\nFrom the train"


def test_it_saves_when_a_field_is_left_and_says_so(visitor: Visitor, taker):
    visitor.open(page_of(taker))

    visitor.write("One sentence for everyone", "Ask first.")
    visitor.field("What came up").focus()

    says(visitor, "Saved at")
    assert RoomNote.objects.get().sentence == "Ask first."


def test_an_answer_that_got_lost_is_not_taken_for_somebody_elses_text(visitor: Visitor, taker):
    visitor.open(page_of(taker))
    visitor.page.route("**/notes/", lambda route: (route.fetch(), route.abort()), times=1)
    visitor.write("What came up", "One")
    visitor.field("What helped").focus()
    says(visitor, "Not saved")
    assert RoomNote.objects.get().came_up == "One"

    visitor.write("What came up", "One and two")
    visitor.field("What helped").focus()

    says(visitor, "Saved at")
    has_lost(visitor)
    assert RoomNote.objects.get().came_up == "One and two"


def test_two_windows_never_overwrite_each_other_unseen(visitor: Visitor, taker):
    other = visitor.another_tab()
    visitor.open(page_of(taker))
    other.open(page_of(taker))
    visitor.write("What came up", "From the first window")
    visitor.field("What helped").focus()
    says(visitor, "Saved at")

    other.write("What came up", "From the second window")
    other.field("What helped").focus()
    says(other, "saved in another window meanwhile")
    with other.page.expect_navigation():
        save(other)
    has_lost(other)
    other.check()

    other.sees("Saved from your other window", "From the first window")
    assert other.field("What came up").input_value() == "From the second window"
    other.write("What came up", "Both")
    save(other)
    says(other, "Saved at")
    assert RoomNote.objects.get().came_up == "Both"


def test_without_scripts_two_windows_are_brought_together_too(plain_visitor: Visitor, taker):
    other = plain_visitor.another_tab()
    plain_visitor.open(page_of(taker))
    other.open(page_of(taker))
    plain_visitor.write("What came up", "From the first window")
    plain_visitor.press("Save")
    assert "Press Save now and then" in plain_visitor.text

    other.write("What came up", "From the second window")
    other.press("Save")
    other.sees("From the first window")
    other.write("What came up", "Both")
    other.press("Save: I am finished")

    other.sees("You finished on")
    note = RoomNote.objects.get()
    assert (note.came_up, note.is_finished) == ("Both", True)


def test_two_note_takers_write_side_by_side(new_visitor: NewVisitor, topic, taker):
    write_notes(make_note_taker(topic, name="Ren"), came_up="What Ren heard", sentence="Listen.")
    visitor = new_visitor()

    visitor.open(page_of(taker))

    visitor.sees("From Ren", "What Ren heard", "Listen.")


def test_five_minutes_before_the_end_it_says_so_by_itself(visitor: Visitor, taker):
    ends_at = timezone.now() + timedelta(minutes=5, seconds=4)
    taker.event.sessions.update(starts_at=ends_at - timedelta(hours=1), ends_at=ends_at)
    BreakoutPlan.objects.update(rooms_end_at=ends_at)
    visitor.open(page_of(taker))
    note = visitor.page.locator("[data-nudge-note]")
    expect(note).to_be_hidden()

    expect(note).to_be_visible()

    expect(visitor.page.locator("[role=status] [data-said]")).to_have_text(
        "Five minutes left: choose one sentence."
    )
    visitor.check()


def test_finishing_clears_the_device(visitor: Visitor, taker):
    visitor.open(page_of(taker))
    visitor.write("One sentence for everyone", "Ask first.")
    assert visitor.page.evaluate("localStorage.length") == 1

    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Save: I am finished").click()

    visitor.check()
    visitor.sees("You finished on")
    assert visitor.page.evaluate("localStorage.length") == 0
    assert RoomNote.objects.get().is_finished


def test_by_keyboard_alone(visitor: Visitor, taker):
    visitor.open(page_of(taker))

    visitor.tab_to("What came up")
    visitor.type("Names are not asked for")
    assert visitor.tab_to("Save") == ["What helped (optional)", "What we ask for (optional)", SENTENCE]
    visitor.page.keyboard.press("Enter")

    says(visitor, "Saved at")
    assert RoomNote.objects.get().came_up == "Names are not asked for"


SENTENCE = "One sentence for everyone (optional)"


def test_from_notes_to_a_recap_and_out_of_it_again(
    either_visitor: Visitor, new_visitor: NewVisitor, topic, taker
):
    there = register(topic.event, "amara@example.org", name="Amara")
    write_notes(taker, came_up="Amara's team is small\nCaptions help", sentence="Ask first.", finish=True)
    end(topic)
    organiser = either_visitor.sign_in(organiser_of(topic.event))
    organiser.open(f"/organise/events/{topic.event.slug}/notes/")
    organiser.sees("Finished", "Captions help", "Ask first.")
    organiser.follow("Write this part: What is in a name?")
    organiser.sees("Is a person meant? Amara")
    organiser.tick("I have read it")
    organiser.press("Save")
    organiser.follow("See the whole recap")
    organiser.press("Publish now")
    organiser.follow("Email it")
    organiser.press("Send it now")
    organiser.sees("Everyone who had a place has had it.")

    amara = new_visitor()
    amara.open(there.get_absolute_url())
    amara.follow("Read the recap")
    amara.sees("1. What is in a name?", "Hosted by Keli", "Captions help")
    amara.go_back()
    amara.follow("Something should not stand there?")
    amara.tick("Amara's team is small")
    amara.write("What should be taken out?", "And what I said about my desk")
    amara.press("Take it out")
    amara.sees("Tick what should go")
    assert "Amara" not in RecapPart.objects.get().text

    organiser.open(f"/organise/events/{topic.event.slug}/notes/")
    organiser.sees("And what I said about my desk", "from room 1, asked after publishing")
    organiser.press(f"It is taken out: request {TakeOut.objects.get(done_at=None).pk}")
    assert "my desk" not in organiser.text
