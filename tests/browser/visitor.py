"""Someone at a browser. They do what people do, in words that are on the page; each page they meet is checked."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    TimeoutError,
)

from people.models import Person
from tests.browser.checks import Ledger, problems_of
from tests.browser.mirror import Mirror

PATIENCE_MS = 10_000
# Pages arrive whole; only a script may add something.
A_MOMENT_MS = 1_000
NOT_LOADED = "Failed to load resource"
MANY_TABS = 200


class Visitor:
    """`page` is an empty one in a browser that nobody else has."""

    def __init__(self, page: Page, site: str, ledger: Ledger, mirror: Mirror, *, scripts: bool) -> None:
        self.site, self.ledger, self.mirror = site, ledger, mirror
        self.context, self.scripts = page.context, scripts
        self.can_forget = True
        self.troubles: list[str] = []
        self._sit_down_at(page)

    def _sit_down_at(self, page: Page) -> None:
        self.page = page
        self.page.set_default_timeout(PATIENCE_MS)
        self._listen()

    def another_tab(self) -> "Visitor":
        return Visitor(self.context.new_page(), self.site, self.ledger, self.mirror, scripts=self.scripts)

    def forget_everything(self) -> None:
        """As if their browser had never been used: one empty page, and nothing kept."""
        self._sit_down_at(self.context.new_page())
        for page in self.context.pages:
            if page != self.page:
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.set_offline(False)
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.site, "storageTypes": "all"})
        session.detach()
        self.troubles.clear()

    def stop_the_clock(self) -> None:
        """Time goes on with `page.clock` alone, in this browser for ever."""
        self.can_forget = False
        self.page.clock.install()

    # Where they go

    def open(self, address: str, *, status: int = 200) -> None:
        where = urljoin(self.site, address)
        try:
            response = self.page.goto(where)
        except Error as error:
            # A page that looks again by itself has just loaded itself anew, and came in between.
            if "ERR_ABORTED" not in str(error):
                raise
            response = self.page.goto(where)
        self._arrived(response, status)

    def follow(self, link: str, *, within: str = "body", status: int = 200) -> None:
        self.go(self._named("link", link, within), status)

    def press(self, button: str, *, within: str = "body", status: int = 200) -> None:
        """A button that leads to a page: as everything must work without scripts, nearly all do."""
        self.go(self._named("button", button, within), status)

    def go(self, locator: Locator, status: int = 200) -> None:
        """What leads to a page and is found by something else than its whole name."""
        with self.page.expect_navigation() as navigation:
            locator.click()
        self._arrived(navigation.value, status)

    def go_back(self) -> None:
        self._arrived(self.page.go_back(), 200)

    def key(self, key: str, *, status: int = 200) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press(key)
        self._arrived(navigation.value, status)

    def download(self, link: str, *, within: str = "body") -> str:
        with self.page.expect_download() as download:
            self._named("link", link, within).click()
        return download.value.path().read_text()

    def address_of(self, link: str) -> str:
        return self._named("link", link, "main").get_attribute("href") or ""

    # What they fill in

    def write(self, label: str, text: str, *, within: str = "main") -> None:
        self.field(label, within=within).fill(text)

    def tick(self, label: str, *, within: str = "main") -> None:
        """Also for one of several of which only one can be chosen."""
        self.field(label, within=within).check()

    def untick(self, label: str) -> None:
        self.field(label).uncheck()

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def field(self, label: str, *, within: str = "main") -> Locator:
        """The field whose label begins with these words ("(optional)" may follow)."""
        found = self.page.locator(within).get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first
        assert self._is_there(found), f"no field “{label}” on {self.page.url}"
        return found

    # Without a mouse

    def tab_to(self, name: str) -> list[str]:
        """Press Tab until what has this name has the focus; each stop must be there to see. Returns those before."""
        stops: list[str] = []
        for _ in range(MANY_TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            assert focused["isSeen"], f"the focus on {focused} cannot be seen"
            if focused["name"].startswith(name):
                return stops
            stops.append(focused["name"])
        raise AssertionError(f"Tab does not lead to “{name}”, only to {stops}")

    def type(self, text: str) -> None:
        """Keys that stay on the page; "\\r" follows a link to another part of it."""
        self.page.keyboard.type(text)

    # Who they are

    def sign_in(self, person: Person) -> "Visitor":
        """Without the mail and the code, which have a test of their own."""
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}])
        return self

    # What they see

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> None:
        for expected in words:
            try:
                self.page.locator("main", has_text=expected).wait_for(timeout=A_MOMENT_MS)
            except TimeoutError:
                raise AssertionError(f"“{expected}” is not on {self.page.url}:\n{self.text}") from None

    def problems_named(self) -> list[str]:
        """The lines of the summary of errors."""
        return self.page.locator(".error-summary li").all_inner_texts()

    def check(self) -> None:
        """Called on every page they arrive at; by hand after something changed without one."""
        found = problems_of(self.page, self.ledger, self.reflect)
        found += self.troubles
        self.troubles.clear()
        assert not found, _list(f"{self.page.url} ({self.page.title()})", found)

    def reflect(self) -> Page:
        """The page they are on, where axe can look at it."""
        return self.mirror.reflect(self.page, is_plain=not self.scripts)

    def _named(self, role: Any, name: str, within: str) -> Locator:
        # What only screen readers say ("Save: large print") is set apart by a space in what they say.
        exact = re.compile(rf"^{re.escape(name).replace(':', ' ?:')}$")
        found = self.page.locator(within).get_by_role(role, name=exact).first
        if not self._is_there(found):
            there_are = sorted({words.strip() for words in self.page.get_by_role(role).all_inner_texts()})
            raise AssertionError(f"no {role} “{name}” on {self.page.url}, only {there_are}")
        return found

    def _is_there(self, locator: Locator) -> bool:
        """Now or in a moment: the address is the new page's before the page has come."""
        try:
            locator.wait_for(state="attached", timeout=A_MOMENT_MS)
        except TimeoutError:
            return False
        return True

    def _arrived(self, response: Response | None, status: int) -> None:
        if response is not None:
            assert response.status == status, f"{self.page.url} answers {response.status}, not {status}"
            if status != 200:
                expected = (NOT_LOADED, f"{self.page.url} answers {status}")
                self.troubles = [
                    trouble for trouble in self.troubles if not any(map(trouble.count, expected))
                ]
        self.check()

    def _listen(self) -> None:
        self.page.on("request", self._see_request)
        self.page.on("response", self._see_response)
        self.page.on("console", self._see_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.troubles.append(f"it asks another host: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.url} answers {response.status}")

    def _see_console(self, message: ConsoleMessage) -> None:
        # Only a test takes the connection away, and a browser says so in its own time.
        if message.type in ("error", "warning") and "ERR_INTERNET_DISCONNECTED" not in message.text:
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")


FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.innerText;
    const isRinged = style.outlineStyle !== "none" || style.boxShadow !== "none";
    const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return {
        name: (element.getAttribute("aria-label") ?? label ?? element.innerText ?? "").trim(),
        isSeen: element === document.body || isRinged && isOnScreen,
    };
}"""


def _list(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *(f"  - {line}" for line in lines)])
