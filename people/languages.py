"""The hub's own language: what its groups type in, and what is spoken where no reader has a say."""

from django.conf import settings
from django.http import HttpRequest

from kit import languages
from people.models import Hub
from people.requests import hub_of


def of_hub(hub: Hub) -> str:
    """The hub's own language; British English when the catalogue of the chosen one is not there any more."""
    return hub.language if hub.language in languages.offered() else str(settings.LANGUAGE_CODE)


def hub_language() -> str:
    """The hub's own language, read from the database. One query.

    What is written once and read by many, such as the texts of calendars, is written in it:
    `with languages.speaking(hub_language)`.
    """
    return of_hub(Hub.current())


def of_reader(request: HttpRequest) -> str:
    """The language to write to somebody in: theirs, if the hub speaks it; else the hub's own."""
    wished = languages.best(languages.wanted_by(request), languages.offered())
    return wished or of_hub(hub_of(request))
