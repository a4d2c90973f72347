"""The page of one event, in all its states: open, full, closed, cancelled, past."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from breakouts.pages import on_event_page
from events.pages import event_page
from events.pages.event_page import context_of
from feedback.actions.quotes import of_event_page
from feedback.pages.actions_taken_page import IS_SOMETHING_DONE
from kit.http import public_page
from kit.written_once import Asked, WrittenOnce
from learning.pages import learning_pages, pledge_walls
from learning.pages.surgery_pages import EVENT_HAS_ANSWERS
from people.requests import hub_of

# To write this query takes far longer than to answer it.
PUBLIC = WrittenOnce(
    event_page.PUBLIC.filter(slug=Asked("slug"))
    .select_related("breakout_plan")
    .annotate(
        has_actions_taken=IS_SOMETHING_DONE,
        is_any_shared=pledge_walls.IS_ANY_SHARED,
        has_answers=EVENT_HAS_ANSWERS,
        has_learning_pages=learning_pages.OF_EVENT,
    )
    .order_by()
)


@public_page
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an event, for everyone. What is not published, or no longer, is not there for anybody at this
    address."""
    event, now = next(iter(PUBLIC.models(slug=slug)), None), timezone.now()
    if event is None:
        raise Http404
    viewer_zone = request.user.time_zone if request.user.is_authenticated else ""
    context = context_of(event, hub_of(request), now, viewer_zone=viewer_zone)
    if getattr(event, "is_any_shared", True):
        context["has_pledges"] = pledge_walls.event_has_some(event)
    if event.is_published and event.is_past(now):
        context["quotes"] = of_event_page(event)
    if getattr(event, "has_learning_pages", False):
        context["learning_pages"] = learning_pages.of_event(event)
    return render(request, "events/event.html", context | on_event_page.context_of(event, now))
