"""A-5 U6: something hurtful happens, and somebody tells. With and without JavaScript, and by keyboard alone."""

import pytest
from django.core import mail

from concerns.models import Concern
from tests.browser.community import make_community, make_social
from tests.browser.inbox import newest_letter_to
from tests.factories import make_named_contact, make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DANI, AMARA = "dani@example.org", "amara@example.org"
NEWS = "There is something new to read"
WORDS = "In room 3 somebody laughed at how I speak."


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture
def contact(group, new_visitor):
    return new_visitor().sign_in(make_named_contact(group, email=DANI, name="Dani"))


def code_on(visitor) -> str:
    return visitor.page.locator(".private-code").inner_text()


def come_back(visitor, code: str) -> None:
    visitor.follow("I told someone")
    visitor.write("Your private code", code.lower())
    visitor.press("Show it")


def test_somebody_tells_from_the_event_and_reads_the_answer(group, contact, either_visitor):
    event = make_social(group)
    either_visitor.open(event.get_absolute_url())
    either_visitor.follow("Something is wrong? Tell someone")
    either_visitor.sees("Dani", "This is about Being better allies", "call 999", "You need not say")
    either_visitor.press("Tell them")
    assert either_visitor.problems_named() == ["Write what happened, in a few words if you like"]
    either_visitor.write("What happened?", WORDS)
    either_visitor.press("Tell them")
    either_visitor.sees("Thank you for telling us", "Write it down")
    code = code_on(either_visitor)
    assert code not in either_visitor.page.url
    come_back(either_visitor, code)
    either_visitor.sees(WORDS, "Nobody has opened it yet.", "Can open it: Dani.")

    contact.open(newest_letter_to(DANI, NEWS).link("What people told you"))
    contact.go(contact.page.locator("main a", has_text="Somebody told us"))
    contact.sees("About Being better allies", "This is covered.")
    assert WORDS not in contact.text
    contact.press("Open")
    contact.sees(WORDS, "Whoever told sees the same list")
    contact.write("Your answer", "I am sorry. May I speak with the host?")
    contact.press("Send the answer")
    contact.sees("Your answer is there for whoever has the code.")

    either_visitor.press("Look for news")
    either_visitor.sees("I am sorry. May I speak with the host?", "It is being looked after.")
    either_visitor.write("Add something", "Yes, please.")
    either_visitor.press("Add it")
    either_visitor.sees("Added.", "Yes, please.", "Nobody has opened yet what you added last.")

    contact.open(f"/organise/groups/{group.slug}/concerns/")
    contact.go(contact.page.locator("main a", has_text="Somebody told us"))
    assert "Yes, please." not in contact.text
    contact.press("Open")
    contact.press("Close it")
    contact.sees("Closed on", "It is deleted on")
    either_visitor.press("Look for news")
    either_visitor.sees("If you add something, it opens again.")
    assert not [m for m in mail.outbox if "room 3" in m.body or code in m.body or "host" in m.subject]


def test_the_code_page_loaded_again_shows_the_same_code_and_tells_nothing_twice(
    group, contact, either_visitor
):
    either_visitor.open(f"/groups/{group.slug}/tell-someone/")
    either_visitor.write("What happened?", WORDS)
    either_visitor.press("Tell them")
    first = code_on(either_visitor)

    either_visitor.page.reload()

    either_visitor.check()
    assert code_on(either_visitor) == first
    assert Concern.objects.count() == 1


def test_telling_works_by_keyboard_alone(group, contact, new_visitor):
    visitor = new_visitor()
    visitor.open(f"/groups/{group.slug}/tell-someone/")
    visitor.tab_to("What happened?")
    visitor.type(WORDS)
    visitor.tab_to("Tell them")
    visitor.key("Enter")

    code = code_on(visitor)
    visitor.tab_to("the page for codes")
    visitor.key("Enter")
    visitor.tab_to("Your private code")
    visitor.type(code.replace("-", ""))
    visitor.key("Enter")

    visitor.sees(WORDS)


def test_the_wrong_code_says_so_and_keeps_what_was_typed(group, contact, either_visitor):
    either_visitor.open("/concerns/")
    either_visitor.write("Your private code", "CCCC CCCC CCCC CCCC")
    either_visitor.press("Show it")

    assert either_visitor.problems_named() == [
        "Nothing is kept under this code. Look again at what you wrote down"
    ]
    assert either_visitor.field("Your private code").input_value() == "CCCC CCCC CCCC CCCC"


def test_own_page_and_door_lead_there_too(group, contact, either_visitor):
    event = make_social(group)
    registration = register(event, AMARA, name="Amara")

    for address, link in (
        (registration.get_absolute_url(), "Something is wrong? Tell someone"),
        (f"/join/{registration.join_token}/", "Tell someone in confidence"),
    ):
        either_visitor.open(address)
        either_visitor.follow(link)
        either_visitor.sees("This is about Being better allies")
        assert "Amara" not in either_visitor.text


def test_an_organiser_makes_somebody_the_named_contact(group, new_visitor, either_visitor):
    ruth = new_visitor().sign_in(make_organiser(group, name="Ruth"))
    either_visitor.open(f"/groups/{group.slug}/tell-someone/")
    either_visitor.sees("has nobody yet who can be told here")
    ruth.open(f"/organise/groups/{group.slug}/members/")
    ruth.sees("Nobody can be told in confidence when something is wrong.")
    ruth.write("Their email address", DANI)
    ruth.tick("Named contact")
    ruth.press("Send the invitation")

    dani = new_visitor(scripts=False)
    dani.open(newest_letter_to(DANI, "An invitation").link("The invitation"))
    dani.sees("Your name stands on the page where people do so.")
    dani.write("Your name", "Dani")
    dani.press("Yes, I will")

    either_visitor.open(f"/groups/{group.slug}/tell-someone/")
    either_visitor.sees("Dani", "What happened?")
