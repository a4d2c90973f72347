"""Logging in without a password: by a code in a mail, by passkey, with an app as second step; and one's profile."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.browser.community import make_community, make_social
from tests.browser.inbox import letters_about, newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, make_person, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA = "amara@example.org"
CODE, CHANGED = "Your code to log in", "A change to how you log in"


def ask_for_code(visitor: Visitor, email: str = AMARA) -> None:
    visitor.open("/")
    visitor.follow("Log in")
    visitor.write("Your email address", email)
    visitor.press("Send me a code")


def log_in_by_code(visitor: Visitor, email: str = AMARA) -> None:
    ask_for_code(visitor, email)
    visitor.write("Code from the mail", newest_letter_to(email, CODE).code())
    visitor.press("Log in")


def give_it_a_passkey(visitor: Visitor) -> None:
    """A device that knows its owner and says yes to everything."""
    devices = visitor.context.new_cdp_session(visitor.page)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def code_of_app(key: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(key, counter))


def test_someone_with_a_place_logs_in_by_code_and_finds_it(either_visitor):
    register(make_social(), AMARA)

    log_in_by_code(either_visitor)

    assert either_visitor.heading == "Your places"
    either_visitor.follow("Being better allies")
    assert either_visitor.heading == "Your place is saved"


def test_an_organiser_is_led_to_their_work(visitor):
    make_organiser(make_community(), email=AMARA)

    log_in_by_code(visitor)

    assert visitor.path == "/organise/"


def test_a_page_for_people_who_are_logged_in_is_shown_afterwards(either_visitor):
    make_person(AMARA)

    either_visitor.open("/profile/")
    assert either_visitor.heading == "Log in"
    either_visitor.write("Your email address", AMARA)
    either_visitor.press("Send me a code")
    either_visitor.write("Code from the mail", newest_letter_to(AMARA, CODE).code())
    either_visitor.press("Log in")

    assert either_visitor.heading == "Your profile"


def test_a_wrong_code_is_said_so_and_a_new_one_sent(either_visitor):
    make_person(AMARA)
    ask_for_code(either_visitor)

    either_visitor.write("Code from the mail", "1234-5678")
    either_visitor.press("Log in")
    assert either_visitor.problems_named() == [
        "That code does not match. Look for the newest one and enter it again."
    ]
    either_visitor.press("Send a new code")
    either_visitor.write("Code from the mail", newest_letter_to(AMARA, CODE).code())
    either_visitor.press("Log in")

    assert either_visitor.heading == "Your places"


def test_an_unknown_address_meets_the_same_page_and_a_mail_that_explains(new_visitor):
    make_person(AMARA)
    known, unknown = new_visitor(), new_visitor()

    ask_for_code(known)
    ask_for_code(unknown, "nobody@example.org")

    assert unknown.text == known.text.replace(AMARA, "nobody@example.org")
    assert letters_about("nobody@example.org") == ["Logging in with this address"]


def test_a_passkey_is_set_up_and_then_enough_to_log_in(visitor):
    make_person(AMARA)
    give_it_a_passkey(visitor)
    log_in_by_code(visitor)

    visitor.open("/profile/")
    visitor.follow("Signing in safely")
    visitor.follow("Add a key")
    visitor.write("Name of this key", "My phone")
    visitor.press("Add this key")
    visitor.open("/accounts/2fa/webauthn/")
    visitor.sees("My phone", "Passkey")
    visitor.open("/profile/")
    visitor.press("Log out")
    visitor.follow("Log in")
    visitor.press("Log in with a passkey")

    assert visitor.heading == "Your places"
    assert CHANGED in letters_about(AMARA)


def test_an_app_becomes_the_second_step_and_recovery_codes_save_the_day(either_visitor):
    make_person(AMARA)
    log_in_by_code(either_visitor)

    either_visitor.open("/accounts/2fa/")
    either_visitor.follow("Set up the app")
    key = either_visitor.field("Key").input_value()
    either_visitor.write("Code from the app", code_of_app(key))
    either_visitor.press("Use this app")
    recovery = either_visitor.page.locator(".codes code").first.inner_text()
    either_visitor.open("/profile/")
    either_visitor.press("Log out")
    log_in_by_code(either_visitor)
    assert either_visitor.heading == "Your second step"
    either_visitor.write("Code", recovery)
    either_visitor.press("Log in")

    assert either_visitor.heading == "Your places"


def test_a_profile_is_kept_and_fills_in_the_next_form(either_visitor):
    make_social()
    either_visitor.sign_in(make_person(AMARA))

    either_visitor.open("/profile/")
    either_visitor.write("Your name", "")
    either_visitor.press("Save")
    assert either_visitor.problems_named() == ["Enter the name you would like us to use"]
    either_visitor.write("Your name", "Amara 🌻")
    either_visitor.write("Your pronouns", "she/her")
    either_visitor.choose("Your time zone", "New York")
    either_visitor.press("Save")

    either_visitor.open("/events/being-better-allies/")
    either_visitor.sees("in New York")
    either_visitor.follow("Save my place", within="aside")
    assert either_visitor.field("Your name").input_value() == "Amara 🌻"
    assert either_visitor.field("Email address").input_value() == AMARA


def test_an_address_is_changed_with_a_code_to_the_new_one(either_visitor):
    make_person(AMARA)
    log_in_by_code(either_visitor)

    either_visitor.open("/accounts/email/")
    either_visitor.write("New email address", "amara@home.example")
    either_visitor.press("Change my address")
    code = newest_letter_to("amara@home.example", "Confirm your address").code()
    either_visitor.write("Code from the mail", code)
    either_visitor.press("Confirm my address")

    either_visitor.open("/profile/")
    either_visitor.sees("amara@home.example")
