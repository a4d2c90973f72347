"""What a learning page shows: its chapters with pictures and ways on, what belongs to it, how long it takes."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from events.models import Event
from kit.markdown import chapters, render
from kit.text import is_found
from learning.actions.learning_pictures import MARK, size
from learning.models import LearningPage, LearningPicture
from people.models import Group, Page

# A line that is a link, or a few words and a link: it is drawn as a way on when it stays in this hub.
WAY_ON = re.compile(r'<p>([^<]{0,80}: )?<a href="([^"]+)"[^>]*>([^<]+)</a>\.?</p>')

# For the query of a group's or event's page, which asks nothing more where there are none.
OF_GROUP = Exists(LearningPage.objects.published().filter(group=OuterRef("pk")))
OF_EVENT = Exists(LearningPage.objects.published().filter(events=OuterRef("pk")))

# How many a search of the calendar shows below the events.
MOST_FOUND = 5

LISTED = LearningPage.objects.published().select_related("group").without_texts()


@dataclass(frozen=True)
class Part:
    """A chapter as it is drawn; `anchor` leads to it. Before the first heading there is neither title nor number."""

    number: int
    title: str
    html: SafeString

    @property
    def anchor(self) -> str:
        return f"part-{self.number}"


def published(slug: str) -> "QuerySet[LearningPage]":
    """The page of this address, with all that belongs to it, if everyone can read it."""
    return _whole(LearningPage.objects.published()).filter(slug=slug)


def whole(page: LearningPage) -> LearningPage:
    """The same of one that may be a draft."""
    return _whole(LearningPage.objects.all()).get(pk=page.pk)


def context_of(page: LearningPage) -> dict[str, Any]:
    """What everyone reads, of a page that was loaded whole. Nobody's way into a meeting stands in it."""
    pictures = list(page.pictures.all())
    belongs = belonging_to(page, *pictures)
    parts = parts_of(page.text, pictures)
    return {
        "page": page,
        "group": page.group,
        "parts": parts,
        "contents": [part for part in parts if part.title],
        "top": next((picture_of(one) for one in pictures if one.on_top), None),
        "sources": render(page.sources),
        "is_overdue": page.needs_a_look(timezone.localdate()),
        **belongs,
    }


def belonging_to(page: LearningPage, *more: LearningPicture) -> dict[str, Any]:
    """What stands below a page that was loaded whole: its events and pages, and what was asked and answered there. The
    way into a meeting is taken out of these, of the page itself and of what is `more`."""
    events = page.events.all()
    answers = [answer for event in events for answer in event.published_answers.all()]
    page.group.events.withhold(page, *more, *page.pages.all(), *events, *answers)
    return {"events": events, "pages": page.pages.all(), "answers": answers}


def clear_context_of(page: LearningPage) -> dict[str, Any]:
    pictures = list(page.pictures.all())
    page.group.events.withhold(page, *pictures)
    return {"page": page, "group": page.group, "words": drawn(render(page.clear_words), pictures)}


def parts_of(text: str, pictures: list[LearningPicture]) -> list[Part]:
    found, number = [], 0
    for chapter in chapters(text):
        number += bool(chapter.title)
        found.append(Part(number if chapter.title else 0, chapter.title, drawn(chapter.html, pictures)))
    return found


def drawn(html: SafeString, pictures: list[LearningPicture]) -> SafeString:
    """The HTML of a text with its pictures where their marks stand, and ways on in boxes."""
    by_number = {picture.number: picture for picture in pictures}

    def pictured(found: re.Match[str]) -> str:
        picture = by_number.get(int(found[1]))
        return _figure(picture) if picture else ""

    html = mark_safe(MARK.sub(pictured, html))  # noqa: S308 (both parts are safe)
    return mark_safe(WAY_ON.sub(_way_on, html))  # noqa: S308 (cleaned before; only elements of ours around it)


def picture_of(picture: LearningPicture) -> dict[str, Any]:
    return {"picture": picture, "size": size(picture)}


def shelf(only: str = "") -> dict[str, Any]:
    """The list of all pages, or of those that a filter leaves; with how many each filter would show. What the keepers
    of the hub wrote stands behind."""
    pages = list(LISTED.all())  # never the one above, which would keep what it found
    Event.objects.withhold(*pages)
    counts = {name: sum(map(fits, pages)) for name, fits in FILTERS.items()}
    only = only if counts.get(only) else ""
    return {
        "only": only,
        "counts": {"": len(pages), **counts},
        "pages": [page for page in pages if not only or FILTERS[only](page)],
        "of_the_hub": [] if only else Page.objects.published(),
    }


FILTERS = {
    "read": lambda page: page.kind == LearningPage.Kind.READ,
    "case": lambda page: page.kind == LearningPage.Kind.CASE,
    "session": lambda page: page.is_session,
    "scenario": lambda page: page.is_scenario,
    "clear": lambda page: page.has_clear_words,
}


def of_group(group: Group) -> list[LearningPage]:
    """For the page of a group, loaded with `has_learning_pages`. One query at most."""
    if not getattr(group, "has_learning_pages", True):
        return []
    pages = list(LISTED.filter(group=group))
    group.events.withhold(*pages)
    return pages


def of_event(event: Event) -> list[LearningPage]:
    """For the page of an event, where it has some. One query."""
    pages = list(LISTED.filter(events=event))
    event.withhold(*pages)
    return pages


def found(search: str) -> list[LearningPage]:
    """Those whose title or summary has every word that somebody looks for. One query."""
    pages = list(LISTED.all())
    for page in pages:
        page.group.events.withhold(page)
    return [page for page in pages if is_found(search, page.title, page.summary)][:MOST_FOUND]


def is_of_this_hub(url: str) -> bool:
    return (url.startswith("/") and not url.startswith("//")) or url.startswith(
        urljoin(settings.SITE_URL, "/")
    )


def _way_on(found: re.Match[str]) -> str:
    before, url, words = found[1] or "", found[2], found[3]
    if not is_of_this_hub(url):
        return found[0]
    context = {"before": mark_safe(before), "url": mark_safe(url), "words": mark_safe(words)}  # noqa: S308
    return render_to_string("learning/_way_on.html", context).strip()


def _figure(picture: LearningPicture) -> str:
    return render_to_string("learning/_figure.html", picture_of(picture)).strip()


def _whole(pages: "QuerySet[LearningPage]") -> "QuerySet[LearningPage]":
    listed = Event.objects.on_the_calendar().with_dates().order_by("-last_ends_at", "pk")
    listed = listed.prefetch_related("published_answers")
    return pages.select_related("group", "copied_from__group").prefetch_related(
        "pictures", Prefetch("events", listed), Prefetch("pages", LISTED.all())
    )
