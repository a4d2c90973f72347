"""What a translation will meet: the main pages in English that is accented and longer, and in English that is mirrored.

Nothing on them is outside the catalogue, nothing sticks out of a page, and what runs from right to left is laid out so.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from events.models import Event
from kit import languages
from tests.breakouts.factories import organiser_of
from tests.browser.checks import TOO_WIDE, WIDE, name_of, slow_problems
from tests.browser.inbox import letters_to
from tests.browser.pseudo import ACCENTED, MIRRORED, make_world, not_mirrored, outside_the_catalogue
from tests.browser.visitor import Visitor
from tests.factories import register

pytestmark = [pytest.mark.browser, pytest.mark.gettext, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
NIKI = "niki@example.org"


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pseudo")
    call_command("pseudo_locales", folder)
    return folder


@pytest.fixture
def event(catalogues: Path, settings, site: str) -> Event:
    settings.LOCALE_PATHS = [catalogues]
    return make_world()


@pytest.mark.parametrize("language", [ACCENTED, MIRRORED])
def test_every_word_is_translated_and_no_page_breaks(language: str, event: Event, new_visitor):
    visitor, problems = new_visitor(language=language), []

    for name in pages(visitor, event, language):
        problems += [f"{name}: {problem}" for problem in problems_of(visitor, language)]

    assert not problems, "\n".join(problems)


def pages(visitor: Visitor, event: Event, language: str) -> Iterator[str]:
    """Each with its name, in the order in which somebody meets them."""
    with languages.speaking(language.lower()):
        registration = register(event, NIKI, name="Νίκη", needs={"bsl": "Από την αρχή"})
    yield from _opened(visitor, {"home": reverse("events:home"), "event": event.get_absolute_url()})
    yield from _opened(visitor, {"registration": reverse("events:registration_new", args=[event.slug])})
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button[type=submit]").last.click()
    yield "registration, with errors"
    yield from _opened(visitor, {"own page": registration.get_absolute_url()})
    visitor.page.goto("about:blank")  # mail programs have other rules than our pages
    visitor.page.set_content(letters_to(NIKI)[-1].html)
    yield "mail"
    visitor.sign_in(organiser_of(event))
    yield from _opened(visitor, {"organise": reverse("organise:event", args=[event.slug])})


def _opened(visitor: Visitor, addresses: dict[str, str]) -> Iterator[str]:
    for name, address in addresses.items():
        visitor.page.goto(visitor.site + address)
        yield name


def problems_of(visitor: Visitor, language: str) -> Iterator[str]:
    page = visitor.page
    spoken = page.locator("html").get_attribute("lang") or ""
    if spoken != language.lower():
        yield f"it is in “{spoken}”"
    yield from (f"not in the catalogue: “{text}”" for text in outside_the_catalogue(page))
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        yield from (f"sticks out at {size['width']} px: {element}" for element in page.evaluate(TOO_WIDE))
        if language == MIRRORED:
            yield from (f"not mirrored at {size['width']} px: {element}" for element in not_mirrored(page))
    if page.url.startswith(visitor.site):  # a mail has no landmarks, and no colours of its own
        yield from slow_problems(visitor.reflect(), visitor.ledger, name_of(page))
    page.set_viewport_size(WIDE)
