"""A learning page, for everyone, with what people who came allow to be told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feedback.actions import quotes
from feedback.models import Quote
from feedback.pages import quote_pages
from kit.http import public_page
from learning.models import LearningPage
from learning.pages import learning_pages as pages
from learning.pages.scenario_pages import situation_of


@public_page
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(pages.published(slug))
    if page.is_scenario:
        return render(request, "learning/scenario.html", situation_of(page))
    return render(request, "learning/page.html", pages.context_of(page) | {"quotes": quotes_on(page)})


def quotes_on(page: LearningPage) -> list[Quote]:
    """What a group tells of what it did is its story, for which people ticked their words: those about the events
    that the page names. One query at most."""
    events = [event for event in page.events.all() if event.group_id == page.group_id]
    if page.kind != LearningPage.Kind.CASE or not events:
        return []
    return quote_pages.shown(quotes.of_group(page.group).filter(event__in=events))
