"""Practising a situation: on the page for everyone, and by the own link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event, Registration
from learning.actions import activities, learning_pages, live_scenarios, scenario_counts
from learning.models import LearningPage, ScenarioAnswered, ScenarioCount, WorkbookPage
from tests.factories import make_event, register
from tests.learning.situations import NOT_YET, at, five_answer, make_situation, words
from tests.opened import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> LearningPage:
    return make_situation()


@pytest.fixture
def someone(page) -> Registration:
    return register(page.events.get())


def test_the_content_note_comes_first_and_skipping_is_a_link(page):
    html = Client().get(page.get_absolute_url()).content.decode()

    assert html.index(page.content_note) < html.index("Skip this one") < html.index("Ellis does not.")
    assert f'href="{reverse("learning:index")}">Skip this one' in html


def test_what_somebody_writes_has_no_name_and_so_is_never_sent(page):
    html = Client().get(page.get_absolute_url()).content.decode()

    fields = re.findall(r"<textarea[^>]*>", html)
    assert len(fields) == 2
    assert [field for field in fields if "name=" in field] == []


def test_whoever_answers_sees_the_pointers_and_whoever_skips_too_but_never_the_answers(page):
    five_answer(page)
    visitor = Client()

    skipped = words(visitor.get(at("pointers", page.slug)))
    without = visitor.get(at("answers", page.slug))
    answered = words(visitor.post(at("answer", page.slug), {"near": "1"}, follow=True))
    empty = Client().post(at("answer", page.slug), {})

    assert "Small and soon" in skipped
    assert "How 5 people answered" not in skipped
    assert without.url == empty.url == at("pointers", page.slug)
    assert "Small and soon" in answered
    assert "How 5 people answered" in answered


def test_below_five_the_page_is_the_same_for_none_and_for_four(page):
    def seen() -> str:
        return words(Client().post(at("answer", page.slug), {"near": "1"}, follow=True))

    nobody = seen()
    for number in range(4):
        scenario_counts.answer_by_link(page, register(page.events.get(), f"p{number}@example.org"), 0)
        scenario_counts.release_due()
        assert seen() == nobody
    assert NOT_YET in nobody


def test_a_browser_counts_once_and_its_cookie_says_neither_which_nor_who(page):
    visitor = Client()
    for near in ("1", "2", "2"):
        visitor.post(at("answer", page.slug), {"near": near})
    five_answer(page)

    assert sum(part.number for part in scenario_counts.shown(page)) == 6
    cookie = visitor.cookies["practised"]
    assert cookie.value.startswith(f"{page.slug}.{page.pk}.")
    assert (cookie["path"], cookie["max-age"], cookie["expires"]) == (page.get_absolute_url(), "", "")


@pytest.mark.parametrize("near", ["", "9", "-1", "x", "²", "1" * 400, "1\0"])
def test_nonsense_leads_to_the_pointers(page, near):
    answer = Client().post(at("answer", page.slug), {"near": near})

    assert answer.url == at("pointers", page.slug)
    assert not ScenarioCount.objects.exists()


def test_by_the_own_link_somebody_counts_once_and_sees_how_people_answered(page, someone):
    five_answer(page)
    here, client = at("own_scenario", someone.token, 1), Client()

    before = words(client.get(here))
    skipped = words(client.get(at("own_pointers", someone.token, 1)))
    first = words(client.post(here, {"near": "2"}, follow=True))
    second = words(client.post(here, {"near": "2"}, follow=True))

    assert "Which is nearest to it?" in before
    assert "Which is nearest to it?" not in words(client.get(here))
    assert "How 5 people answered" not in skipped
    assert "Counted, without you." in first
    assert "How 5 people answered" in first
    assert "Nothing was changed. Your answer was counted before" in second
    assert ScenarioAnswered.objects.filter(registration=someone).count() == 1


def test_their_words_go_into_the_workbook_by_its_own_button_behind_the_second_link(page, someone):
    here = at("own_scenario", someone.token, 1)
    html = Client().get(here).content.decode()
    sheet = re.search(r'name="sheet" value="([^"]+)"', html)
    sent = {"question": "Now, I …", "answer_0": "I cough.", "edition": "0", "sheet": sheet[1]}

    shut = Client().post(at("workbook_page", someone.token, 1), sent)
    assert not WorkbookPage.objects.exists()
    opened(someone).post(at("workbook_page", someone.token, 1), sent)

    assert "I cough." in shut.content.decode()
    assert WorkbookPage.objects.get().written.answers[0].words == "I cough."
    assert "I cough." not in Client().get(here).content.decode()


def test_the_own_page_leads_there_until_everyone_may_no_longer_read_it(page, someone):
    own = someone.get_absolute_url()
    assert at("own_scenario", someone.token, 1) in Client().get(own).content.decode()

    learning_pages.take_back(page)

    assert at("own_scenario", someone.token, 1) not in Client().get(own).content.decode()
    assert Client().get(at("own_scenario", someone.token, 1)).status_code == 404
    assert opened(someone).get(at("workbook_page", someone.token, 1)).status_code == 200


def test_a_copy_of_an_event_takes_its_situations_along(page):
    event = page.events.get()
    copy = make_event(group=event.group)

    activities.take_along(event, copy)

    assert Event.objects.get(pk=copy.pk).activities.get().scenario == page


CLEAR = {"clear_words": "- Somebody jokes.\n- Ellis is quiet.", "clear_pointers": "Say it: I do not laugh."}


def test_a_situation_in_clear_words_has_a_page_that_leads_to_where_people_answer(page):
    clear = at("clear_words", page.slug)
    before = Client().get(clear).status_code, words(Client().get(page.get_absolute_url()))
    for name, text in CLEAR.items():
        setattr(page, name, text)
    learning_pages.save(page, by=None, events=page.events.all())

    html = Client().get(clear).content.decode()

    assert before[0] == 404
    assert "In clear words" not in before[1]
    assert f'href="{clear}"' in Client().get(page.get_absolute_url()).content.decode()
    assert html.index("Skip this one") < html.index("Ellis is quiet.") < html.index("I do not laugh.")
    assert f'href="{page.get_absolute_url()}#words-h"' in html
    assert "Ellis does not." not in html
    assert "I do not laugh." in words(Client().get(at("pointers", page.slug)))


def test_clear_words_stand_below_the_situation_where_somebody_has_a_page_of_their_own(someone, page):
    for name, text in CLEAR.items():
        setattr(page, name, text)
    learning_pages.save(page, by=None, events=page.events.all())
    live = live_scenarios.open_at(someone.event.sessions.get(), page, minutes=3)
    own = at("own_scenario", someone.token, 1)

    for address in (own, at("live", live.code)):
        html = Client().get(address).content.decode()
        assert (
            html.index("Ellis does not.")
            < html.index("<summary>In clear words")
            < html.index("Ellis is quiet.")
        )
