"""An organiser calls an event off and thinks again; calls it off and back later; or postpones it until there is a date.
What each person finds in their mail and on their pages fits at every step."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import plans
from events.models import Event
from mail.actions import outbox
from tests.breakouts.factories import make_topic, propose
from tests.browser.community import make_community, make_social, sunday_at_three
from tests.browser.inbox import letters_about, newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA, KELI, SAGE = "amara@example.org", "keli@example.org", "sage@example.org"


@pytest.fixture
def event(site) -> Event:
    event = make_social(make_community(), capacity=1)
    register(event, AMARA), register(event, KELI)
    plans.begin(event)
    make_topic(event, host="Sam")
    propose(event, email=SAGE)
    return event


@pytest.fixture
def ruth(event, either_visitor) -> Visitor:
    ruth = either_visitor.sign_in(make_organiser(event.group, email="ruth@example.org", name="Ruth"))
    outbox.send_due()
    return ruth


def own_page(event: Event, email: str) -> str:
    return event.registrations.get(email=email).get_absolute_url()


def test_what_is_called_off_by_mistake_is_called_back_and_nobody_is_written_to(event, ruth):
    before = letters_about(AMARA)
    ruth.open(f"/organise/events/{event.slug}/")
    ruth.follow("Cancel the event")
    ruth.sees("The emails leave after ten minutes.", "suggested a topic or asked a question")
    ruth.press("Cancel the event and tell 4 people", status=200)
    ruth.sees("Say why it does not take place")
    ruth.write("Why it does not take place", "The hall is locked.")
    ruth.press("Cancel the event and tell 4 people")
    ruth.sees("The event is cancelled, and everyone who has to do with it is told.", "The hall is locked.")

    ruth.follow("Call it back")
    ruth.sees("4 emails have not left yet, and will not")
    ruth.press("Call it back and tell 0 people")

    ruth.sees("The event takes place")
    assert letters_about(AMARA) == before


def test_cancelled_and_called_back_everyone_has_what_they_had_and_is_told_twice(event, ruth, new_visitor):
    ruth.open(f"/organise/events/{event.slug}/cancellation/")
    ruth.write("Why it does not take place", "The hall is locked.")
    ruth.press("Cancel the event and tell 4 people")
    told = newest_letter_to(KELI, "It does not take place")
    keli = new_visitor()
    keli.open(told.link("My registration"))
    keli.sees("Cancelled: Being better allies", "The hall is locked.", "everything is as it was")

    with time_machine.travel(timezone.now() + timedelta(minutes=12)):
        ruth.open(f"/organise/events/{event.slug}/calling-back/")
        ruth.press("Call it back and tell 4 people")
        told = newest_letter_to(KELI, "It takes place after all")
    keli.open(told.link("My registration"))
    keli.sees("You are on the waiting list, 1st")
    assert letters_about(SAGE)[-2:] == [
        "It does not take place",
        "It takes place after all",
    ]
    keli.open(event.get_absolute_url())
    assert "cancelled" not in keli.text.lower()


def test_postponed_it_has_no_date_until_new_ones_are_saved(event, ruth, new_visitor):
    ruth.open(f"/organise/events/{event.slug}/cancellation/")
    ruth.follow("Postpone the event instead")
    ruth.write("Why it is postponed, and what comes next", "The hall is locked. We look for another.")
    ruth.press("Postpone the event and tell 4 people")
    told = newest_letter_to(AMARA, "It is postponed")
    amara = new_visitor()
    amara.open(told.link("My registration"))
    amara.sees("Postponed: Being better allies", "Your place stays yours.")
    amara.open(event.get_absolute_url())
    amara.sees("This event is postponed. There is no new date yet.", "We look for another.")

    ruth.open(f"/organise/events/{event.slug}/")
    ruth.follow("Set the new dates, or call it back")
    ruth.follow("Set the new dates")
    ruth.sees("As soon as you save new dates it takes place on them")
    ruth.write("Date", sunday_at_three(8).date().isoformat())
    ruth.press("Save all dates")
    ruth.sees("Whom it affects", "1 person with a place, who is asked", "1 person who waits", "1 host")
    ruth.press("Save and email 4 people")
    told = newest_letter_to(AMARA, "There is a new date")

    assert "It moves from" in told.text
    amara.open(told.link("Yes or no: answer here"))
    amara.sees("Can you still come on")
    amara.press("No, I can’t come")
    amara.sees("Give up your place?")
    amara.follow("Go back")
    amara.press("Yes, I can come")
    amara.sees("Thank you. We count on you.", "Your place is saved")
