"""Pictures of events. Their names are made of their content, so what a browser has it may keep."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from events import pictures
from events.actions.pictures import FOLDER, NAME
from events.models import Event
from events.permissions import may_organise

WEBP = "image/webp"
FOR_EVERYONE = "public, max-age=31536000, immutable"
FOR_ORGANISERS = "private, no-store"


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture of an event on the calendar; organisers see those of their drafts too."""
    return _shown(request, name, _file)


@login_not_required
@require_safe
def small_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same as lists show it."""
    return _shown(request, name, _small_file)


def _shown(
    request: HttpRequest, name: str, answer: Callable[[str, str], HttpResponseBase]
) -> HttpResponseBase:
    path = f"{FOLDER}/{name}"
    events = Event.objects.filter(picture=path).select_related("group")
    if not NAME.match(name) or not events:
        raise Http404
    is_public = any(event.is_public for event in events)
    if not is_public and not any(may_organise(request.user, event) for event in events):
        raise Http404
    return answer(path, FOR_EVERYONE if is_public else FOR_ORGANISERS)


def _file(path: str, caching: str) -> FileResponse:
    return FileResponse(_opened(path), content_type=WEBP, headers={"Cache-Control": caching})


def _small_file(path: str, caching: str) -> HttpResponse:
    return HttpResponse(_small(path), content_type=WEBP, headers={"Cache-Control": caching})


@lru_cache(maxsize=128)  # ten kilobytes each; a path names what is in its file
def _small(path: str) -> bytes:
    with _opened(path) as file:
        return pictures.small(file)


def _opened(path: str) -> Any:
    try:
        return default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
