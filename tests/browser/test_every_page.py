"""No page is left out: each address of the permission table that shows somebody a page is opened and checked."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from django.urls import get_resolver
from playwright.sync_api import Browser, Page, Route, TimeoutError

from tests.amounts import amount
from tests.browser.conftest import make_running_hub
from tests.browser.visitor import Visitor
from tests.permission_table import COLUMNS
from tests.permission_walk import FILES, METHODS, ROWS, address_of, addresses, sign_in_everyone
from tests.permission_world import World, make_world
from tests.worlds import made_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# In the world of the table these lead on to another page; the named walks open them as they are.
OPENED_ON_A_WALK = {
    "breakouts:room_door": "test_rooms",
    "breakouts:room_meeting": "test_rooms",
    "breakouts:take_out": "test_notes",
    "events:access": "test_access",
    "events:by_code": "test_registering",
    "events:access_withdrawal": "test_access",
    "events:confirmation": "test_registering",
    "events:erasure": "test_registering",
    "events:meeting": "test_door",
    "events:mistake": "test_registering",
    "events:my_data": "test_registering",
    "events:offer": "test_registering",
    "events:way_in": "test_door",
    "learning:answers": "test_practising",
    "learning:pledge": "test_pledges",
    "learning:pledge_withdrawal": "test_pledges",
    "learning:workbook_deletion": "test_workbook",
    "learning:workbook_page": "test_workbook",
    "learning:workbook_print": "test_workbook",
    "organise:calling_back": "test_calling_off",
    "organise:group_decision": "test_looking_after_the_hub",
    "people:group_code": "test_looking_after_the_hub",
    "people:login_code": "test_signing_in",
    "people:pages": "test_looking_after_the_hub",
    "people:no_password": "test_signing_in",
    "people:recovery_codes": "test_signing_in",
}

# Of allauth: who opens it here.
BROUGHT_ALONG = {
    "account_login": "visitor",
    "account_request_login_code": "visitor",
    "account_signup": "visitor",
    "account_inactive": "visitor",
    "account_email_verification_sent": "visitor",
    "account_logout": "attendee",
    "account_email": "attendee",
    "mfa_index": "attendee",
    "mfa_activate_totp": "attendee",
    "mfa_add_webauthn": "attendee",
    "mfa_list_webauthn": "attendee",
}
BROUGHT_ALONG_ON_A_WALK = {
    "account_confirm_login_code",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
# There are no passwords (people.views.account answers in their place), and these two are files.
NOT_IN_USE = {
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
}

PAGES = {name for name, method in METHODS.items() if method == "get"} - FILES
OPENED = sorted(name for name in PAGES if "ok" in ROWS[name].values())


def test_every_address_that_answers_is_opened_here_or_on_a_walk():
    assert {*OPENED, *OPENED_ON_A_WALK} == PAGES


def test_every_address_of_allauth_is_opened_or_known_to_be_none():
    all_of_them = (name for name, _parameters in addresses(get_resolver().url_patterns))
    theirs = {name for name in all_of_them if name.startswith(("account_", "mfa_"))}

    assert theirs == {*BROUGHT_ALONG, *BROUGHT_ALONG_ON_A_WALK, *NOT_IN_USE}


ROUND = 40


def rounds() -> Iterator[ParameterSet]:
    """Who opens what, in a few sittings: each page as the first in the table who may see it."""
    pages: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for name in OPENED:
        pages[next(column for column in COLUMNS if ROWS[name][column] == "ok")].append(name)
    for name, column in BROUGHT_ALONG.items():
        pages[column].append(name)
    for column, names in pages.items():
        for start in range(0, len(names), ROUND):
            yield pytest.param(column, names[start : start + ROUND], id=f"{column}-{start // ROUND + 1}")


@made_once
def make_world_in_a_running_hub() -> World:
    make_running_hub()
    return make_world()


@pytest.fixture
def running_hub(transactional_db: None) -> World:
    return make_world_in_a_running_hub()


@pytest.mark.parametrize(("role", "names"), [*rounds()])
def test_pages(role: str, names: list[str], running_hub: World, visitor: Visitor):
    world = running_hub
    if role != "visitor":
        visitor.sign_in(world.people[role])
    problems = []

    for address in (address_of(name, world) for name in names):
        try:
            visitor.open(address)
        except AssertionError as problem:
            problems.append(str(problem))

    assert not problems, "\n".join(problems)


REFUSED = """<!doctype html><html lang="en"><title>Error</title>
<div class="error-summary" tabindex="-1" autofocus>There is a problem</div>
<main id="main"></main></html>"""
SEND = """index => {
    const form = [...document.forms].filter(form => form.method === "post")[index];
    for (const field of form.elements) if (field.type !== "hidden") field.disabled = field.tagName !== "BUTTON";
    form.noValidate = true;
    form.requestSubmit();
}"""


@pytest.mark.many
def test_each_form_sent_empty_from_a_place_on_its_page_leads_to_its_mistakes(
    running_hub: World, browser: Browser
):
    """An address with a #fragment (of a link to one of its fields) makes browsers ignore `autofocus`, and a form without
    an action keeps it. Each form is sent by Chromium; what answers is one page with a mistake, so nothing changes."""
    world = running_hub
    sign_in_everyone(world)
    context = browser.new_context()
    lost, sent, page, answers = [], 0, context.new_page(), {"GET": "", "POST": REFUSED}
    page.route("**/*", lambda route: answer(route, answers))

    for name in OPENED[:: amount(20, many=1)]:
        column = next(column for column in COLUMNS if ROWS[name][column] == "ok")
        answers["GET"] = world.clients[column].get(address_of(name, world)).content.decode()
        for index in range(answers["GET"].count('method="post"')):
            page.goto(f"http://hub.example/{sent}#main")
            with page.expect_navigation():
                page.evaluate(SEND, index)
            sent += 1
            if not is_led_to_its_mistakes(page):
                lost.append((name, index, page.url))
    context.close()

    assert lost == []
    assert sent > amount(5, many=150)


def answer(route: Route, answers: dict[str, str]) -> None:
    if route.request.is_navigation_request():
        route.fulfill(body=answers[route.request.method], content_type="text/html; charset=utf-8")
    else:
        route.abort()


def is_led_to_its_mistakes(page: Page) -> bool:
    """A browser sets the focus that a page asks for when it first draws it: maybe after the page has loaded."""
    try:
        page.wait_for_function("document.activeElement.className === 'error-summary'", timeout=2_000)
    except TimeoutError:
        return False
    return True
