"""What a screen reader is told, as Chromium tells it: its own tree of roles and names, not ours."""

import pytest
from django.urls import reverse

from tests.browser.checks import NARROW
from tests.browser.community import make_social
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told(page) -> list[tuple[str, str]]:
    """Role and name of all that is not passed over."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


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
