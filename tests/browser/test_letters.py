"""Mails as mail programs show them: on a phone and on a wide screen, in light and dark."""

import pytest
from playwright.sync_api import Page

from events.actions import calling_off
from tests.browser.checks import AXE, TOO_WIDE, VIOLATIONS, lines_of
from tests.browser.community import make_social
from tests.factories import make_organiser, register
from tests.mails import composed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (640, 390, 320)
# All of them, with the contrast of AAA: 7 to 1.
RULES = {"color-contrast-enhanced": {"enabled": True}}
AMARA, KELI = "amara@example.org", "keli@example.org"
HEIGHTS = (
    "() => [...document.querySelectorAll('.button__link')].map(link => link.getBoundingClientRect().height)"
)


@pytest.fixture
def page(browser):
    page: Page = browser.new_page()
    yield page
    page.close()


def letters() -> dict[str, str]:
    """One that thanks, one that waits, one that asks for a press, one that tells of a change."""
    event = make_social(places=1)
    register(event, AMARA)
    register(event, KELI, confirmed=False)
    written = {kind: composed(kind) for kind in ("place", "confirm")}
    calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))
    written["event-changed"] = composed("event-changed", AMARA)
    return {kind: mail.html for kind, mail in written.items()}


def test_they_can_be_read_anywhere(page: Page):
    problems = []

    for kind, html in letters().items():
        page.set_content(html)
        page.evaluate(AXE.axe_script)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            problems += [f"{kind}, {scheme}: {line}" for line in lines_of(page.evaluate(VIOLATIONS, RULES))]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            problems += [f"{kind} is wider than {width} px: {html}" for html in page.evaluate(TOO_WIDE)]
            problems += [f"{kind}: a button of {px} px" for px in page.evaluate(HEIGHTS) if px < 44]
        assert page.locator("h1").count() == 1

    assert not problems, "\n".join(problems)
