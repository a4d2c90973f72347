"""What a screen reader is told, as Chromium tells it: its own tree of roles and names, not ours."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mail.models import OutgoingMail
from tests.browser.checks import NARROW
from tests.browser.community import make_social
from tests.factories import make_organiser, register

LOOKS_AGAIN_AFTER_MS = 20_000

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told(page) -> list[tuple[str, str]]:
    """Role and name of all that is not passed over."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


def test_a_list_that_looks_again_by_itself_leaves_the_keyboard_where_it_is_and_can_be_paused(visitor):
    event, page = make_social(), visitor.page
    register(event, "amara@example.org")
    failed = OutgoingMail.objects.filter(group=event.group)
    failed.update(state=OutgoingMail.State.FAILED)
    visitor.sign_in(make_organiser(event.group))
    page.clock.install()
    visitor.open(reverse("organise:messages", args=[event.slug]))
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


def test_the_columns_of_a_table_have_their_names_on_a_phone_too(visitor):
    event = make_social()
    register(event, "amara@example.org")
    visitor.sign_in(make_organiser(event.group))

    visitor.open(reverse("organise:registrations", args=[event.slug]))
    wide = [name for role, name in told(visitor.page) if role == "columnheader"]
    visitor.page.set_viewport_size(NARROW)
    narrow = told(visitor.page)

    assert wide
    assert [name for role, name in narrow if role == "columnheader"] == wide
    assert "cell" in {role for role, _name in narrow}
