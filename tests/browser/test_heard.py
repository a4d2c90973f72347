"""What a screen reader is told, as Chromium tells it: its own tree of roles and names, not ours.

The trees of four pages stand in tests/browser/heard/, to be read through. After a change that is meant:

    WRITE_TREES=1 pytest tests/browser/test_heard.py
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from events.models import Event
from mail.models import OutgoingMail
from tests.browser.checks import NARROW, WIDE
from tests.browser.community import make_social
from tests.factories import make_organiser, register

LOOKS_AGAIN_AFTER_MS = 20_000
TREES = Path(__file__).parent / "heard"
# What frames a page is the same everywhere.
MAIN = "main"
# Says nothing by itself, or the same once more.
PASSED_OVER = {"generic", "none", "InlineTextBox", "LineBreak", "ListMarker"}
TOLD_WITH_A_NAME = {"level", "checked", "expanded", "disabled", "invalid", "required"}
# What is another tomorrow: days and times, and how long until then.
CHANGES = [
    (r"\d{1,2}(\.\d\d)?[ap]m|12 (noon|midnight)", "TIME"),
    (r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day( \d{1,2} [A-Z][a-z]+( \d{4})?)?", "DAY"),
    (r"\"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*( \d{4})?\"", '"MONTH"'),
    (r"\"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\"", '"DAY"'),
    (r"\"\w{4}-\w{4}\"", '"NUMBER"'),
    (r"localhost:\d+", "SITE"),
    (r"StaticText \"\d{1,2}\"", 'StaticText "DATE"'),
    (r"\d+ days", "N days"),
]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_list_that_looks_again_by_itself_leaves_the_keyboard_where_it_is_and_can_be_paused(visitor):
    event, page = make_social(), visitor.page
    register(event, "amara@example.org")
    failed = OutgoingMail.objects.filter(group=event.group)
    failed.update(state=OutgoingMail.State.FAILED)
    visitor.sign_in(make_organiser(event.group))
    visitor.stop_the_clock()
    visitor.open(reverse("organise:emails", args=[event.slug]))
    again = page.get_by_role("button", name="Try again : Your place is saved")
    again.focus()

    register(event, "keli@example.org")
    page.clock.run_for(LOOKS_AGAIN_AFTER_MS)
    expect(page.get_by_text("keli@example.org").first).to_be_visible()
    expect(again).to_be_focused()
    failed.update(state=OutgoingMail.State.SENT)
    page.clock.run_for(LOOKS_AGAIN_AFTER_MS)
    expect(page.locator("#mails")).to_be_focused()

    page.get_by_role("button", name="Pause").click()
    failed.update(to_email="ari@example.org")
    page.reload()
    expect(page.get_by_role("button", name="Look again by itself")).to_be_visible()
    visitor.check()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(LOOKS_AGAIN_AFTER_MS)
    assert asked == []


@pytest.fixture
def pages(visitor) -> dict[str, str]:
    """The address of each page whose tree is kept."""
    event = make_social()
    registration = register(event, "amara@example.org")
    return {
        "event": event.get_absolute_url(),
        "registration": reverse("events:registration_new", args=[event.slug]),
        "own-page": registration.get_absolute_url(),
        "people": reverse("organise:registrations", args=[event.slug]),
    }


def test_the_trees_of_four_pages_are_as_they_were_read_through(visitor, pages):
    found, page = {}, visitor.page
    for name, address in pages.items():
        if name == "people":
            visitor.sign_in(make_organiser(Event.objects.get().group))
        page.goto(f"{visitor.site}{address}")
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            found[f"{name}-{size['width']}.txt"] = tree_of(page)

    if os.environ.get("WRITE_TREES"):
        for name, tree in found.items():
            (TREES / name).write_text(tree)
    for name, tree in found.items():
        assert tree == (TREES / name).read_text(), f"WRITE_TREES=1 writes {name} anew"


def tree_of(page: Page) -> str:
    """A line for each thing that is told on a page, further in by what it is part of."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    main = next(node for node in nodes.values() if node.get("role", {}).get("value") == MAIN)
    tree = "".join(f"{line}\n" for line in lines_of(main, nodes, 0, ""))
    for changes, word in CHANGES:
        tree = re.sub(changes, word, tree)
    return tree


def lines_of(node: dict[str, Any], nodes: dict[str, Any], depth: int, above: str) -> Iterator[str]:
    role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "").strip()
    is_told = not node["ignored"] and role not in PASSED_OVER and not (role == "StaticText" and name in above)
    if is_told and role != "StaticText" or is_told and name:
        yield "  " * depth + " ".join([role, *([f'"{name}"'] if name else []), *states_of(node)])
    for child in node.get("childIds", []):
        yield from lines_of(nodes[child], nodes, depth + is_told, name if is_told else above)


def states_of(node: dict[str, Any]) -> Iterator[str]:
    for state in node.get("properties", []):
        is_told = state["name"] in TOLD_WITH_A_NAME and (
            state["name"] != "level" or node["role"]["value"] == "heading"
        )
        if is_told and state["value"]["value"] not in (False, "false"):
            yield f"{state['name']}={state['value']['value']}"
