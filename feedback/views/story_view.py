"""The story of a group, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feedback.models import Story
from feedback.pages import quote_pages as pages
from kit.http import public_page
from people.models import Group


@public_page
@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    published = Story.objects.filter(published_at__isnull=False, group__in=Group.objects.approved())
    story = get_object_or_404(published.select_related("group"), group__slug=slug)
    return render(request, "feedback/story.html", pages.of_story(story))
