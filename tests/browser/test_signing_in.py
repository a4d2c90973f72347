"""Logging in without a password: by a code in a mail, by passkey, with an app as second step; and one's profile."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone

from people.actions import second_step_asks, second_step_resets
from people.models import Person, SecondStepReset
from tests.browser.community import make_community, make_social
from tests.browser.inbox import letters_about, newest_letter_to
from tests.browser.visitor import Visitor
from tests.factories import make_access_lead, make_organiser, make_person, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA = "amara@example.org"
ASKED = "Somebody asks to reset your second step"
CODE, CHANGED = "Your code to log in", "A change to how you log in"


def ask_for_code(visitor: Visitor, email: str = AMARA) -> None:
    visitor.open("/")
    visitor.follow("Log in")
    visitor.write("Your email address", email)
    visitor.press("Send me a code")


def log_in_by_code(visitor: Visitor, email: str = AMARA) -> None:
    ask_for_code(visitor, email)
    visitor.write("Code from the email", newest_letter_to(email, CODE).code())
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


def add_passkey(visitor: Visitor, name: str) -> None:
    visitor.open("/accounts/2fa/webauthn/add/")
    visitor.write("Name of this key", name)
    visitor.press("Add this key")


def add_app(visitor: Visitor) -> str:
    """Returns the key that an app on a phone would keep."""
    visitor.open("/accounts/2fa/totp/activate/")
    key = visitor.field("Key").input_value()
    visitor.write("Code from the app", code_of_app(key))
    visitor.press("Use this app")
    return key


def code_of_app(key: str, *, next_one: bool = False) -> str:
    """What the app shows now, or in half a minute: no code is taken twice."""
    _before, now, then = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(key, then if next_one else now))


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


def test_a_page_for_people_who_are_logged_in_is_shown_afterwards(plain_visitor, settings):
    make_person(AMARA)

    plain_visitor.open("/profile/")
    enter_address_and_code(plain_visitor)
    assert plain_visitor.heading == "Your profile"

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    plain_visitor.follow("Change your email address")
    assert plain_visitor.heading == "Log in once more"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
    plain_visitor.press("Log out and in again")
    enter_address_and_code(plain_visitor)
    assert plain_visitor.path == "/accounts/email/"


def enter_address_and_code(visitor) -> None:
    assert visitor.heading == "Log in"
    visitor.write("Your email address", AMARA)
    visitor.press("Send me a code")
    visitor.write("Code from the email", newest_letter_to(AMARA, CODE).code())
    visitor.press("Log in")


def test_a_wrong_code_is_said_so_and_a_new_one_sent(plain_visitor):
    make_person(AMARA)
    ask_for_code(plain_visitor)

    plain_visitor.write("Code from the email", "1234-5678")
    plain_visitor.press("Log in")
    assert plain_visitor.problems_named() == [
        "That code does not match. Look for the newest one and enter it again."
    ]
    plain_visitor.press("Send a new code")
    plain_visitor.write("Code from the email", newest_letter_to(AMARA, CODE).code())
    plain_visitor.press("Log in")

    assert plain_visitor.heading == "Your places"


def test_an_unknown_address_meets_the_same_page_and_a_mail_that_explains(new_visitor):
    make_person(AMARA)
    known, unknown = new_visitor(), new_visitor()

    ask_for_code(known)
    ask_for_code(unknown, "nobody@example.org")

    assert unknown.text == known.text.replace(AMARA, "nobody@example.org")
    assert letters_about("nobody@example.org") == ["Logging in with this address"]


def test_a_passkey_is_set_up_and_then_enough_to_log_in_and_to_read_in_confidence(visitor):
    make_access_lead(make_community(), email=AMARA)
    give_it_a_passkey(visitor)
    log_in_by_code(visitor)

    visitor.open("/profile/")
    visitor.follow("Signing in safely")
    visitor.follow("Add a key")
    add_passkey(visitor, "My phone")
    visitor.open("/accounts/2fa/webauthn/")
    visitor.sees("My phone", "Passkey")
    visitor.open("/profile/")
    visitor.press("Log out")
    visitor.follow("Log in")
    visitor.press("Log in with a passkey")
    assert visitor.path == "/organise/"
    visitor.open("/organise/access/")

    assert visitor.path == "/organise/access/"
    assert CHANGED in letters_about(AMARA)


def test_a_passkey_is_renamed_used_to_show_who_one_is_and_removed(visitor, settings):
    make_person(AMARA)
    give_it_a_passkey(visitor)
    log_in_by_code(visitor)
    add_passkey(visitor, "My phone")

    visitor.open("/accounts/2fa/webauthn/")
    visitor.follow("Rename My phone")
    visitor.write("Name of this key", "")
    visitor.press("Save the name")
    assert visitor.problems_named() == ["Enter a name for this key"]
    visitor.write("Name of this key", "My old phone")
    visitor.press("Save the name")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    visitor.follow("Remove My old phone")
    assert visitor.heading == "Is it still you?"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
    visitor.press("Use a passkey or security key")
    visitor.press("Remove this key")

    visitor.open("/accounts/2fa/webauthn/")
    visitor.sees("You have no key yet.")


def test_recovery_codes_are_made_again_and_the_app_is_put_away(plain_visitor, settings):
    make_person(AMARA)
    log_in_by_code(plain_visitor)
    key = add_app(plain_visitor)

    plain_visitor.open("/accounts/2fa/recovery-codes/")
    plain_visitor.sees("You have 10 codes left.")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    plain_visitor.follow("Make new codes")
    assert plain_visitor.heading == "Is it still you?"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
    plain_visitor.write("Code", code_of_app(key, next_one=True))
    plain_visitor.press("Go on")
    plain_visitor.press("Make new codes")
    plain_visitor.sees("We show them only this once.")
    plain_visitor.follow("I have written them down")
    plain_visitor.follow("Stop using the app")
    plain_visitor.press("Stop using the app")

    assert CHANGED in letters_about(AMARA)


def test_there_are_no_passwords(visitor):
    visitor.open("/accounts/password/reset/")

    assert visitor.heading == "Log in"
    visitor.sees("There are no passwords here.")


def test_an_app_becomes_the_second_step_and_recovery_codes_save_the_day(plain_visitor):
    make_person(AMARA)
    log_in_by_code(plain_visitor)

    plain_visitor.open("/accounts/2fa/")
    plain_visitor.follow("Set up the app")
    add_app(plain_visitor)
    recovery = plain_visitor.page.locator(".codes code").first.inner_text()
    plain_visitor.open("/profile/")
    plain_visitor.press("Log out")
    log_in_by_code(plain_visitor)
    assert plain_visitor.heading == "Your second step"
    plain_visitor.write("Code", recovery)
    plain_visitor.press("Log in")

    assert plain_visitor.heading == "Your places"


def test_a_profile_is_kept_and_fills_in_the_next_form(plain_visitor):
    make_social()
    plain_visitor.sign_in(make_person(AMARA))

    plain_visitor.open("/profile/")
    plain_visitor.write("Your name", "")
    plain_visitor.press("Save")
    assert plain_visitor.problems_named() == ["Enter the name you would like us to use"]
    plain_visitor.write("Your name", "Amara 🌻")
    plain_visitor.write("Your pronouns", "she/her")
    plain_visitor.choose("Your time zone", "New York")
    plain_visitor.press("Save")

    plain_visitor.open("/events/being-better-allies/")
    plain_visitor.sees("in New York")
    plain_visitor.follow("Save my place", within="aside")
    assert plain_visitor.field("Your name").input_value() == "Amara 🌻"
    assert plain_visitor.field("Your email address").input_value() == AMARA

    plain_visitor.open("/profile/")
    plain_visitor.follow("What you carried: rooms you hosted, and where you helped")
    plain_visitor.press("Yes, ask me again")
    plain_visitor.sees("once a month at most")
    plain_visitor.press("Ask me no more")
    plain_visitor.sees("We ask you no more")


def test_an_address_is_changed_with_a_code_to_the_new_one(plain_visitor):
    make_person(AMARA)
    log_in_by_code(plain_visitor)

    plain_visitor.open("/accounts/email/")
    plain_visitor.write("New email address", "amara@home.example")
    plain_visitor.press("Change my address")
    code = newest_letter_to("amara@home.example", "Confirm your address").code()
    plain_visitor.write("Code from the email", code)
    plain_visitor.press("Confirm my address")

    plain_visitor.open("/profile/")
    plain_visitor.sees("amara@home.example")


def test_a_lost_second_step_is_reset_a_day_after_another_asked_unless_its_owner_stops_it(
    either_visitor, new_visitor
):
    group = make_community()
    ruth, dani = make_organiser(group, name="Ruth"), make_access_lead(group, name="Dani", email=AMARA)
    TOTP.activate(dani, "A" * 32)
    second_step_asks.ask_due()
    Person.objects.update(second_step_asked_at=timezone.now() - timedelta(days=8))
    at_ruths = new_visitor(scripts=either_visitor.scripts).sign_in(ruth)
    Client().force_login(dani)

    ask_for_reset(at_ruths)
    at_ruths.sees("It will be reset on")
    either_visitor.open(newest_letter_to(AMARA, ASKED).link("This was not me: stop it"))
    either_visitor.press("This was not me: stop it")
    assert either_visitor.heading == "It is stopped"
    ask_for_reset(at_ruths)
    SecondStepReset.objects.update(asked_at=timezone.now() - SecondStepReset.NOTICE)
    second_step_resets.carry_out_due()

    log_in_by_code(either_visitor)
    either_visitor.open("/organise/access/", status=403)
    assert either_visitor.heading == "First a second step"
    either_visitor.follow("Set up the app")
    key = either_visitor.field("Key").input_value()
    either_visitor.write("Code from the app", code_of_app(key))
    either_visitor.press("Use this app")
    assert len(either_visitor.download("Download the codes").split()) == 10
    either_visitor.open("/organise/access/")
    assert either_visitor.heading != "First a second step"
    Client().force_login(dani)
    either_visitor.open("/profile/")
    either_visitor.press("Log out everywhere else")
    either_visitor.sees("One other device is logged out.", "Chrome on Linux", "This device")


def ask_for_reset(organiser: Visitor) -> None:
    organiser.open("/organise/groups/solidarity-socials/members/")
    organiser.follow("They have lost it (Dani)")
    organiser.press("Reset it in 24 hours")
