"""The hub's addresses, and some more where things go wrong."""

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from allyhub import urls
from allyhub.urls import handler400, handler403, handler404, handler500
from kit.sealing import CannotUnseal

__all__ = ["handler400", "handler403", "handler404", "handler500"]

WRONG = {
    "bad-request": BadRequest(),
    "forbidden": PermissionDenied(),
    "mistake": ZeroDivisionError(),
    "no-database": OperationalError("the server closed the connection"),
    "no-key": CannotUnseal(),
}


@login_not_required
def broken(request: HttpRequest, what: str) -> HttpResponse:
    if what == "too-fast":
        return respond_429(request)
    raise WRONG[what]


urlpatterns = [
    *urls.urlpatterns,
    *(path(f"broken/{what}/", broken, {"what": what}, name=what) for what in [*WRONG, "too-fast"]),
]
