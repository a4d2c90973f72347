"""Situations to practise for tests of their pages: one that belongs to an event, and lies in its workbook."""

from html import unescape

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags

from learning.actions import activities, scenario_counts
from learning.models import LearningPage
from tests.factories import make_event, make_hub, register
from tests.learning.page_factories import make_scenario

NOT_YET = "We show it once five people have answered"


def make_situation() -> LearningPage:
    make_hub()
    event = make_event()
    scenario = make_scenario(event.group, events=[event])
    activities.add(event, kind="scenario", title="The joke", scenario=scenario, prompts=[["Now, I …", ""]])
    return scenario


def words(response: HttpResponse) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def at(name: str, *arguments: object) -> str:
    return reverse(f"learning:{name}", args=arguments)


def five_answer(page: LearningPage) -> None:
    for number in range(5):
        scenario_counts.answer_by_link(page, register(page.events.get(), f"five{number}@example.org"), 0)
    scenario_counts.release_due()
