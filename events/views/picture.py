"""Pictures of events. Their names are made of their content, so what a browser has it may keep."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from events.actions.pictures import FOLDER, NAME
from events.models import Event
from events.permissions import may_organise

FOR_EVERYONE = "public, max-age=31536000, immutable"
FOR_ORGANISERS = "private, no-store"


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture of an event on the calendar; organisers see those of their drafts too."""
    path = f"{FOLDER}/{name}"
    events = Event.objects.filter(picture=path).select_related("group")
    if not NAME.match(name) or not events:
        raise Http404
    is_public = any(event.is_public for event in events)
    if not is_public and not any(may_organise(request.user, event) for event in events):
        raise Http404
    return _file(path, FOR_EVERYONE if is_public else FOR_ORGANISERS)


def _file(path: str, caching: str) -> FileResponse:
    try:
        file: Any = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp", headers={"Cache-Control": caching})
