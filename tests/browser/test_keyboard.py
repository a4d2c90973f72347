"""Registering without a mouse: everything can be reached with Tab, and the focus is always there to see."""

import pytest

from events.models import Registration
from tests.browser.community import SLUG, make_social
from tests.browser.inbox import newest_letter_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA = "amara@example.org"


def test_from_the_list_to_a_confirmed_place_by_keyboard(either_visitor):
    make_social()
    amara = either_visitor
    amara.open("/")
    amara.tab_to("Being better allies")
    amara.key("Enter")
    amara.tab_to("Save my place")
    amara.key("Enter")

    amara.tab_to("Your name")
    amara.type("Amara")
    amara.tab_to("Your email address")
    amara.type(AMARA)
    amara.tab_to("No, or not yet")
    amara.page.keyboard.press("ArrowDown")
    amara.tab_to("Reading and seeing")
    amara.type(" ")
    amara.tab_to("Large print")
    amara.type(" ")
    amara.tab_to("Which size?")
    amara.type("18 point")
    amara.tab_to("The access leads of this event may read")
    amara.type(" ")
    amara.tab_to("I will keep to the guiding values")
    amara.type(" ")
    amara.tab_to("Save my place")
    amara.key("Enter")

    assert amara.heading == "Check your inbox"
    amara.open(newest_letter_to(AMARA, "Please confirm your place").link("Keep my place"))
    amara.tab_to("Yes, keep my place")
    amara.key("Enter")
    assert amara.heading == "Your place is saved"
    assert Registration.objects.get().access_request.needs.get().detail == "18 point"


def test_the_first_stop_skips_to_the_words(plain_visitor):
    make_social()
    plain_visitor.open(f"/events/{SLUG}/")

    assert plain_visitor.tab_to("Skip to main content") == []
    plain_visitor.type("\r")

    assert "Log in" not in plain_visitor.tab_to("Save my place")


def test_the_trap_for_robots_is_no_stop(visitor):
    make_social()
    visitor.open(f"/events/{SLUG}/registration/")

    stops = visitor.tab_to("Save my place")

    assert "Your name" in stops
    assert "Leave this box empty" not in stops


def test_mistakes_are_reached_from_the_summary(plain_visitor):
    make_social()
    plain_visitor.open(f"/events/{SLUG}/registration/")
    plain_visitor.tab_to("Your name")
    plain_visitor.key("Enter")

    plain_visitor.tab_to("Enter the name you would like us to use")
    plain_visitor.type("\r")
    plain_visitor.type("Amara")

    assert plain_visitor.field("Your name").input_value() == "Amara"


def test_what_is_wrong_has_the_focus_though_the_form_was_opened_at_a_fragment(plain_visitor):
    """As after a link to one of its fields. test_every_page sends every other form like this."""
    make_social()
    address = f"/events/{SLUG}/registration/"

    plain_visitor.open(f"{address}#main")
    plain_visitor.press("Save my place", within="main")

    assert plain_visitor.problems_named()
    assert plain_visitor.page.url.endswith(address)
