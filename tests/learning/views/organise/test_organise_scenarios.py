"""Organisers write situations, copy them, put them between dates and show them to a room."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from learning.actions import learning_pages
from learning.forms.organise.scenario_form import ScenarioForm
from learning.models import LearningPage, LiveScenario
from tests.factories import make_event, make_group, make_hub, make_organiser
from tests.learning.page_factories import make_learning_page, make_scenario
from tests.learning.situations import NOT_YET, at, five_answer, make_situation, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> LearningPage:
    return make_situation()


def test_organisers_see_how_people_answered_as_everyone_does(page):
    ruth = Client()
    ruth.force_login(make_organiser(page.group))
    edit = reverse("organise:learning_page", args=[page.slug])

    before = words(ruth.get(edit))
    five_answer(page)

    assert NOT_YET in before
    assert "How 5 people answered" in words(ruth.get(edit))


def test_organisers_write_one_look_at_it_and_publish_it():
    make_hub()
    group = make_group()
    ruth = Client()
    ruth.force_login(make_organiser(group))
    sent = {
        "title": "The lift",
        "summary": "Somebody waits.",
        "content_note": "About steps.",
        "text": "The lift is broken.",
        "choices": "- I wait too\n- I find another room\n",
        "pointers": "",
    }

    draft = ruth.post(reverse("organise:scenario_new", args=[group.slug]), sent)
    page = LearningPage.objects.get()
    refused = words(ruth.post(reverse("organise:learning_page_publication", args=[page.slug]), follow=True))
    edit = reverse("organise:learning_page", args=[page.slug])
    opened_with = re.search(r'name="opened" value="([^"]*)"', ruth.get(edit).content.decode())
    ruth.post(edit, sent | {"pointers": "Ask: What would help?", "opened": unescape(opened_with[1])})
    preview = words(ruth.get(reverse("organise:learning_page_preview", args=[page.slug])))
    ruth.post(reverse("organise:learning_page_publication", args=[page.slug]))

    page.refresh_from_db()
    assert draft.url == edit
    assert page.options == ["I wait too", "I find another room"]
    assert "Write the situation and the pointers first" in refused
    assert "What would help?" in preview
    assert page.is_published
    assert page.versions.count() == 2


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ("One", "Enter two to eight answers, or none"),
        ("\n".join(map(str, range(9))), "Enter two to eight answers, or none"),
        ("Go\ngo", "Enter each answer once"),
        (f"Go\n{'x' * 121}", "Shorten “"),
    ],
)
def test_answers_to_choose_from_are_few_short_and_different(choices, problem):
    group = make_group()
    ruth = Client()
    ruth.force_login(make_organiser(group))

    page = ruth.post(
        reverse("organise:scenario_new", args=[group.slug]),
        {"title": "T", "summary": "S", "choices": choices},
    )

    assert problem in words(page)
    assert not LearningPage.objects.exists()


def test_pointers_in_clear_words_ask_for_the_situation_in_clear_words():
    sent = {"title": "The lift", "summary": "Somebody waits.", "clear_pointers": "Ask: What helps?"}
    group = make_group()

    alone = ScenarioForm(sent, row=LearningPage(group=group, kind="scenario"))
    both = ScenarioForm(
        sent | {"clear_words": "- It is broken."}, row=LearningPage(group=group, kind="scenario")
    )

    assert list(alone.errors) == ["clear_pointers"]
    assert not both.errors


def test_a_group_copies_one_of_another_group_and_the_copy_says_whose_it_was(page):
    other = make_group("Others")
    sol = Client()
    sol.force_login(make_organiser(other))
    copying = reverse("organise:scenario_copy", args=[other.slug, page.slug])

    listed = words(sol.get(reverse("organise:scenarios", args=[other.slug])))
    sol.post(copying)
    draft = LearningPage.objects.get(group=other)
    learning_pages.publish(draft)
    third = make_group("Third")
    learning_pages.copy(draft, to=third, by=make_organiser(third))

    assert page.title in listed
    assert (draft.words_now(), draft.is_published) == (page.words_now(), False)
    assert f"First written by {page.group.name}" in words(Client().get(draft.get_absolute_url()))
    assert LearningPage.objects.get(group=third).first_written_by == page.group.name
    own = reverse("organise:scenario_copy", args=[other.slug, draft.slug])
    assert "Nothing was changed. Your group has it already." in words(sol.post(own, follow=True))


def test_a_list_of_situations_costs_the_same_for_one_and_for_three(page, django_assert_num_queries):
    other = make_group("Others")
    sol = Client()
    sol.force_login(make_organiser(other))
    address = reverse("organise:scenarios", args=[other.slug])
    make_scenario(other)
    for more in (0, 2):
        for _page in range(more):
            make_scenario(other)
            make_scenario(page.group)
        with django_assert_num_queries(7):
            sol.get(address)


def test_an_organiser_opens_the_screen_for_a_date(page):
    event = page.events.get()
    make_learning_page(event.group)
    ruth = Client()
    ruth.force_login(make_organiser(event.group))
    address = reverse("organise:live", args=[event.slug])

    asked = words(ruth.get(address))
    wrong = words(ruth.post(address, {"date": "1", "length": "0"}))
    answer = ruth.post(address, {"page": page.pk, "date": "1", "length": "4"})

    live = LiveScenario.objects.get()
    assert page.title in asked
    assert "Choose a situation" in wrong
    assert answer.url == at("screen", live.token)
    assert (live.minutes, live.options) == (4, page.options)
    assert "Begin: 4 minutes to answer" in words(Client().get(answer.url))


def test_a_situation_is_put_between_the_dates_of_an_event(page):
    event = make_event(group=page.group, dates=2)
    ruth = Client()
    ruth.force_login(make_organiser(event.group))
    listed = ruth.get(reverse("organise:activities", args=[event.slug])).content.decode()
    address = reverse("organise:activity_new", args=[event.slug]) + f"?situation={page.slug}"
    form = ruth.get(address).context["form"]

    ruth.post(address, form.initial | {"after": "1"})

    assert f"?situation={page.slug}" in listed
    activity = event.activities.get()
    assert (activity.kind, activity.scenario, activity.after.number) == ("scenario", page, 1)
    assert [question for question, _hint in activity.questions][0] == "In the next ten seconds, I …"
