"""One hub and one Chromium a process; a browser of its own, without memory, for everyone in a test."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from allyhub import clock
from kit import attempts
from mail.actions import outbox
from tests import amounts, chromium
from tests.browser import server
from tests.browser.checks import WIDE, Ledger
from tests.browser.mirror import Mirror
from tests.browser.visitor import Visitor
from tests.factories import make_hub
from tests.worlds import made_once

OUTSIDE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# Chromium heeds only the last such list, so it begins with what of Playwright's own concerns pages. The others are what
# Chromium makes for a window that nobody sees, in processes of their own: more than half of the cost of a new visitor.
WITHOUT = (
    "--disable-features=DestroyProfileOnBrowserClose,HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding,"
    "ThirdPartyStoragePartitioning,SpareRendererForSitePerProcess,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
)
# Everyone is served in turn, so that one process does for all of them: a newcomer's first page costs a fifth less.
IN_ONE_PROCESS = "--renderer-process-limit=1"

NewVisitor = Callable[..., Visitor]
# Scripts, zone and language.
LeftBrowsers = defaultdict[tuple[bool, str, str], list[Visitor]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread, so Django has to be told that it is no coroutine."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # The sandbox refuses to run for root, which is whom containers run tests as.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(),
            args=[OUTSIDE, "--disable-gpu", WITHOUT, IN_ONE_PROCESS, *QUIET, *alone],
        )
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture(scope="session")
def address(django_db_setup: None) -> Iterator[str]:
    with server.serving() as address:
        yield address


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.getbasetemp()
    # With several processes each has a folder in the one of the run.
    shared: Path = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    (shared / "pages").mkdir(exist_ok=True)
    return Ledger(shared / "pages")


@made_once
def make_running_hub() -> None:
    """It has been set up, its clock goes and mail has left it."""
    make_hub()
    outbox.queue(kind="test-mail", key="first", to_email="hello@example.org")
    clock.run_all()


@pytest.fixture
def running_hub(transactional_db: None) -> None:
    make_running_hub()


@pytest.fixture
def site(address: str, settings, running_hub: None, monkeypatch) -> Iterator[str]:
    """A running hub, at an address that its mails name too."""
    settings.SITE_URL = address
    # Those who walk here read and type as fast as robots (tests/events/views/test_by_hand.py has what robots meet).
    monkeypatch.setattr(attempts, "READ_AND_TYPED_IN", timedelta(seconds=-1))
    with server.with_bundle():
        yield address


@pytest.fixture(scope="session")
def mirror(browser: Browser, address: str) -> Mirror:
    return Mirror(browser, address)


@pytest.fixture(scope="session")
def left_browsers() -> LeftBrowsers:
    """Of those who are gone, by what they were made with: whoever comes next has one, emptied. A new one is a process of
    its own and costs as much as several pages."""
    return defaultdict(list)


@pytest.fixture
def new_visitor(
    browser: Browser, mirror: Mirror, site: str, ledger: Ledger, left_browsers: LeftBrowsers
) -> Iterator[NewVisitor]:
    """A function that brings somebody else with their own browser; `scripts=False` for one without JavaScript,
    `language` for what it asks for."""
    visitors: list[tuple[list[Visitor], Visitor]] = []

    def new(*, scripts: bool = True, zone: str = "Europe/London", language: str = "en-GB") -> Visitor:
        left = left_browsers[scripts, zone, language]
        if not left:
            page = _new_browser(browser, scripts, zone, language)
            left.append(Visitor(page, site, ledger, mirror, scripts=scripts))
        visitors.append((left, left.pop()))
        return visitors[-1][1]

    yield new
    troubles = [trouble for _left, visitor in visitors for trouble in visitor.troubles]
    for left, visitor in visitors:
        if visitor.can_forget:
            visitor.forget_everything()
            left.append(visitor)
        else:
            visitor.context.close()
    assert not troubles


def _new_browser(browser: Browser, scripts: bool, zone: str, language: str) -> Page:
    context = browser.new_context(
        java_script_enabled=scripts,
        viewport=WIDE,
        locale=language,
        timezone_id=zone,
        reduced_motion="reduce",
    )
    return context.new_page()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()


@pytest.fixture
def plain_visitor(new_visitor: NewVisitor) -> Visitor:
    """Without JavaScript, which nothing they do may need."""
    return new_visitor(scripts=False)


WITHOUT_SCRIPTS = pytest.param(False, id="without scripts")
WITH_SCRIPTS = pytest.param(True, id="with scripts", marks=pytest.mark.many)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "either_visitor" in metafunc.fixturenames:
        ways = [WITH_SCRIPTS, WITHOUT_SCRIPTS] if amounts.ARE_MANY else [WITHOUT_SCRIPTS]
        metafunc.parametrize("either_visitor", ways, indirect=True)


@pytest.fixture
def either_visitor(request: pytest.FixtureRequest, new_visitor: NewVisitor) -> Visitor:
    """For the main walks: each is walked without JavaScript, and where many things are tried with it too. What scripts
    do has walks of its own, and every page is opened with them."""
    return new_visitor(scripts=request.param)
