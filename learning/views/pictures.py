"""The picture of a pledge, for whoever may see it: out of the database, never out of a file, and kept by nobody."""

import base64

from django.http import Http404, HttpResponse

from kit.sealing import CannotUnseal
from learning.models import Pledge

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, noimageindex"}


def shown(pledge: Pledge) -> HttpResponse:
    """404 without one, and while it cannot be opened."""
    try:
        content = base64.b64decode(pledge.picture)
    except CannotUnseal:
        content = b""
    if not content:
        raise Http404
    return HttpResponse(content, content_type="image/webp", headers=HEADERS)
