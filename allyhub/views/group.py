"""Who organises: a page for each group."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.calendars.links import subscribe_links
from events.models import Event
from events.pages import series
from events.pages.agenda import ON_THE_CALENDAR, page_of
from events.pages.lines import Tells
from feedback.actions.quotes import HAS_QUOTES
from feedback.pages import quote_pages
from feedback.pages.actions_taken_page import HAS_DONE_SOMETHING, latest_of
from kit.http import public_page
from kit.markdown import plain
from kit.markdown import render as markdown
from kit.text import first_sentences
from learning.pages import learning_pages, pledge_walls
from mail.compose import absolute
from people.models import Group
from people.requests import hub_of

WITH_STORY = (
    Group.objects.approved()
    .select_related("story")
    .annotate(
        has_quotes=HAS_QUOTES,
        has_actions_taken=HAS_DONE_SOMETHING,
        is_any_shared=pledge_walls.IS_ANY_SHARED,
        has_learning_pages=learning_pages.OF_GROUP,
        has_series=Exists(series.LISTED.filter(group=OuterRef("pk"))),
    )
)
PAST_SHOWN = 5
WORDS_ABOUT = 30


@public_page
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    found = Group.objects.approved()
    Event.objects.withhold(*found)
    rows = [(group, first_sentences(plain(group.about), WORDS_ABOUT)) for group in found]
    return render(request, "events/groups.html", {"groups": rows})


@public_page
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    group, hub = get_object_or_404(WITH_STORY, slug=slug), hub_of(request)
    its_series = list(series.LISTED.filter(group=group)) if getattr(group, "has_series", True) else []
    group.events.withhold(group, getattr(group, "story", None), *its_series)
    sessions = ON_THE_CALENDAR.filter(event__group=group)
    coming = page_of(sessions.next_of_each_event(), request.GET.get("page"), hub.time_zone)
    if coming.number > 1 and not coming.lines:
        raise Http404
    over = sessions.past().last_of_each_event().order_by("-starts_at", "-pk")
    context = {
        "group": group,
        "about": markdown(group.about),
        "guiding_values": markdown(group.guiding_values),
        "page": coming,
        "series": its_series,
        "past": page_of(over, None, hub.time_zone, size=PAST_SHOWN, tells=Tells.WHOLE),
        "actions_taken": latest_of(group) if getattr(group, "has_actions_taken", True) else [],
        "has_pledges": getattr(group, "is_any_shared", True) and pledge_walls.group_has_some(group),
        "links": subscribe_links(absolute(reverse("events:group_feed", args=[group.slug])), group.name),
        "learning_pages": learning_pages.of_group(group),
        **quote_pages.of_group(group),
    }
    return render(request, "events/group.html", context)
