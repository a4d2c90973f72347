"""Without a mouse: everything can be reached with Tab, and the focus is always there to see."""

import pytest

from events.actions import leaving
from events.models import Registration
from tests.browser.community import SLUG, make_social
from tests.browser.inbox import newest_letter_to
from tests.browser.test_registering import CONFIRM_IN_LINE, OFFER, make_programme
from tests.factories import make_organiser, register

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


def test_a_place_in_line_for_four_dates_and_the_offer_by_keyboard(either_visitor):
    """A-3."""
    holder, amara = make_programme(), either_visitor
    amara.open(f"/events/{SLUG}/registration/")
    amara.tab_to("University of Kent")
    amara.page.keyboard.press("ArrowDown")
    amara.tab_to("By my email address")
    for _date in range(4):
        amara.tab_to("I can come")
        amara.type(" ")
    amara.tab_to("Your name")
    amara.type("Amara")
    amara.tab_to("Your email address")
    amara.type("amara@ljmu.example")
    amara.tab_to("I will keep to the guiding values")
    amara.type(" ")
    amara.tab_to("Save my place")
    amara.key("Enter")
    assert (amara.heading, len(amara.problems_named())) == ("Join the waiting list", 1)

    amara.tab_to("Choose how we can tell")
    amara.type("\r ")
    amara.tab_to("Join the waiting list")
    amara.key("Enter")
    amara.open(newest_letter_to("amara@ljmu.example", CONFIRM_IN_LINE).link("Keep my place in line"))
    amara.tab_to("Yes, keep my place in line")
    amara.key("Enter")
    leaving.leave(holder)
    amara.open(newest_letter_to("amara@ljmu.example", OFFER).link("Yes or no: answer here"))
    amara.tab_to("Yes, I take the place")
    amara.key("Enter")

    assert amara.heading == "Your programme"


def test_places_for_groups_are_changed_and_people_moved_by_keyboard(either_visitor):
    """O-3, O-4."""
    holder, ruth = make_programme(), either_visitor
    event = holder.event
    waits = register(event, "tia@ljmu.example", name="Tia", pair=holder.pair)
    ruth.sign_in(make_organiser(event.group, name="Ruth"))
    ruth.open(f"/organise/events/{SLUG}/places/for/")
    for _group in ("Kent", "Liverpool"):
        ruth.tab_to("Places")
    ruth.page.keyboard.press("Control+a")
    ruth.type("3")
    ruth.tab_to("Save")
    ruth.key("Enter")

    ruth.open(f"/organise/events/{SLUG}/registrations/")
    ruth.tab_to("Tick Tia")
    ruth.type(" ")
    ruth.tab_to("With those who are ticked")
    ruth.type("Move to: University of Kent")
    ruth.tab_to("Go on")
    ruth.key("Enter")
    ruth.tab_to("Move to another group of places")
    ruth.key("Enter")

    waits.refresh_from_db()
    assert (str(waits.quota), waits.state) == ("University of Kent", "offered")


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
