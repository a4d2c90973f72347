"""What must be true of every page that a browser opens.

The quick part is looked at each time. Axe in light and dark, the narrow screen and the pictures take half a second, so
they are done only when there is something on the page that this run has not seen there yet: an element of another kind,
or in another place.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.pictures import take_pictures

WIDE = {"width": 1280, "height": 900}
# WCAG 2.2, 1.4.10: what fits here fits a wide screen at 400 % too.
NARROW = {"width": 320, "height": 640}
AXE = Axe()
# The size of targets is of WCAG 2.2; axe leaves it out unless it is asked for.
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What else would be found in the dark has been found in the light: there our style sheets change colours alone.
OF_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
VIOLATIONS = "options => axe.run(options).then(results => results.violations)"
RULES = {"light": ALL_RULES, "dark": OF_COLOURS}

# Each kind of element with the one it stands in. What frames every page is the same everywhere.
KINDS_OF_ELEMENTS = """view => {
    const kind = element => [element.tagName, element.getAttribute("class"), element.dataset.state, element.type,
        element.getAttribute("aria-invalid"), element.disabled].join("|");
    const place = element => element.closest("header.mast, body > footer, .notices") ? "frame" : view;
    const elements = [...document.querySelectorAll("body *:not(svg *)")];
    return [...new Set(elements.map(e => [place(e), kind(e.parentElement), kind(e)].join(" > ")))];
}"""

FACTS = """() => {
    const summary = document.querySelector(".error-summary");
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    const focusable = "input, select, textarea, button, a[href], [tabindex]";
    return {
        title: document.title.trim(),
        language: document.documentElement.lang,
        headings: [...document.querySelectorAll("h1")].map(heading => heading.innerText.trim()),
        text: document.body.innerText,
        idsUsedTwice: ids.filter((id, index) => ids.indexOf(id) !== index),
        hasSummary: summary !== null,
        summaryHasFocus: summary !== null && document.activeElement === summary,
        summaryLinksNowhere: [...(summary?.querySelectorAll("a") ?? [])]
            .filter(link => link.hash && !document.querySelector(link.hash)?.matches(focusable))
            .map(link => link.innerText),
        fieldsInError: document.querySelectorAll("[aria-invalid=true]").length,
    };
}"""

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const sticksOut = element => element.getBoundingClientRect().right > width + 0.5;
    const outer = [...document.querySelectorAll("body *")].filter(sticksOut);
    return outer.filter(element => ![...element.children].some(sticksOut)).slice(0, 5)
        .map(element => element.outerHTML.slice(0, 160));
}"""


@dataclass(frozen=True)
class Ledger:
    """What was seen in this run, shared by the processes that share its folder."""

    folder: Path

    def has_news(self, kinds: Iterable[str]) -> bool:
        """Whether one of them was not seen before. All of them are from now on."""
        news = [kind for kind in kinds if self._is_new(kind)]
        return bool(news)

    def _is_new(self, kind: str) -> bool:
        try:
            (self.folder / hashlib.sha256(kind.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def problems_of(page: Page, ledger: Ledger, with_scripts: Callable[[Page], Page]) -> list[str]:
    """Everything that is wrong with the page, in words. `with_scripts` gives the same page where axe can run."""
    found = [*quick_problems(page.evaluate(FACTS))]
    name = name_of(page)
    if ledger.has_news(page.evaluate(KINDS_OF_ELEMENTS, name)):
        same_page = with_scripts(page)
        found += slow_problems(same_page)
        take_pictures(same_page, name)
    return found


def name_of(page: Page) -> str:
    path = urlsplit(page.url).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return "not-found"


def quick_problems(facts: dict[str, Any]) -> Iterator[str]:
    if not facts["title"] or facts["title"].startswith("–"):
        yield f"it has no title of its own: “{facts['title']}”"
    if not facts["language"]:
        yield "it does not say its language"
    if len(facts["headings"]) != 1 or not facts["headings"][0]:
        yield f"it has not exactly one h1: {facts['headings']}"
    if facts["idsUsedTwice"]:
        yield f"ids are used twice: {facts['idsUsedTwice']}"
    if "{{" in facts["text"] or "{%" in facts["text"]:
        yield "template code is left in its text"
    yield from problems_of_errors(facts)


def problems_of_errors(facts: dict[str, Any]) -> Iterator[str]:
    if facts["fieldsInError"] and not facts["hasSummary"]:
        yield "fields are in error, but there is no summary of errors"
    if facts["hasSummary"] and not facts["summaryHasFocus"]:
        yield "the summary of errors does not have the focus"
    if facts["hasSummary"] and not facts["title"].startswith("Error: "):
        yield f"there are errors, but the title does not begin with it: “{facts['title']}”"
    for words in facts["summaryLinksNowhere"]:
        yield f"a line of the summary leads to no field: “{words}”"


def slow_problems(page: Page) -> Iterator[str]:
    page.set_viewport_size(NARROW)
    for html in page.evaluate(TOO_WIDE):
        yield f"it scrolls sideways at 320 px because of {html}"
    page.set_viewport_size(WIDE)
    page.evaluate(AXE.axe_script)
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        yield from (f"in {scheme}: {line}" for line in axe_violations(page, rules))
    page.emulate_media(color_scheme="light")


def axe_violations(page: Page, rules: dict[str, Any]) -> Iterator[str]:
    for violation in page.evaluate(VIOLATIONS, rules):
        for node in violation["nodes"]:
            yield f"axe {violation['id']} ({violation['help']}) at {node['target']}: {node['html'][:160]}"
