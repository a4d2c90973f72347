"""What must be true of every page that a browser opens.

The quick part is looked at each time. Axe, the narrow screen and the pictures take half a second, so they are done only
when there is something on the page that this run has not seen there yet: an element of another kind, or in another
place. The sizes of targets, and contrast in light and dark, cost axe three times as much as all else together; they are
asked once for each kind and size of target in its place, and for each pair of colours.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
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
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Of WCAG 2.2; axe leaves it out unless it is asked for.
OF_TARGETS = ["target-size"]
ALL_BUT_COLOURS = {rule: {"enabled": False} for rule in OF_COLOURS}
# No sheet is read again for the way a phone is held, and no sound looked for: there is none.
VIOLATIONS = """rules => axe.run({ resultTypes: ["violations"], rules, preload: false })
    .then(results => results.violations)"""
SCHEMES = ("light", "dark")

# What frames every page is the same everywhere.
PLACE = """(element, view) => element.closest("header.mast, body > footer, .notices") ? "frame" : view"""
# Each kind of element with the one it stands in.
KIND = """element => {
    const kind = element => [element.tagName, element.getAttribute("class"), element.dataset.state, element.type,
        element.getAttribute("aria-invalid"), element.disabled].join("|");
    return kind(element.parentElement) + " > " + kind(element);
}"""
KINDS_OF_ELEMENTS = f"""view => {{
    const kind = {KIND}, place = {PLACE};
    const elements = [...document.querySelectorAll("body *:not(svg *)")];
    return [...new Set(elements.map(element => place(element, view) + " > " + kind(element)))];
}}"""

# What can be aimed at. Of what is large enough and lies apart from others one says it for all; what is small needs room
# around it, and what is partly covered depends on what by: these count where they stand.
TARGETS = f"""view => {{
    const kind = {KIND}, place = {PLACE};
    const all = [...document.querySelectorAll("a, button, input, select, summary, textarea, [role], [tabindex]")]
        .filter(element => element.checkVisibility())
        .map(element => ({{ element, box: element.getBoundingClientRect() }}));
    const meet = (one, other) => one !== other
        && one.box.left < other.box.right && other.box.left < one.box.right
        && one.box.top < other.box.bottom && other.box.top < one.box.bottom
        && !one.element.contains(other.element) && !other.element.contains(one.element);
    const size = one => Math.min(one.box.width, one.box.height) < 24 || all.some(other => meet(one, other))
        ? [place(one.element, view), one.box.width, one.box.height].map(String).join() : "large";
    window.allTargets = all.map(one => ({{
        element: one.element, target: ["target", size(one), kind(one.element)].join(" > "),
    }}));
    return [...new Set(window.allTargets.map(({{ target }}) => target))];
}}"""
OF_SIZES = """([targets, runOnly]) => {
    const include = window.allTargets.filter(({ target }) => targets.includes(target)).map(({ element }) => element);
    return axe.run({ include }, { resultTypes: ["violations"], runOnly }).then(({ violations }) => violations);
}"""

FACTS = """() => {
    const summary = document.querySelector(".error-summary");
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    const focusable = "input, select, textarea, button, a[href], [tabindex]";
    return {
        title: document.title.trim(),
        language: document.documentElement.lang,
        headings: [...document.querySelectorAll("h1")].map(heading => heading.innerText.trim()),
        hasTemplateCode: /\\{\\{|\\{%/.test(document.body.textContent),
        idsUsedTwice: ids.filter((id, index) => ids.indexOf(id) !== index),
        hasSummary: summary !== null,
        awaitsFocus: document.activeElement === document.body
            && document.querySelector("[autofocus], .error-summary") !== null,
        summaryHasFocus: summary !== null && document.activeElement === summary,
        summaryLinksNowhere: [...(summary?.querySelectorAll("a") ?? [])]
            .filter(link => link.hash && !document.querySelector(link.hash)?.matches(focusable))
            .map(link => link.innerText),
        fieldsInError: document.querySelectorAll("[aria-invalid=true]").length,
        calledOptional: [...document.querySelectorAll("[aria-invalid=true]")]
            .filter(field => !field.value && field.labels?.[0]?.innerText.includes("(optional)"))
            .map(field => field.labels[0].innerText),
    };
}"""

# As text, which is handed over in one piece.
LOOK = f"view => JSON.stringify([({FACTS})(), ({KINDS_OF_ELEMENTS})(view)])"

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const sticksOut = element => element.getBoundingClientRect().right > width + 0.5;
    const outer = [...document.querySelectorAll("body *")].filter(sticksOut);
    return outer.filter(element => ![...element.children].some(sticksOut)).slice(0, 5)
        .map(element => element.outerHTML.slice(0, 160));
}"""

# What is written, each with all that decides whether it can be read: its own colour, whether it is large as WCAG counts,
# and what is painted behind it up to the first ground that nothing shines through. What has no such ground and is moved
# out of its place by more than the width of a line may lie on something else: it counts for its view alone. axe passes
# over what is hidden, only heard or cannot be used, so that says nothing of others.
WRITTEN = """view => {
    const place = PLACE, NOTHING = "rgba(0, 0, 0, 0),none,1,none,", A_LINE = 2, A_POINT = 96 / 72;
    const isClear = colour => !/^rgb\\(/.test(colour);
    const isMoved = style => style.transform !== "none" || ["absolute", "fixed", "sticky"].includes(style.position)
        || ["marginTop", "marginLeft", "marginRight", "marginBottom"].some(side => parseFloat(style[side]) < -A_LINE)
        || style.position === "relative" && ["top", "left"].some(side => parseFloat(style[side]) !== 0);
    const known = new Map();
    const ground = element => {
        if (known.has(element)) return known.get(element);
        const style = getComputedStyle(element);
        const isSolid = !isClear(style.backgroundColor) && style.backgroundImage === "none" && style.opacity === "1";
        const moved = !isSolid && isMoved(style) ? place(element, view) + element.className : "";
        const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, moved].join();
        const behind = isSolid || !element.parentElement ? "" : ground(element.parentElement);
        known.set(element, own === NOTHING ? behind : own + behind);
        return known.get(element);
    };
    const isWritten = element => element.matches("input, select, textarea")
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const isOff = element => element.closest(":disabled, [aria-disabled=true]") ?? element.control?.disabled
        ?? element.closest("label")?.control?.disabled;
    const isHeard = element => element.matches(".vh, .vh *");
    const isThere = element => !isHeard(element)
        && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const look = element => {
        const style = getComputedStyle(element), around = getComputedStyle(element.parentElement).color;
        const line = style.textDecorationLine + style.borderBottomStyle;
        const isLarge = parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? 14 : 18) * A_POINT;
        return JSON.stringify([style.color, isLarge, style.textShadow, ground(element),
            element.closest("a") && [around, line]]);
    };
    const written = [...document.querySelectorAll("body *:not(svg *)")];
    return window.allWritten = written.filter(element => isWritten(element) && isThere(element) && !isOff(element))
        .map(element => ({ element, look: look(element) }));
}""".replace("PLACE", PLACE)
LOOKS = f"view => [...new Set(({WRITTEN})(view).map(({{ look }}) => look))]"
# What axe is not sure of says nothing of others either.
OF_LOOKS = """([looks, runOnly]) => {
    const include = window.allWritten.filter(({ look }) => looks.includes(look)).map(({ element }) => element);
    const options = { resultTypes: ["violations", "incomplete"], runOnly, elementRef: true };
    const lookOf = new Map(window.allWritten.map(({ element, look }) => [element, look]));
    return axe.run({ include }, options).then(({ violations, incomplete }) => {
        const unsure = incomplete.flatMap(({ nodes }) => nodes.map(node => lookOf.get(node.element)));
        return { violations, unsure: unsure.filter(Boolean) };
    });
}"""


@dataclass(frozen=True)
class Ledger:
    """What was seen in this run, shared by the processes that share its folder."""

    folder: Path
    # By this process: then the folder need not be asked.
    seen: set[str] = field(default_factory=set)

    def has_news(self, kinds: Iterable[str]) -> bool:
        """Whether one of them was not seen before. All of them are from now on."""
        kinds = {*kinds} - self.seen
        self.seen.update(kinds)
        news = [kind for kind in kinds if self._is_new(kind)]
        return bool(news)

    def not_seen(self, kinds: Iterable[str]) -> list[str]:
        return [kind for kind in kinds if kind not in self.seen and not self._place_of(kind).exists()]

    def _is_new(self, kind: str) -> bool:
        try:
            self._place_of(kind).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _place_of(self, kind: str) -> Path:
        return self.folder / hashlib.sha256(kind.encode()).hexdigest()


def problems_of(page: Page, ledger: Ledger, reflect: Callable[[], Page]) -> list[str]:
    """Everything that is wrong with the page, in words. `reflect` gives the same page where axe can run."""
    name = name_of(page)
    facts, kinds = look_at(page, name)
    found = [*quick_problems(facts)]
    if ledger.has_news(kinds):
        same_page = reflect()
        found += slow_problems(same_page, ledger, name)
        take_pictures(same_page, name)
    return found


def look_at(page: Page, view: str) -> tuple[dict[str, Any], list[str]]:
    """Its facts and its kinds of elements, as soon as it has the focus that it asks for: a browser gives that when it
    first draws it, later where it is busy with another one."""
    for _turn in range(50):
        facts, kinds = json.loads(page.evaluate(LOOK, view))
        if not facts["awaitsFocus"]:
            break
        page.wait_for_timeout(20)
    return facts, kinds


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
    if facts["hasTemplateCode"]:
        yield "template code is left in its text"
    yield from problems_of_errors(facts)


def problems_of_errors(facts: dict[str, Any]) -> Iterator[str]:
    if facts["fieldsInError"] and not facts["hasSummary"]:
        yield "fields are in error, but there is no summary of errors"
    if facts["hasSummary"] and not facts["summaryHasFocus"]:
        yield "the summary of errors does not have the focus"
    if facts["hasSummary"] and not facts["title"].startswith("Error: "):
        yield f"there are errors, but the title does not begin with it: “{facts['title']}”"
    for words in facts["calledOptional"]:
        yield f"a field is asked for and called optional: “{words}”"
    for words in facts["summaryLinksNowhere"]:
        yield f"a line of the summary leads to no field: “{words}”"


def slow_problems(page: Page, ledger: Ledger, view: str) -> Iterator[str]:
    """`page` is a mirror's: it has axe, and begins as narrow as a phone and light."""
    for html in page.evaluate(TOO_WIDE):
        yield f"it scrolls sideways at 320 px because of {html}"
    page.set_viewport_size(WIDE)
    yield from lines_of(page.evaluate(VIOLATIONS, ALL_BUT_COLOURS))
    yield from hard_to_hit(page, ledger, view)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        yield from (f"in {scheme}: {line}" for line in hard_to_read(page, ledger, view))


def hard_to_hit(page: Page, ledger: Ledger, view: str) -> Iterator[str]:
    targets = ledger.not_seen(page.evaluate(TARGETS, view))
    if not targets:
        return
    found = page.evaluate(OF_SIZES, [targets, OF_TARGETS])
    yield from lines_of(found)
    if not found:
        ledger.has_news(targets)


def hard_to_read(page: Page, ledger: Ledger, view: str) -> Iterator[str]:
    looks = ledger.not_seen(page.evaluate(LOOKS, view))
    if not looks:
        return
    found = page.evaluate(OF_LOOKS, [looks, OF_COLOURS])
    yield from lines_of(found["violations"])
    if not found["violations"]:
        ledger.has_news({*looks} - {*found["unsure"]})


def lines_of(violations: list[dict[str, Any]]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"]:
            yield f"axe {violation['id']} ({violation['help']}) at {node['target']}: {node['html'][:160]}"
