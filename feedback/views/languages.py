"""Questions in the language of whoever is asked, also where the hub itself does not speak it."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from feedback.forms.answering import AnswerForm, Reader
from kit import languages
from people.languages import of_hub
from people.requests import hub_of


def reader_of(request: HttpRequest) -> Reader:
    return Reader(wants=languages.wanted_by(request), own=of_hub(hub_of(request)))


def varying(response: HttpResponse, form: AnswerForm) -> HttpResponse:
    """Say to caches that others read other words, where they do."""
    if form.has_languages:
        patch_vary_headers(response, ["Accept-Language"])
    return response
