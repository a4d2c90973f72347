"""D-7 and A-6: a group writes a page to learn from; somebody reads it, in clear words too, and writes to the group."""

import pytest

from tests.browser.community import make_community
from tests.factories import make_event, make_organiser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMANI = "imani@example.org"


def test_a_page_from_its_first_word_to_a_reader_who_asks_for_more(site, either_visitor, new_visitor):
    group = make_community()
    event = make_event(group=group, title="Inclusive Allyship")
    imani = new_visitor().sign_in(make_organiser(group, email=IMANI, name="Imani"))
    reader = either_visitor

    imani.open(f"/organise/groups/{group.slug}/learn/")
    imani.follow("Write a page")
    imani.press("Save and look at it")
    assert imani.problems_named() == ["Enter a title", "Say in one or two sentences what it is about"]
    imani.tick("A session on request")
    imani.write("Title", "We can all be allies")
    imani.write("In one or two sentences", "Two hours for a team.")
    imani.write("Text", "## What happens\n\nWe practise.")
    imani.write("The same in clear words", "- We meet.")
    imani.tick(event.title)
    imani.press("Save and look at it")
    imani.sees("This is the draft as it is saved.", "1. What happens")
    imani.follow("Go on writing")
    imani.press("Publish it")

    reader.open("/")
    reader.follow("Learn")
    reader.follow("We can all be allies")
    reader.sees("We practise.", event.title)
    reader.follow("In clear words")
    reader.sees("We meet.", "Nobody who reads like that has checked it yet.")
    reader.follow("Full text")
    reader.follow("Ask us to run this")
    reader.write("What do you have in mind?", "For our library, in May.")
    reader.write("Your name", "Ren")
    reader.write("Your email address", "ren@example.org")
    reader.press("Send it to the group")
    reader.sees("It is with the group")

    imani.open(f"/organise/groups/{group.slug}/enquiries/")
    imani.sees("For our library, in May.", "ren@example.org")
    imani.press("Answered: delete it here: Ren")
    imani.sees("Nobody waits for an answer.")
