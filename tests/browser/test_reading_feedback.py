"""O-9: results open at five, are read, tagged, hidden where they name somebody, and taken along as a table."""

import pytest

from feedback.actions import pool
from feedback.models import FeedbackRound
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor
from tests.factories import make_organiser
from tests.feedback.factories import answer, fresh, make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLOSED = "results open when five people have answered"


@pytest.fixture
def round(site) -> FeedbackRound:
    return make_round(9, title="Being better allies", slug="being-better-allies")


def reader(round: FeedbackRound, new_visitor: NewVisitor, *, scripts: bool = True) -> Visitor:
    return new_visitor(scripts=scripts).sign_in(make_organiser(round.event.group, name="Ruth"))


def people_answer(round: FeedbackRound, number: int, **words: str) -> None:
    answer(round, number, **words)
    pool.release(fresh(round))


def shown(visitor: Visitor) -> list[str]:
    return visitor.page.locator("main blockquote").all_text_contents()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_four_answers_show_nothing_and_the_fifth_opens(new_visitor, round, scripts):
    ruth = reader(round, new_visitor, scripts=scripts)
    people_answer(round, 4, keep="The breaks")
    ruth.open(f"/organise/events/{round.event.slug}/feedback/")
    ruth.sees(CLOSED)
    assert not ruth.page.locator("main svg[role=img]").count()
    assert "4" not in ruth.page.locator("main section").first.inner_text()

    people_answer(round, 1, keep="The breaks")
    ruth.open(f"/organise/events/{round.event.slug}/feedback/")
    ruth.sees("5 people answered", "I felt welcome.", "The breaks")
    before = ruth.text

    people_answer(round, 4, keep="Only us")
    ruth.open(f"/organise/events/{round.event.slug}/feedback/")
    assert ruth.text == before


def test_a_text_that_names_somebody_is_hidden_and_still_counted(new_visitor, round):
    ruth = reader(round, new_visitor)
    people_answer(round, 5, keep="Farah was wonderful")
    ruth.open(f"/organise/events/{round.event.slug}/feedback/")
    ruth.go(ruth.page.get_by_role("link", name="Hide").first)
    ruth.press("Hide it")
    assert ruth.problems_named()
    ruth.page.locator("main form input:not([type=hidden])").last.fill("It names somebody")
    ruth.press("Hide it")

    ruth.sees("1 text hidden", "It names somebody")
    assert shown(ruth) == ["Farah was wonderful"] * 4
    table = ruth.download("As a table (CSV)")
    assert table.count("Farah was wonderful") == 4
    ruth.press("Show it again: It names somebody")
    assert shown(ruth) == ["Farah was wonderful"] * 5


def test_an_organiser_of_another_group_finds_nothing(new_visitor, round):
    people_answer(round, 5)
    other = new_visitor().sign_in(make_organiser(make_round(1).event.group, name="Imani"))

    other.open(f"/organise/events/{round.event.slug}/feedback/", status=404)


def test_you_said_we_did_is_written_published_and_read(new_visitor, round):
    ruth, anybody = reader(round, new_visitor, scripts=False), new_visitor()
    people_answer(round, 5, change="Longer breaks please, ten minutes are short")
    ruth.open(f"/organise/events/{round.event.slug}/feedback/")
    ruth.follow("You said, we did")
    ruth.follow("Begin with one theme")
    ruth.write("Theme", "Breaks")
    ruth.write("You said", "Longer breaks please, ten minutes are short")
    ruth.tick("We will")
    ruth.write("What you did, will do, or why not", "Every social has twenty minutes.")
    ruth.press("Add")
    assert len(ruth.problems_named()) == 2  # a day, and somebody's own words
    assert ruth.field("Theme").input_value() == "Breaks"
    ruth.write("You said", "The breaks are short.")
    ruth.tick("We did")
    ruth.press("Add")
    anybody.open(f"/events/{round.event.slug}/you-said/", status=404)

    ruth.press("Publish all")

    anybody.open(f"/events/{round.event.slug}/you-said/")
    anybody.sees("Breaks", "The breaks are short.", "Every social has twenty minutes.")


def test_words_are_given_approved_and_taken_back_at_once(new_visitor, round):
    ruth, priya = reader(round, new_visitor), new_visitor(scripts=False)
    priya.open(f"/events/{round.event.slug}/quotes/new/")
    priya.write("Your words", "I found that I had something to say.")
    priya.tick("With my name")
    priya.press("Give these words")
    assert priya.problems_named()
    assert priya.field("Your words").input_value() == "I found that I had something to say."
    priya.write("Your name, or what you do", "Priya")
    priya.tick("On the event’s page")
    priya.press("Give these words")
    own = priya.address_of("See what it opens")

    ruth.open(f"/organise/events/{round.event.slug}/quotes/")
    ruth.press("Approve: I found that I had …")
    priya.open(round.event.get_absolute_url())
    priya.sees("I found that I had something to say.", "Priya")

    priya.open(own)
    priya.press("Take it back")
    priya.sees("Taken back on")
    priya.open(round.event.get_absolute_url())
    assert "something to say" not in priya.text
