"""What the pages of a situation show: the situation itself, then what helps and how people answered."""

from typing import Any

from django.urls import reverse

from events.models import Registration
from events.pages.registration_words import about_own
from kit.markdown import render
from learning.actions import scenario_counts
from learning.models import Activity, LearningPage
from learning.pages.learning_pages import belonging_to, drawn, whole
from learning.pages.spread import in_words
from learning.pages.workbook_pages import Line
from learning.ready_made import questions


def situation_of(page: LearningPage) -> dict[str, Any]:
    """What everyone reads first, of a page that was loaded whole. Nobody's way into a meeting stands in it."""
    pictures = list(page.pictures.all())
    page.group.events.withhold(page, *pictures, *page.pages.all(), *page.events.all())
    return {
        "page": page,
        "group": page.group,
        "situation": drawn(render(page.text), pictures),
        "clear": drawn(render(page.clear_words), pictures),
        "options": list(enumerate(page.options)),
        "questions": questions(),
        "copied_from": page.copied_from if page.copied_from and page.copied_from.is_published else None,
    }


def pointers_of(page: LearningPage) -> dict[str, Any]:
    """What everyone reads afterwards, of a page that was loaded whole."""
    belongs = belonging_to(page)
    return {"page": page, "group": page.group, "sources": render(page.sources), **belongs}


def answers_of(page: LearningPage) -> dict[str, Any]:
    """How people answered, for whoever gave theirs. One query."""
    return {"has_answered": True, "spread": in_words(scenario_counts.shown(page), page.options)}


def practised_by(registration: Registration, line: Line) -> LearningPage | None:
    """The situation of an activity that is open to them, whole; None without one that everyone can read."""
    scenario = line.activity.scenario if line.url and line.practise_url else None
    return whole(scenario) if scenario else None


def own_context(registration: Registration, activity: Activity) -> dict[str, Any]:
    """Their own page of a situation, and the ways from it."""
    address = [registration.token, activity.number]
    return about_own(registration) | {
        "activity": activity,
        "here_url": reverse("learning:own_scenario", args=address),
        "pointers_url": reverse("learning:own_pointers", args=address),
        "workbook_url": reverse("learning:workbook_page", args=address),
        "leave_url": registration.get_absolute_url(),
    }
