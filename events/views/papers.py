"""The papers of an event, for whoever has a place: behind the link to their own page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from events.links import by_link
from events.models import Registration
from events.pages.handouts import file_response
from events.pages.papers import lines_for
from events.pages.registration_words import about_own


@require_safe
@by_link
def papers(request: HttpRequest, registration: Registration) -> HttpResponse:
    lines = lines_for(registration)
    if not lines:
        return redirect(registration)
    return render(request, "events/manage_papers.html", about_own(registration) | {"lines": lines})


@require_safe
@by_link
def paper(request: HttpRequest, registration: Registration, pk: int) -> HttpResponseBase:
    """The file of one."""
    found = (line.paper for line in lines_for(registration) if line.sheet and line.paper.pk == pk)
    paper = next(found, None)
    if paper is None:
        raise Http404
    return file_response(paper)
