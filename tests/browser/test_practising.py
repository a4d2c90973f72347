"""A-7, D-4: somebody meets a situation on a learning page, practises it alone, then in a room, keeps what they will do
in their workbook, and gets in touch. Two answers show nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Registration
from learning.actions import activities, scenario_counts
from learning.models import LearningPage, LiveScenario, WorkbookPage
from learning.ready_made import questions
from tests.browser.community import make_community
from tests.browser.inbox import newest_letter_to
from tests.factories import make_event, make_organiser, register
from tests.learning.page_factories import make_learning_page, make_scenario

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NADIA = "nadia@example.org"
NOW, LATER = map(str, questions())
NOT_YET = "We show it once five people have answered by a link of their own"


def make_session() -> tuple[LearningPage, Registration]:
    """A page about a session, its situation, and somebody with a place at a date where that is practised."""
    event = make_event(group=make_community(), title="We can all be allies, in May")
    page = make_learning_page(event.group, title="We can all be allies", kind="session", clear_words="")
    joke = make_scenario(event.group, title="The joke in the kitchen", events=[event], pages=[page])
    prompts = [[NOW, ""], [LATER, ""]]
    activities.add(event, kind="scenario", title=joke.title, scenario=joke, prompts=prompts)
    return joke, register(event, NADIA, name="Nadia")


def others_answer(joke: LearningPage, number: int) -> None:
    event = joke.events.get()
    for _person in range(number):
        somebody = register(event, f"p{event.registrations.count()}@example.org")
        scenario_counts.answer_by_link(joke, somebody, 0)
    scenario_counts.release_due()


def phones(live: LiveScenario, number: int) -> None:
    address = reverse("learning:live", args=[live.code])
    for _phone in range(number):
        phone = Client()
        phone.get(address)
        phone.post(address, {"near": "0"})


def test_from_a_page_to_a_situation_alone_in_a_room_and_to_getting_in_touch(
    site, either_visitor, new_visitor
):
    joke, nadia = make_session()
    hers, event = either_visitor, nadia.event

    hers.open("/learn/")
    hers.follow("We can all be allies")
    hers.follow("The joke in the kitchen")
    hers.sees("Before you read", joke.content_note, "Skipping leaves no trace")
    hers.write(NOW, "I cough.")
    hers.tick("I go to Ellis")
    hers.press("Show me the pointers")
    hers.sees("Small and soon", NOT_YET)
    hers.follow("The joke in the kitchen", within=".crumbs")
    hers.follow("Skip this one")

    others_answer(joke, 1)
    hers.open(nadia.get_absolute_url())
    hers.follow("Read it, or skip it: The joke in the kitchen")
    hers.tick("I go to Ellis")
    hers.press("Show me the pointers")
    hers.sees("Counted, without you.", "Small and soon", NOT_YET)
    others_answer(joke, 4)
    hers.page.reload()
    hers.sees("How 7 people answered")

    in_a_room(joke, hers, new_visitor().sign_in(make_organiser(event.group, email="imani@example.org")))

    keep_in_workbook(hers, nadia)
    hers.open(joke.get_absolute_url())
    hers.follow("Get in touch")
    hers.write("What would you like to say or ask?", "Come to our library.")
    hers.write("Your name", "Nadia")
    hers.write("Your email address", NADIA)
    hers.press("Send it to the group")
    hers.sees("It is with the group")


def keep_in_workbook(hers, nadia: Registration) -> None:
    """What they mean to do the next time, behind the second link."""
    hers.open(f"{nadia.get_absolute_url()}workbook/")
    hers.follow("Open my workbook here")
    hers.press("Send me a link")
    hers.open(newest_letter_to(NADIA, "The link you asked for").link("Open my page"))
    hers.press("Open it here")
    hers.open(nadia.get_absolute_url())
    hers.follow("Read it, or skip it: The joke in the kitchen")
    hers.write(NOW, "I ask what the joke is.")
    hers.press("Keep my words in my workbook")
    hers.sees("Saved.", "The situation, and what helps")
    assert WorkbookPage.objects.get().written.answers[0].words == "I ask what the joke is."


def in_a_room(joke: LearningPage, hers, imani) -> None:
    event = joke.events.get()
    imani.open(f"/organise/events/{event.slug}/learning/")
    imani.follow("Show one to the room")
    imani.tick(joke.title)
    imani.press("Open the page for the screen")
    live = LiveScenario.objects.get()
    hers.open(f"/r/{live.code}/")
    hers.sees("Before you read", "Read it first.")
    imani.press("Begin: 3 minutes to answer")
    imani.sees("What do you do?", "From five answers on it stands here")
    hers.open(f"/r/{live.code}/")
    hers.press("I go to Ellis")
    hers.sees("Your answer is in.")
    phones(live, 5)
    imani.press("One minute more")
    imani.sees("5 answers or more are in.")
    imani.press("Close, and show the answers")
    imani.sees("How 6 people answered")
    hers.open(f"/r/{live.code}/")
    hers.sees("How 6 people answered")
    hers.follow("What helps: the pointers")


def test_only_two_answered_in_a_room(site, new_visitor):
    joke, _nadia = make_session()
    hers = new_visitor()
    imani = new_visitor().sign_in(make_organiser(joke.group, email="imani@example.org"))

    imani.open(f"/organise/events/{joke.events.get().slug}/learning/rooms/")
    imani.tick(joke.title)
    imani.press("Open the page for the screen")
    imani.press("Begin: 3 minutes to answer")
    phones(LiveScenario.objects.get(), 2)
    hers.open(f"/r/{LiveScenario.objects.get().code}/")
    imani.press("Close, and show the answers")
    imani.sees("Fewer than five answered, so nothing is shown, and nothing was kept.")

    # Her phone finds out by itself.
    hers.page.get_by_text("It is closed.").wait_for()


def test_scripts_show_words_and_choice_back_and_keep_them_in_the_tab(site, new_visitor):
    joke, nadia = make_session()
    others_answer(joke, 5)
    hers = new_visitor()

    hers.open(joke.get_absolute_url())
    hers.write(NOW, "I cough.")
    hers.tick("I speak up")
    hers.press("Show me the pointers")
    hers.sees("Your words", "I cough.", "Only you see this, in this tab.")
    hers.page.locator("[data-mine] .mine").wait_for()

    tab = hers.another_tab()
    tab.open(joke.get_absolute_url())
    assert tab.page.get_by_label(NOW).input_value() == ""
