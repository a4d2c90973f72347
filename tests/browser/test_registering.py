"""A-2: save a place, confirm it by mail, change one's mind; and what can go wrong on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from breakouts.actions import plans
from events.actions import adding, leaving, offers, quotas
from events.actions.entering import Answers
from events.models import Registration
from events.short_codes import code_of
from mail.models import OutgoingMail
from tests.breakouts.factories import make_topic, organiser_of
from tests.browser.community import SLUG, make_social, sunday_at_three
from tests.browser.inbox import letters_about, newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import make_person, make_quota, make_session, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA = "amara@example.org"
FORM = f"/events/{SLUG}/registration/"
CONFIRM, ALREADY = "Please confirm your place", "You are registered already"
CONFIRM_IN_LINE = "Please confirm, to join the list"
PLACE, LINK, WAITING = "Your place is saved", "Your link", "You are on the waiting list"
PHONE = {"width": 390, "height": 844}
OFFER = "A place is free"


def fill_in(visitor: Visitor, email: str = AMARA, name: str = "Amara 🌻") -> None:
    visitor.open(FORM)
    visitor.write("Your name", name)
    visitor.write("Your email address", email)
    visitor.tick("I will keep to the guiding values")


def save_place(visitor: Visitor, email: str = AMARA) -> None:
    fill_in(visitor, email)
    visitor.press("Save my place")
    assert visitor.heading == "Check your inbox"


def confirm(visitor: Visitor, email: str = AMARA) -> None:
    visitor.open(newest_letter_to(email, CONFIRM).link("Keep my place"))
    visitor.press("Yes, keep my place")


def height_on_a_phone(visitor: Visitor) -> int:
    """Of the page before anything is opened, in CSS pixels."""
    before = visitor.page.viewport_size
    visitor.page.set_viewport_size(PHONE)
    height: int = visitor.page.evaluate("document.documentElement.scrollHeight")
    visitor.page.set_viewport_size(before)
    return height


def look_at_what_is_kept(visitor: Visitor) -> None:
    visitor.page.locator("summary", has_text="Your answers, and what we keep").click()


def names_and_states() -> list[tuple[str, str]]:
    return list(Registration.objects.order_by("pk").values_list("email", "state"))


def test_from_the_event_to_a_saved_place_and_to_leaving(either_visitor):
    event = make_social(capacity=60)
    plans.begin(event)
    make_topic(event, "What can we say?")

    either_visitor.open(event.get_absolute_url())
    either_visitor.follow("Save my place", within="aside")
    assert height_on_a_phone(either_visitor) <= 3500
    either_visitor.write("Your name", "Amara 🌻")
    either_visitor.write("Your pronouns", "she/her")
    either_visitor.write("Your email address", AMARA)
    either_visitor.tick("keep your camera off")
    either_visitor.choose("Which room would you like?", "1. What can we say?")
    either_visitor.tick("I will keep to the guiding values")
    either_visitor.press("Save my place")

    assert either_visitor.heading == "Check your inbox"
    either_visitor.sees("We hold it for you for 24 hours", "Would you rather not use email")
    either_visitor.open(newest_letter_to(AMARA, CONFIRM).link("Keep my place"))
    either_visitor.press("Yes, keep my place")

    assert either_visitor.heading == "Your place is saved"
    either_visitor.sees(Registration.objects.get().reference)
    either_visitor.sees("Room 1: What can we say?")
    assert "SUMMARY:Being better allies" in either_visitor.download("Calendar file")
    either_visitor.open(newest_letter_to(AMARA, PLACE).link("My registration"))

    look_at_what_is_kept(either_visitor)
    either_visitor.sees("Amara 🌻 (she/her)", "With my camera off")
    either_visitor.follow("Change name and pronouns")
    either_visitor.write("Your name", "Amara B.")
    either_visitor.press("Save")
    look_at_what_is_kept(either_visitor)
    either_visitor.sees("Your answers are saved.", "Amara B. (she/her)")

    either_visitor.follow("Have a look")
    either_visitor.sees("The meeting opens on Sunday")
    either_visitor.go_back()
    either_visitor.follow("Give up my place")
    either_visitor.press("Give up my place")
    assert either_visitor.heading == "You have given up your place"
    either_visitor.press("Take a place again")
    assert either_visitor.heading == "Your place is saved"


def test_a_form_with_mistakes_says_so_first_and_keeps_what_was_typed(either_visitor):
    """A-2 U6."""
    make_social()

    either_visitor.open(FORM)
    either_visitor.write("Your pronouns", "they/them")
    either_visitor.write("Your email address", "amara at example.org")
    either_visitor.tick("Yes")
    either_visitor.page.locator("summary", has_text="Hearing and sign").click()
    either_visitor.tick("British Sign Language (BSL) interpreter")
    either_visitor.press("Save my place")

    assert either_visitor.problems_named() == [
        "Enter the name you would like us to use",
        "Enter an email address in the right form, like name@example.org",
        "Tick the box to say that the access leads may read what you ask for, or ask for nothing now",
        "Tick the box to say you will keep to our guiding values",
    ]
    assert either_visitor.field("Your pronouns").input_value() == "they/them"
    assert either_visitor.field("Your email address").input_value() == "amara at example.org"
    bsl = either_visitor.field("British Sign Language (BSL) interpreter")
    assert (bsl.is_checked(), bsl.is_visible()) == (True, True)

    either_visitor.page.get_by_role("link", name="Enter the name you would like us to use").click()
    either_visitor.type("Amara")
    assert either_visitor.field("Your name").input_value() == "Amara"
    assert Registration.objects.count() == 0


def test_a_mail_that_never_came_goes_to_another_address_without_starting_again(plain_visitor):
    """A-2 U1."""
    make_social()
    save_place(plain_visitor, "amara@work.example")
    first = newest_letter_to("amara@work.example", CONFIRM).link("Keep my place")

    plain_visitor.sees("We have written to amara@work.example")
    plain_visitor.page.locator("summary", has_text="Correct it here").click()
    plain_visitor.write("Email address", AMARA)
    plain_visitor.press("Send it to this address")
    confirm(plain_visitor)

    assert plain_visitor.heading == "Your place is saved"
    look_at_what_is_kept(plain_visitor)
    plain_visitor.sees("Amara 🌻")
    assert names_and_states() == [(AMARA, "confirmed")]
    plain_visitor.open(first, status=404)


def test_what_opens_links_by_itself_changes_nothing(visitor):
    """A-2 U2."""
    make_social()
    save_place(visitor)
    letter = newest_letter_to(AMARA, CONFIRM)

    for words in ("Keep my place", "This was not me", "Keep my place"):
        visitor.open(letter.link(words))

    assert visitor.heading == "Do you want this place?"
    assert Registration.objects.get().email_confirmed_at is None


def test_a_button_pressed_twice_or_in_two_tabs_makes_one_registration(visitor):
    """A-2 U3."""
    make_social()
    fill_in(visitor)
    visitor.page.get_by_role("button", name="Save my place").dblclick()
    visitor.page.get_by_role("heading", name="Check your inbox").wait_for()
    visitor.go_back()
    visitor.press("Save my place")

    link = newest_letter_to(AMARA, CONFIRM).link("Keep my place")
    other_tab = visitor.another_tab()
    visitor.open(link)
    other_tab.open(link)
    visitor.press("Yes, keep my place")
    other_tab.press("Yes, keep my place")

    assert other_tab.heading == "Your place is saved"
    assert names_and_states() == [(AMARA, "confirmed")]


def test_a_known_address_gets_the_same_page_and_another_mail(plain_visitor):
    """A-2 U4."""
    event = make_social()
    register(event, "known@example.org")

    save_place(plain_visitor, "known@example.org")
    page_for_known = plain_visitor.text
    save_place(plain_visitor, "unknown@example.org")

    assert plain_visitor.text == page_for_known.replace("known@example.org", "unknown@example.org")
    plain_visitor.open(newest_letter_to("known@example.org", ALREADY).link("My registration"))
    assert plain_visitor.heading == "Your place is saved"


def test_a_lost_link_is_sent_again(plain_visitor):
    """A-2 U5."""
    event = make_social()
    register(event, AMARA)

    plain_visitor.open(event.get_absolute_url())
    plain_visitor.follow("Registered already? Have your link sent again")
    plain_visitor.press("Send my link")
    assert plain_visitor.problems_named() == ["Enter your email address"]
    plain_visitor.write("Email address", AMARA)
    plain_visitor.press("Send my link")

    assert plain_visitor.heading == "Check your inbox"
    plain_visitor.open(newest_letter_to(AMARA, LINK).link("My registration"))
    assert plain_visitor.heading == "Your place is saved"


def test_someone_registered_by_somebody_else_is_forgotten_with_one_press(plain_visitor):
    make_social()
    save_place(plain_visitor)

    plain_visitor.open(newest_letter_to(AMARA, CONFIRM).link("This was not me"))
    plain_visitor.press("Forget my address")

    plain_visitor.sees("We have forgotten your address.")
    assert AMARA not in dict(names_and_states())


def make_programme() -> Registration:
    """Four dates to come to, places for Kent, and one for Liverpool, which somebody holds: they are returned."""
    event = make_social(capacity=20, needs_every_date=True)
    for week in (5, 6, 7):
        make_session(event, sunday_at_three(week))
    make_quota(event, "University of Kent", 15, domains="kent.example")
    liverpool = make_quota(event, "Liverpool John Moores", 1, domains="ljmu.example", code="PATCH", asks=True)
    quotas.save(event, saved=[], pool_at=timezone.now() + timedelta(days=7))
    return register(event, pair=liverpool.pair)


def test_when_their_group_is_full_people_wait_and_are_offered_a_place(either_visitor):
    """A-3, U4: what stands in the way is said at its place, and nothing is lost."""
    holder = make_programme()
    either_visitor.open(f"/events/{SLUG}/")
    either_visitor.sees("You need to be free for all four", "15 places free", "1 of 1 taken")
    either_visitor.follow("Save my place", within="aside")
    either_visitor.tick("Liverpool John Moores")
    either_visitor.tick("By my email address")
    for date in either_visitor.page.locator("input[name=dates]").all()[:3]:
        date.check()
    either_visitor.write("Your name", "Amara")
    either_visitor.write("Your email address", AMARA)
    either_visitor.tick("I will keep to the guiding values")
    either_visitor.press("Save my place")

    assert either_visitor.problems_named() == [
        "Tick every date. If one is not possible, open “One of them is not possible” below the dates",
        "This address does not end in ljmu.example. You can use a code or have us ask",
    ]
    assert either_visitor.heading == "Join the waiting list"
    either_visitor.sees("You would be 1st in line", "See what else Solidarity Socials has planned")
    either_visitor.page.locator("input[name=dates]").last.check()
    either_visitor.tick("By a code")
    either_visitor.write("Code", "patch")
    either_visitor.press("Join the waiting list")
    either_visitor.open(newest_letter_to(AMARA, CONFIRM_IN_LINE).link("Keep my place in line"))
    either_visitor.press("Yes, keep my place in line")
    assert either_visitor.heading == "You are 1st in line for Liverpool John Moores"
    assert letters_about(AMARA) == [CONFIRM_IN_LINE, WAITING]

    either_visitor.open(f"/registrations/{holder.token}/departure/")
    either_visitor.press("Give up my place")
    either_visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    either_visitor.press("Yes, I take the place")

    assert either_visitor.heading == "Your programme"
    assert newest_letter_to(AMARA, PLACE)


def test_an_offer_is_answered_with_later_and_only_if_and_not_at_all(either_visitor):
    """A-3, U3, U5, U1, U6: the turn is never lost without being asked for."""
    event = make_social(capacity=1)
    holder, amara, bo = register(event), register(event, AMARA, needs={"bsl": ""}), register(event)
    answer = f"/registrations/{amara.token}/offer/"
    leaving.leave(holder)
    either_visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    either_visitor.press("Not now, I stay on the list")
    either_visitor.sees("You are at the end of the waiting list now.", "You are on the waiting list, 1st")

    leaving.decline_offer(bo)
    either_visitor.open(answer)
    either_visitor.press("Only if what I need works")
    either_visitor.sees("The place is kept for you until the access leads answer")
    offers.answer_about_access(amara, works=False)
    either_visitor.open(answer)
    either_visitor.sees("It cannot be arranged by then. Do you still want the place?")

    register(event)
    Registration.objects.filter(pk=amara.pk).update(offer_ends_at=timezone.now())
    leaving.expire(event)
    either_visitor.open(newest_letter_to(AMARA, "The place went on").link("Stay on the list"))
    either_visitor.press("Stay on the list, at the end")
    assert either_visitor.heading == "You are on the waiting list, 1st"

    either_visitor.follow("Leave the waiting list")
    either_visitor.press("Leave the waiting list")
    either_visitor.sees("You are no longer on the waiting list.")


def test_whoever_belongs_to_no_group_waits_for_what_is_shared(plain_visitor):
    """A-3, U7."""
    event = make_programme().event
    plain_visitor.open(FORM)
    plain_visitor.tick("None of these")
    for date in plain_visitor.page.locator("input[name=dates]").all():
        date.check()
    plain_visitor.write("Your name", "Zoe")
    plain_visitor.write("Your email address", AMARA)
    plain_visitor.tick("I will keep to the guiding values")
    plain_visitor.press("Save my place")
    plain_visitor.open(newest_letter_to(AMARA, CONFIRM_IN_LINE).link("Keep my place in line"))
    plain_visitor.press("Yes, keep my place in line")
    plain_visitor.sees("1st in line")

    quotas.pool(event)
    plain_visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    plain_visitor.press("Yes, I take the place")

    assert plain_visitor.heading == "Your programme"


def test_an_offer_can_be_passed_on(visitor):
    event = make_social(capacity=1)
    holder, waiting = register(event), register(event, AMARA)
    visitor.open(f"/registrations/{holder.token}/departure/")
    visitor.press("Give up my place")

    visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    visitor.press("No, pass it on")

    assert visitor.heading == "You did not take the place"
    waiting.refresh_from_db()
    assert waiting.ended_because == "declined"


def test_someone_who_answers_too_late_is_told_how_it_stands(visitor):
    event = make_social(capacity=1)
    holder, waiting = register(event), register(event, AMARA)
    visitor.open(f"/registrations/{holder.token}/departure/")
    visitor.press("Give up my place")
    visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    Registration.objects.filter(pk=waiting.pk).update(offer_ends_at=timezone.now())

    visitor.press("Yes, I take the place")

    visitor.sees("We are sorry: the offer had ended before your answer came.")
    assert visitor.heading == "The time to answer has passed"


def test_a_second_answer_from_an_older_page_is_told_that_it_changed_nothing(either_visitor):
    event = make_social(capacity=1)
    holder, waiting = register(event), register(event, AMARA)
    leaving.leave(holder)
    either_visitor.open(newest_letter_to(AMARA, OFFER).link("Yes or no: answer here"))
    leaving.accept_offer(waiting)  # in another tab

    either_visitor.press("No, pass it on")

    either_visitor.sees(
        "Nothing was changed. Your place is saved. If you can’t come, you can give it up on this page."
    )
    assert either_visitor.heading == "Your place is saved"


def test_closed_registration_says_so(plain_visitor):
    event = make_social(registration_closes_at=timezone.now())

    plain_visitor.open(event.get_absolute_url())
    plain_visitor.open(FORM)

    assert Registration.objects.count() == 0
    plain_visitor.follow("What else is on")


def test_what_is_typed_when_registration_closes_is_not_lost(visitor):
    event = make_social()
    fill_in(visitor)
    type(event).objects.update(registration_closes_at=timezone.now())

    visitor.press("Save my place")

    assert len(visitor.problems_named()) == 1
    assert visitor.field("Your name").input_value() == "Amara 🌻"


def test_everything_that_is_kept_can_be_read_taken_along_and_erased(plain_visitor):
    registration = register(make_social(), AMARA, needs={"bsl": ""})

    plain_visitor.open(registration.get_absolute_url())
    look_at_what_is_kept(plain_visitor)
    plain_visitor.follow("See all that we keep")
    plain_visitor.press("Send me a link")
    plain_visitor.open(newest_letter_to(AMARA, "The link you asked for").link("Open my page"))
    plain_visitor.tick("Remember this device for 30 days")
    plain_visitor.press("Open it here")
    plain_visitor.sees(AMARA, "British Sign Language (BSL) interpreter")
    assert AMARA in plain_visitor.download("Take it along as a file (JSON)")
    plain_visitor.follow("My registration")
    plain_visitor.sees("This device is remembered until", "Forget all devices")
    look_at_what_is_kept(plain_visitor)
    plain_visitor.follow("Have it erased")
    plain_visitor.tick("Everything under this address")
    plain_visitor.press("Continue")
    plain_visitor.press("Erase everything")

    plain_visitor.sees("Everything we kept under your address is erased.")
    assert not Registration.objects.filter(email=AMARA)
    assert not OutgoingMail.objects.filter(to_email=AMARA)


def test_a_calendar_of_ones_own_places_is_made_and_switched_off(plain_visitor):
    registration = register(make_social(), AMARA)

    plain_visitor.open(registration.get_absolute_url())
    plain_visitor.follow("Follow all your places, or get dates by email")
    plain_visitor.press("Make my calendar address")
    address = plain_visitor.field("Your calendar address").input_value()
    assert "SUMMARY:Being better allies" in plain_visitor.context.request.get(address).text()
    plain_visitor.press("Switch it off")

    assert plain_visitor.context.request.get(address).status == 404


def test_a_cut_link_is_not_found(plain_visitor):
    registration = register(make_social(), AMARA)

    plain_visitor.open(registration.get_absolute_url()[:-5] + "/", status=404)


def test_a_form_that_expired_can_be_sent_again(plain_visitor):
    """A visitor's asks for no cookie, so it never does; that of whoever is signed in asks for one."""
    make_social()
    plain_visitor.sign_in(make_person("vera@example.org"))
    fill_in(plain_visitor)
    plain_visitor.context.clear_cookies(name="csrf")

    plain_visitor.press("Save my place", status=403)
    plain_visitor.press("Send it once more")

    assert plain_visitor.heading == "Check your inbox"
    assert names_and_states() == [(AMARA, "confirmed")]


def test_whoever_phoned_types_a_short_address_and_reads_their_page(plain_visitor: Visitor):
    event = make_social()
    by = organiser_of(event)
    phoned = adding.add(event, Answers(name="Nan", email=""), by=by)

    plain_visitor.open(f"/at/{code_of(phoned).lower()}/")

    assert plain_visitor.path == phoned.get_absolute_url()
    assert plain_visitor.heading == PLACE
