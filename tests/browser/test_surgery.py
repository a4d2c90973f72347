"""A-7, 1 and U1, D-4: a question without a name, read with four others, put in other words, wondered at, answered on the
large page and by its code, and published in the organisers' words."""

import pytest
import time_machine
from django.utils import timezone

from events.models import Event
from learning.actions import me_toos, surgeries, surgery_line
from learning.actions.surgery_moments import next_moment
from learning.asked import State
from learning.models import Surgery
from tests.browser.community import make_community
from tests.factories import make_event, make_organiser, register
from tests.learning.factories import ask, fresh_surgery, key_of, make_surgery

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

POINTS = "My colleague on the third floor never greets us. What do I say?"
KINDLY = "Somebody at work never greets some of us. What do I say?"
OTHERS = ("How do I begin?", "What if I am wrong?", "Who speaks first?", "When do I stop?")


def make_programme() -> tuple[Event, Surgery]:
    """Its surgery is at the second date, in a week; four of five have asked."""
    event = make_event(group=make_community(), title="Allyship", dates=2)
    surgery = make_surgery(event, 2, answered_by="Sage")
    for number, words in enumerate(OTHERS):
        ask(surgery, words, by=register(event, f"person{number}@example.org"))
    return event, surgery


def read_at_the_next_moment(surgery: Surgery) -> None:
    with time_machine.travel(next_moment(fresh_surgery(surgery), timezone.now()), tick=False):
        surgeries.look_after_due()


def test_a_question_from_the_box_to_its_publication(site, either_visitor, new_visitor):
    event, surgery = make_programme()
    nadia = register(event, "nadia@example.org", name="Nadia")
    imani = make_organiser(event.group, email="imani@example.org", name="Imani")
    hers, theirs = either_visitor, new_visitor().sign_in(imani)

    # She asks from her own page, and keeps the code.
    hers.open(nadia.get_absolute_url())
    hers.press("Put it in the box")
    assert "Write your question" in hers.text
    hers.write("Your question, or something that troubles you", POINTS)
    hers.press("Put it in the box")
    hers.sees("It is in the box. Keep this code")
    code = hers.page.locator(".private-code").inner_text().strip()
    assert len(code.split()) == 3

    # Five have asked: those who read have them together, and ask for other words.
    surgeries.look_after_due()
    theirs.open("/organise/")
    theirs.follow("Read questions of the surgery")
    theirs.sees("To read before anybody else does (5)", POINTS)
    theirs.follow(f"Ask for other words: {POINTS[:40]}…")
    theirs.write("What should be put differently?", "Please leave the floor out.")
    theirs.press("Ask by the code")
    theirs.sees("Other words are asked for (1)")
    for words in (OTHERS[0], OTHERS[1]):
        theirs.press(f"Put it in the line: {words}")
    theirs.press(f"Leave it out: {OTHERS[2]}")

    # By the code she reads it and puts it differently.
    hers.follow("Back to the surgery")
    hers.sees(OTHERS[0])
    assert POINTS not in hers.text
    hers.write("Your code", " ".join(reversed(code.split())), within="aside")
    hers.press("Look it up")
    hers.sees("Those who read ask for other words.", "Please leave the floor out.")
    hers.write("Your question in other words", KINDLY)
    hers.press("Put the new words in the box")
    hers.sees("Your new words are in the box.")
    read_at_the_next_moment(surgery)
    theirs.open(theirs.page.url)
    theirs.press(f"Put it in the line: {KINDLY[:40]}…")

    # Others wonder the same; she takes hers back and gives it again.
    hers.follow("Surgery")
    key = key_of(surgery, KINDLY)
    for _press in ("give", "take back", "give"):
        press_me_too(hers, KINDLY)
    hers.sees("You wondered too. Press again to take it back.")
    for _browser in range(4):
        me_toos.press(surgery, key)
    surgeries.look_after_due()
    hers.open(f"/s/{surgery.code}/")
    hers.sees("about 5")

    # On the day.
    theirs.open(theirs.page.url)
    theirs.press(f"Answer now: {KINDLY[:40]}…")
    hers.open(f"/s/{surgery.code}/now/")
    hers.sees(KINDLY, "About 5 people here wonder the same.")
    theirs.press(f"It is answered: {KINDLY[:40]}…")
    theirs.follow(f"Answer in writing: {KINDLY[:40]}…")
    theirs.write("Your answer", "Greet them first, by name.")
    theirs.press("Put the answer behind the code")
    hers.follow("Refresh")
    hers.sees("A moment of quiet")

    # The answer by code, one thing more, and thanks.
    hers.open(f"/s/{surgery.code}/code/")
    hers.write("Your code", code)
    hers.press("Look it up")
    hers.sees("It was answered aloud.", "Greet them first, by name.")
    hers.press("That helped")
    hers.page.get_by_text("Ask one thing more, by this code").click()
    hers.write("One thing more", "And if they do not answer?")
    hers.press("Add it")
    hers.sees("And if they do not answer?")

    # For everyone, in words of the organisers.
    theirs.follow(f"Publish it: {KINDLY[:40]}…")
    theirs.write("The question, in your words", KINDLY)
    theirs.write("The answer", "Greet first.")
    theirs.press("Show it to everyone")
    assert "these were given to this surgery alone" in theirs.text
    theirs.write("The question, in your words", "How do I answer silence?")
    theirs.press("Show it to everyone")
    hers.open(event.get_absolute_url())
    hers.follow("Asked and answered")
    hers.sees("How do I answer silence?", "Greet first.")

    # And gone.
    hers.open(f"/s/{surgery.code}/code/")
    hers.write("Your code", code)
    hers.press("Look it up")
    hers.press("Delete question and answer")
    hers.press("Delete both")
    hers.sees("The code opens nothing any more.")


def press_me_too(visitor, words: str) -> None:
    visitor.go(visitor.page.locator(".asked li").filter(has_text=words).get_by_role("button"))


def test_the_large_page_follows_by_itself_with_scripts(site, visitor):
    event, surgery = make_programme()
    ask(surgery, KINDLY, by=register(event, "nadia@example.org"))
    surgeries.look_after_due()
    visitor.open(f"/s/{surgery.code}/now/")
    visitor.sees("A moment of quiet")

    for state in (State.LINE, State.NOW):
        surgery_line.move(surgery, key_of(surgery, KINDLY), state)

    visitor.page.get_by_text(KINDLY).wait_for(timeout=10_000)
