"""A-6: a page of the workbook is opened by the second link, written on, taken along and deleted; a lost connection and a
second window lose nothing."""

from datetime import timedelta

import pytest

from events.models import Registration
from learning.actions import activities
from learning.models import Activity, WorkbookPage
from tests.browser.community import make_community
from tests.browser.inbox import newest_letter_to
from tests.factories import make_event, register
from tests.learning.factories import QUESTION, make_activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NADIA = "nadia@example.org"
WORDS = "My first manager knew my uncle."


def make_programme() -> Registration:
    """Two of its four dates are over; a page with a question and a circle are open, a plan is not."""
    event = make_event(group=make_community(), title="Allyship", dates=4, starts_in=timedelta(days=-10))
    make_activity(event, after=event.sessions.all()[0])
    kinds = Activity.Kind
    activities.add(event, title="Circle of influence", kind=kinds.CIRCLE, after=event.sessions.all()[1])
    activities.add(event, title="My plan of action", kind=kinds.PLAN, after=event.sessions.all()[3])
    return register(event, NADIA, name="Nadia")


def open_workbook(visitor, nadia: Registration) -> None:
    visitor.open(f"{nadia.get_absolute_url()}workbook/")
    visitor.follow("Open my workbook here")
    visitor.press("Send me a link")
    visitor.open(newest_letter_to(NADIA, "The link you asked for").link("Open my page"))
    visitor.press("Open it here")


def saved(title: str = "Where I come from") -> WorkbookPage:
    return WorkbookPage.objects.get(activity__title=title)


def test_a_workbook_from_the_first_word_to_deleting_it(site, either_visitor):
    hers, nadia = either_visitor, make_programme()

    hers.open(nadia.get_absolute_url())
    hers.sees("Where I come from", "Circle of influence", "My plan of action")
    open_workbook(hers, nadia)
    hers.follow("Where I come from Open")
    hers.sees("Only you can read this.")
    hers.write(QUESTION, WORDS)
    hers.press("Save")
    hers.sees("Saved.")
    hers.follow("Circle of influence Open")
    hers.write("In my own hands, line 1", "Say names right")
    hers.press("Another line: In my own hands")
    hers.write("In my own hands, line 2", "Stop when somebody is talked over")
    hers.press("Save")
    hers.sees("See it as a drawing")

    assert saved().written.answer_to(QUESTION).words == WORDS
    rings = saved("Circle of influence").written.rings
    assert rings[0] == ("Say names right", "Stop when somebody is talked over")

    hers.follow("Print view")
    hers.sees("My workbook", WORDS, "Say names right")
    hers.open(f"{nadia.get_absolute_url()}workbook/")
    hers.follow("Delete it now")
    hers.press("Delete it")
    hers.sees("Everything in your workbook is deleted.")
    assert not WorkbookPage.objects.exists()


def test_what_is_written_is_saved_when_a_field_is_left_and_survives_a_lost_connection(site, visitor):
    nadia = make_programme()
    open_workbook(visitor, nadia)
    visitor.follow("Where I come from Open")
    field = visitor.page.get_by_label(QUESTION)

    field.fill(WORDS)
    field.blur()
    visitor.page.get_by_text("Saved at").wait_for()
    assert saved().written.answer_to(QUESTION).words == WORDS

    visitor.context.set_offline(True)
    field.fill(f"{WORDS} I never thought of it.")
    field.blur()
    visitor.page.get_by_text("The connection is gone.").wait_for()
    visitor.troubles.clear()
    # What it sends once more when the connection is back is lost on its way, too.
    visitor.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    visitor.context.set_offline(False)
    visitor.page.reload()
    visitor.page.get_by_text("What was not saved yet is back").wait_for()
    visitor.press("Save")

    visitor.sees("Saved.")
    assert saved().written.answer_to(QUESTION).words == f"{WORDS} I never thought of it."
    assert visitor.page.evaluate("sessionStorage.length") == 0


def test_two_windows_keep_both_versions_until_she_chooses(site, visitor):
    nadia = make_programme()
    open_workbook(visitor, nadia)
    visitor.follow("Where I come from Open")
    other = visitor.context.new_page()
    other.goto(visitor.page.url)
    other.get_by_label(QUESTION).fill("In the other window")
    other.get_by_label(QUESTION).blur()
    other.get_by_text("Saved at").wait_for()
    other.close()

    visitor.write(QUESTION, WORDS)
    visitor.press("Save")
    visitor.sees("There are two versions of this page", WORDS, "In the other window")
    visitor.press("Keep both, one under the other")

    visitor.sees("Saved. There is one version now.")
    assert saved().written.answer_to(QUESTION).words == f"In the other window\n\n{WORDS}"
