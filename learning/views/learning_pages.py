"""Learning pages, for everyone: the list, the text in clear words, pictures, and writing to the group.

The page itself shows quotes too, so it is a view of the roof.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.pictures import NAME
from kit.http import public_page
from learning.actions import enquiries
from learning.actions.enquiries import TooManyEnquiries
from learning.actions.learning_pictures import FOLDER
from learning.forms.enquiry_form import EnquiryForm
from learning.models import LearningPage, LearningPicture
from learning.pages import learning_pages as pages
from people.permissions import organises

WEBP = "image/webp"
FOR_EVERYONE = "public, max-age=31536000, immutable"
FOR_ORGANISERS = "private, no-store"


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shelf = pages.shelf(request.GET.get("show", ""))
    return render(request, "learning/index.html", shelf | {"tabs": _tabs(shelf)})


@public_page
@require_safe
def clear_words(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(pages.published(slug).exclude(clear_words=""))
    return render(request, "learning/clear_words.html", pages.clear_context_of(page))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def get_in_touch(request: HttpRequest, slug: str) -> HttpResponse:
    page = _page(slug)
    form = EnquiryForm(request.POST if request.method == "POST" else None, is_session=page.is_session)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "email", "words")}
        try:
            enquiries.send(page, **given)
        except TooManyEnquiries:
            form.add_error(
                None, _("This group has more messages than it can read now. Try again in a few days")
            )
        else:
            return redirect("learning:get_in_touch_sent", page.slug)
    return render(request, "learning/get_in_touch.html", _about(page) | {"form": form})


@public_page
@require_safe
def get_in_touch_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "learning/get_in_touch_sent.html", _about(_page(slug)))


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of a page that everyone reads; organisers see those of their drafts too."""
    path = f"{FOLDER}/{name}"
    found = LearningPicture.objects.filter(file=path).select_related("page__group")
    is_public = any(one.page.is_published for one in found)
    if not NAME.match(name) or not (
        is_public or any(organises(request.user, one.page.group) for one in found)
    ):
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    caching = FOR_EVERYONE if is_public else FOR_ORGANISERS
    return FileResponse(file, content_type=WEBP, headers={"Cache-Control": caching})


def _page(slug: str) -> LearningPage:
    page = get_object_or_404(pages.LISTED, slug=slug)
    page.group.events.withhold(page)
    return page


def _about(page: LearningPage) -> dict[str, Any]:
    return {"page": page, "group": page.group}


def _tabs(shelf: dict[str, Any]) -> list[dict[str, Any]]:
    words = {
        "": _("Everything"),
        "read": _("To read"),
        "case": _("What groups did"),
        "session": _("On request"),
        "scenario": _("To practise"),
        "clear": _("In clear words"),
    }
    address = reverse("learning:index")
    return [
        {
            "url": f"{address}?show={name}" if name else address,
            "words": text,
            "count": shelf["counts"][name],
            "is_current": name == shelf["only"],
        }
        for name, text in words.items()
        if shelf["counts"][name] or not name
    ]
