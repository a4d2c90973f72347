"""Answers visitors with a page that is kept whole (kit/kept_pages.py), before anything else of the hub is run.

Nothing personal can be in it: it is written for a request from which everything is taken that could tell one visitor
from another. Who is logged in, is about to be told something, or asks with a query in the address does not come here
(allyhub.middleware.KeptPages).
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from kit import languages, versions
from kit.http import is_for_everyone, is_form_for_everyone
from kit.kept_pages import Page, copied, page_of, pages, this_minute
from kit.reading import watched

GetResponse = Callable[[HttpRequest], HttpResponse]
# All that a page for everyone gets to know about whoever asks: the address, and the language.
KNOWN = {
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT"),
    *("SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE"),
}
HAS_IT = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# What a 304 repeats (RFC 9110 §15.4.5).
OF_NOT_MODIFIED = ("Cache-Control", "ETag", "Last-Modified", "Vary")


def answer(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """The page that is kept, if it holds, else one that is written now and kept where it may be."""
    key = _key(request)
    try:
        page = pages.find(key)
    except Error:  # the database is gone, or not migrated yet: whoever is asked next has an answer to that
        return get_response(request)
    if page is None:
        return _written(request, key, get_response)
    return _answer(request, page, lambda: HttpResponse(page.as_sent()))


def _written(request: HttpRequest, key: Hashable, get_response: GetResponse) -> HttpResponse:
    if not _is_for_everyone(request):
        return get_response(request)
    try:
        minute, before, tables = this_minute(), versions.of_all(), _watched_tables()
    except Error:
        return get_response(request)
    has_it = {name: request.META[name] for name in HAS_IT if name in request.META}
    _forget_who_asks(request)
    with watched(tables) as reading:
        response = get_response(request)
    request.META.update(has_it)
    if response.streaming:
        return response
    page = page_of(response, reading, before, minute)
    response.content = page.as_sent()
    if response.status_code != 200:
        return response
    if reading.is_whole and _may_be_kept(request, response):
        pages.keep(key, page)
    return _answer(request, page, lambda: response)


@lru_cache(maxsize=1)
def _watched_tables() -> frozenset[str]:
    """Read once: a table without triggers is one that no kept page may read."""
    return frozenset(versions.watched_tables())


def _key(request: HttpRequest) -> Hashable:
    language = ""
    if languages.is_a_choice():  # "" is the hub's own
        language = languages.best(languages.wanted_by(request), languages.offered())
    return request.path, request.META.get("HTTP_HOST"), request.scheme, language


def _is_for_everyone(request: HttpRequest) -> bool:
    try:
        return is_for_everyone(resolve(request.path_info).func)
    except Resolver404:
        return False


def _forget_who_asks(request: Any) -> None:
    known = {name: value for name, value in request.META.items() if name in KNOWN or name.startswith("wsgi.")}
    request.META = request.environ = known
    request.COOKIES = {}
    vars(request).pop("headers", None)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    if "CSRF_COOKIE" in request.META or response.cookies:  # of a form, which is for one browser
        return False
    match = request.resolver_match
    return "public" in response.get("Cache-Control", "") or bool(match and is_form_for_everyone(match.func))


def _answer(request: HttpRequest, page: Page, whole: Callable[[], HttpResponse]) -> HttpResponse:
    """304 for whoever has it already, else the whole."""
    headers = page.headers
    etag = headers.get("ETag")
    if etag and request.META.get("HTTP_IF_NONE_MATCH") == etag:
        response: HttpResponse = HttpResponseNotModified()
        for name in OF_NOT_MODIFIED:
            if name in headers:
                response.headers[name] = headers[name]
        return response
    response = whole()
    response.headers = copied(headers)
    if page.moments:
        response.headers["Content-Length"] = str(len(response.content))
    if not any(name in request.META for name in HAS_IT):
        return response
    changed_at = headers.get("Last-Modified")
    last_modified = parse_http_date_safe(changed_at) if changed_at else None
    return (
        get_conditional_response(request, etag=etag, last_modified=last_modified, response=response)
        or response
    )
