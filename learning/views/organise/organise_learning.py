"""The tab of an event with what lies between its dates and after them."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.organise_layout import show_tab
from events.permissions import event_run_by
from learning.pages.organise.learning_page import cards_of
from people.requests import SignedIn


@never_cache
@require_safe
def learning(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    return show_tab(request, event, "organise/learning.html", {"cards": cards_of(event)}, tab="learning")
