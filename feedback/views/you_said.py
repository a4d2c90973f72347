""" "You said, we did", for everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event
from feedback.pages import actions_taken_page as pages
from kit.http import public_page


@public_page
@require_safe
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of what people said; there for nobody until something is published."""
    events = Event.objects.public().select_related("group").prefetch_related("sessions")
    event = get_object_or_404(events, slug=slug)
    if not (actions := pages.done_for(event)):
        raise Http404
    return render(request, "feedback/done.html", {"event": event, "actions": actions})
