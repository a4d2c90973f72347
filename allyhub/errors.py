"""The pages people meet when something went wrong. They appear even without templates or a database."""

import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from people.actions import faults

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 30
PLAIN_PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{0}</title><h1>{0}</h1><p>{1}</p>"""

WORDS = {
    400: (gettext_lazy("We could not read that"), gettext_lazy("Please go back and try again.")),
    403: (gettext_lazy("This page is not open to you"), gettext_lazy("If it should be, write to us.")),
    404: (gettext_lazy("There is no such page"), gettext_lazy("The link may be cut off or out of date.")),
    500: (
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy("It is not your fault. Please try again in a moment."),
    ),
    503: (
        gettext_lazy("We will be back in a moment"),
        gettext_lazy("Nothing you sent before is lost. Please try again in half a minute."),
    ),
}


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Without the request: what made it unreadable would be read again by whoever renders the page.
    return _page(400)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403, request)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404, request)


def handler500(request: HttpRequest) -> HttpResponse:
    error = sys.exception()
    if error is not None and is_database_gone(error):
        return database_gone(error)
    if error is not None:
        faults.note(error, _place(request))
    return _page(500)


def database_gone(error: BaseException) -> HttpResponse:
    logger.error("The database does not answer", exc_info=error)
    response = _page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def cannot_unseal(error: BaseException, request: HttpRequest) -> HttpResponse:
    """Answer when a sealed text cannot be opened: the rest of the hub goes on."""
    logger.error("Something sealed cannot be read: is a key missing from ALLYHUB_KEYS?", exc_info=error)
    faults.note(error, _place(request))
    return _page(503, template="errors/sealed.html")


def _place(request: HttpRequest) -> str:
    """The name of the page that was asked for, without what its address holds."""
    match = request.resolver_match
    return match.view_name if match else ""


def is_database_gone(error: BaseException) -> bool:
    """Whether waiting may help. A table that is missing is a mistake of ours, not an outage."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return not str(error).startswith("no such ")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form that was open too long: one more press of a button sends it, and nothing typed is lost.

    Only what was typed on our own pages is handed back: no other page may put words into somebody's form.
    """
    logger.warning("A form was refused: %s", reason)
    typed = _typed(request) if came_from_here(request) else []
    return _page(403, request, template="errors/expired.html", typed=typed, address=request.get_full_path())


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]


def came_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours. Browsers say so; scripts on other pages cannot change these two
    headers."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == here


def _page(
    status: int, request: HttpRequest | None = None, template: str = "", **context: Any
) -> HttpResponse:
    try:
        html = render_to_string(template or f"errors/{status}.html", context, request)
    except Exception:  # whatever broke, the person still gets a page
        logger.exception("The page for error %s could not be written", status)
        html = format_html(PLAIN_PAGE, *WORDS[status])
    return HttpResponse(html, status=status)
