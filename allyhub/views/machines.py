"""What browsers, phones and search engines ask for by themselves."""

import io
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from events.models import Event
from events.pages import series
from kit import block_pictures
from kit.http import FOR_OTHER_SITES, public_page
from learning.models import LearningPage
from people.models import Group
from people.requests import hub_of

# The block of static/img/favicon.svg.
SEED, KIND = "AllyHub", "social"
FAVICON_PX = 48
# A phone's home screen, and what browsers ask a manifest for.
ICONS_PX = (180, 192, 512)
# The background of light pages and the masthead's plum (tokens.css).
PAPER, PLUM = "#fbf6ee", "#5a2a6d"
SAME_FOR_ALL = (
    *("events:home", "events:agenda", "events:groups", "events:past", "events:values"),
    *("breakouts:wanted", "privacy"),
)
# What one file may list (sitemaps.org).
MOST_PAGES = 50_000


@require_safe
@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        block_pictures.icon(SEED, KIND, FAVICON_PX, "ICO"), content_type="image/vnd.microsoft.icon"
    )


@require_safe
@public_page
def icon(request: HttpRequest, px: int) -> HttpResponse:
    if px not in ICONS_PX:
        raise Http404
    return HttpResponse(block_pictures.icon(SEED, KIND, px), content_type="image/png")


@require_safe
@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """For a hub on somebody's home screen. It opens as a page, with the browser's own buttons: nothing works without a
    connection, and nothing pretends to."""
    hub = hub_of(request)
    return JsonResponse(
        {
            "name": hub.name or "AllyHub",
            "start_url": reverse("events:home"),
            "display": "browser",
            "background_color": PAPER,
            "theme_color": PLUM,
            "icons": [
                {"src": reverse("icon", args=[px]), "sizes": f"{px}x{px}", "type": "image/png"}
                for px in ICONS_PX
            ]
            + [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


@require_safe
@public_page
def openapi(request: HttpRequest) -> HttpResponse:
    """What programs can read of the calendar, described for programs."""
    answer = HttpResponse(_openapi(), content_type="application/json")
    for name, value in FOR_OTHER_SITES.items():
        answer[name] = value
    return answer


@lru_cache(maxsize=1)
def _openapi() -> bytes:
    return (settings.BASE_DIR / "docs" / "openapi.json").read_bytes()


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that search engines may find: what everyone may read, and nothing that is opened by a link."""
    written = io.BytesIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for address, day in _pages():
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", urljoin(settings.SITE_URL, address))
        if day:
            xml.addQuickElement("lastmod", day)
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(written.getvalue(), content_type="application/xml; charset=utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    for name in SAME_FOR_ALL:
        yield reverse(name), ""
    for slug in Group.objects.approved().values_list("slug", flat=True):
        yield reverse("events:group", args=[slug]), ""
    for slug in series.LISTED.order_by().values_list("slug", flat=True):
        yield reverse("events:series", args=[slug]), ""
    yield from _to_learn_from()
    events = Event.objects.on_the_calendar().order_by("-pk").values_list("slug", "changed_at")
    for slug, changed_at in events[:MOST_PAGES]:
        yield reverse("events:event", args=[slug]), f"{changed_at:%Y-%m-%d}"


def _to_learn_from() -> Iterator[tuple[str, str]]:
    pages = (
        LearningPage.objects.published().order_by("-pk").values_list("slug", "changed_at", "clear_word_count")
    )
    for number, (slug, changed_at, clear) in enumerate(pages[:MOST_PAGES]):
        if not number:
            yield reverse("learning:index"), ""
        yield reverse("learning:page", args=[slug]), f"{changed_at:%Y-%m-%d}"
        if clear:
            yield reverse("learning:clear_words", args=[slug]), f"{changed_at:%Y-%m-%d}"
