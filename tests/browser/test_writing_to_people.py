"""An organiser writes to those who are coming: looks at it first, takes it back, lets it go, and sets it right;
until it is taken back without a mouse."""

import pytest

from tests.browser.community import make_community, make_social
from tests.browser.inbox import letters_about
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA, NIKI = "amara@example.org", "niki@example.org"


def test_a_message_is_shown_taken_back_sent_and_corrected(site, either_visitor: Visitor):
    group = make_community()
    event = make_social(group)
    amara, _niki = register(event, AMARA, name="Amara"), register(event, NIKI, name="Niki")
    ruth = either_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))
    ruth.open(f"/organise/events/{event.slug}/")

    ruth.follow("Messages")
    ruth.press("Send")
    assert ruth.problems_named() == ["Tick who it is for", "Enter a subject", "Write a few words"]
    ruth.tab_to("Everyone who is coming")
    ruth.type(" ")
    ruth.tab_to("Subject")
    ruth.type("Bring a pen")
    ruth.tab_to("Your words")
    ruth.type("Dear {name}, bring a pen to {event}.")
    ruth.tab_to("Show me first")
    ruth.key("Enter")
    ruth.sees("This goes to 2 people")
    ruth.tab_to("Send to 2 people")
    ruth.key("Enter")
    ruth.sees("Nobody has it yet.")
    ruth.tab_to("Undo and change it")
    ruth.key("Enter")
    assert "Bring a pen" not in letters_about(AMARA)

    ruth.write("Your words", "Dear {name}, bring two pens to {event}.")
    ruth.press("Send to 2 people")
    ruth.press("Send it now: Bring a pen")
    assert [letters_about(person)[-1] for person in (AMARA, NIKI)] == ["Bring a pen"] * 2

    ruth.follow("Correct it: Bring a pen")
    ruth.write("Subject", "No pens needed")
    ruth.write("Your words", "There are pens for everyone.")
    ruth.press("Send")
    ruth.press("Send it now: No pens needed")
    ruth.sees("corrects “Bring a pen”")

    ruth.open(amara.get_absolute_url())
    ruth.sees("There are pens for everyone.", "bring two pens")
