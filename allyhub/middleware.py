"""What every answer of the hub has in common: headers, caching, and a kind page when the database is gone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)

from allyhub import errors, keeping
from kit import languages
from kit.http import FOR_ANY_CACHE, FOR_ONE_BROWSER
from kit.sealing import CannotUnseal
from people.actions import logins
from people.languages import of_hub, of_reader
from people.requests import hub_of

GetResponse = Callable[[HttpRequest], HttpResponse]

UNUSED_FEATURES = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"]
UNUSED_FEATURES += ["microphone", "midi", "payment", "usb", "browsing-topics"]
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


class KeptPages:
    """Answers visitors with a page that is kept whole. The first of all: what is kept has the headers that others set."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.KEEP_PAGES and _is_the_same_for_all(request):
            return keeping.answer(request, self.get_response)
        return self.get_response(request)


class SecurityHeaders:
    """Sets the headers Django has no setting for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class VisitorsForms:
    """Lets visitors send the form for a place (kit.http.form_for_everyone) without a token. Django's check, which comes
    after this, protects what a cookie grants, and a visitor has none: whoever could make their browser send it could as
    well send it themselves. Still no other site may do so, and browsers say from where a form comes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any) -> None:
        is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if getattr(view_func, "is_form_for_everyone", False) and is_visitor and _may_come_from_here(request):
            request.csrf_processing_done = True


class DatabaseGone:
    """Answers with a plain 503 when the database does not; outside views errors.handler500 sees to it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if errors.is_database_gone(error):
            return errors.database_gone(error)
        return None


class LoginRequired(LoginRequiredMiddleware):
    """Does not even look who is asking where nobody needs to be signed in: then no session is read, and what is
    the same for everybody (a calendar file) does not vary by cookie. Who is signed in was here today."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        response = super().process_view(request, view_func, view_args, view_kwargs)
        if response is None:
            logins.note_seen(request)
        return response


class KeyMissing:
    """Says in words when a page has something sealed on it that cannot be opened."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.cannot_unseal(error, request) if isinstance(error, CannotUnseal) else None


class ReadersLanguage:
    """Speaks the reader's language (people.languages), and says to caches that others may be spoken to in another one.
    Django's own LocaleMiddleware says so on every hub, and would offer what only Django is translated into."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not languages.is_a_choice():
            return self.get_response(request)
        language = _language_for(request)
        with languages.speaking(language), languages.typing_in(lambda: of_hub(hub_of(request))):
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Accept-Language"])
        return response


class TokenPages:
    """Keeps pages opened by a signed link (kit.http.token_page) with the one who holds it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_marked(request, "is_token_page"):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response


class PublicPages:
    """Lets caches keep public pages (kit.http.public_page) for visitors; the rest is one browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_marked(request, "is_public_page") or response.status_code != 200:
            response.headers.setdefault("Cache-Control", FOR_ONE_BROWSER)
            return response
        if _has_own_view(request):
            response.headers["Cache-Control"] = FOR_ONE_BROWSER
        else:
            response.headers.setdefault("Cache-Control", FOR_ANY_CACHE)
            response.cookies.clear()
        return _only_if_changed(request, response)


def _may_come_from_here(request: HttpRequest) -> bool:
    """Also where a browser does not say it."""
    says_it = "HTTP_SEC_FETCH_SITE" in request.META or "HTTP_ORIGIN" in request.META
    return not says_it or errors.came_from_here(request)


def _language_for(request: HttpRequest) -> str:
    """Also while the database is gone: the page that says so is still to come."""
    try:
        return of_reader(request)
    except (InterfaceError, OperationalError):
        return str(settings.LANGUAGE_CODE)


def _is_marked(request: HttpRequest, mark: str) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, mark, False)


def _is_the_same_for_all(request: HttpRequest) -> bool:
    """Whether everybody who asks this without a cookie is told the same."""
    is_plain = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return is_plain and ("HTTP_COOKIE" not in request.META or not _has_own_view(request))


def _has_own_view(request: HttpRequest) -> bool:
    """Whether somebody sees a page of their own: signed in, or about to be told something."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or settings.MESSAGES_COOKIE_NAME in request.COOKIES


def _only_if_changed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    if request.method not in ("GET", "HEAD"):
        return response
    if "ETag" not in response.headers:
        set_response_etag(response)
    return get_conditional_response(request, etag=response.get("ETag"), response=response) or response
