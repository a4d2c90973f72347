"""A-4: ask for access, on the person's side and on the access lead's. Nothing of it is in any mail."""

import pytest
from django.core import mail

from events.models import AccessRequest
from tests.browser.community import make_community, make_social
from tests.browser.inbox import letters_to, newest_letter_to
from tests.factories import make_access_lead, make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA, VANESSA = "amara@example.org", "vanessa@example.org"
NEED = "British Sign Language (BSL) interpreter"
OWN_WORDS = "I also need the slides before."
FRESH = "The link you asked for"
PHONE = {"width": 390, "height": 844}
FOR_LEADS, FOR_PERSON = "There is something new about access", "There is a message for you"


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture
def lead(group, new_visitor):
    return new_visitor().sign_in(make_access_lead(group, email=VANESSA, name="Vanessa"))


def have_it_opened(visitor) -> None:
    """On the page that says why it is not open: by a link mailed to Amara, on her phone."""
    for press in (
        lambda: visitor.press("Send me a link"),
        lambda: visitor.open(newest_letter_to(AMARA, FRESH).link("Open my page")),
        lambda: visitor.press("Open it here"),
    ):
        visitor.page.set_viewport_size(PHONE)
        press()


def unfold(visitor, group: str) -> None:
    visitor.page.locator("summary", has_text=group).click()


def nothing_of_it_was_mailed() -> bool:
    written = "".join(f"{message.subject} {message.body} {message.alternatives}" for message in mail.outbox)
    return not any(words in written for words in (NEED, "slides", "two interpreters"))


def test_a_need_is_asked_for_arranged_and_works(group, lead, either_visitor):
    """A-4 with O-7 on the other side, and U5: somebody else may read the mails."""
    event = make_social(group)
    either_visitor.open(event.get_absolute_url())
    either_visitor.follow("Tell us what you need")
    either_visitor.write("Your name", "Amara")
    either_visitor.write("Your email address", AMARA)
    consent = either_visitor.field("The access leads of this event may read what I ask for here")
    assert (consent.is_visible(), either_visitor.field(NEED).is_visible()) == (False, False)
    either_visitor.tick("Please write to me first")
    assert (consent.is_visible(), either_visitor.field(NEED).is_visible()) == (True, False)
    either_visitor.tick("Yes")
    unfold(either_visitor, "Hearing and sign")
    either_visitor.tick(NEED)
    either_visitor.write("In your own words", OWN_WORDS)
    either_visitor.tick("The access leads of this event may read what I ask for here")
    either_visitor.tick("I will keep to the guiding values")
    either_visitor.press("Save my place")
    either_visitor.open(newest_letter_to(AMARA, "Please confirm your place").link("Keep my place"))
    either_visitor.press("Yes, keep my place")
    either_visitor.sees("You told us about 2 things. Nobody has looked yet.")
    either_visitor.follow("See how it stands")
    assert either_visitor.heading == "This part is not open here"
    have_it_opened(either_visitor)
    either_visitor.sees(NEED, OWN_WORDS, "Received", "Nobody yet.")

    lead.open(newest_letter_to(VANESSA, FOR_LEADS).link("Open the access board"))
    lead.sees("One request here is covered.")
    assert NEED not in lead.text
    lead.press("Open it")
    lead.sees(NEED, OWN_WORDS, "For Amara")
    lead.follow("Answer Amara")
    lead.choose("Where it stands", "Arranged")
    lead.write("Your words to them", "We have booked two interpreters.")
    lead.press(f"Save: {NEED}")

    either_visitor.open(newest_letter_to(AMARA, FOR_PERSON).link("Read it"))
    either_visitor.sees("Arranged", "We have booked two interpreters.", "Vanessa")
    either_visitor.press(f"That works for me: {NEED}")
    either_visitor.sees("Thank you. It is noted that this works for you.")
    either_visitor.write("Your message", "Thank you so much!")
    either_visitor.press("Send")

    lead.open(f"/organise/events/{event.slug}/access/")
    lead.press("Open it")
    lead.sees("They say that it works")
    assert nothing_of_it_was_mailed()


def test_a_need_is_added_on_the_bus_two_taps_from_the_mail(group, lead, plain_visitor):
    """A-4 U1."""
    register(make_social(group), AMARA)

    plain_visitor.open(newest_letter_to(AMARA, "Your place is saved").link("My registration"))
    plain_visitor.follow("Tell us what would help")
    unfold(plain_visitor, "Reading and seeing")
    plain_visitor.tick("Large print")
    plain_visitor.write("Which size?", "18 point")
    plain_visitor.press("Save")

    assert plain_visitor.problems_named() == [
        "Tick the box to say that the access leads may read what you ask for, or ask for nothing now"
    ]
    plain_visitor.tick("The access leads of this event may read what I ask for here")
    plain_visitor.press("Save")
    plain_visitor.sees("You told us about one thing.")
    plain_visitor.follow("Add something")
    unfold(plain_visitor, "Already in place, and I rely on it")
    plain_visitor.tick("Live captions")
    plain_visitor.press("Save")
    plain_visitor.sees("You told us about 2 things.")
    assert newest_letter_to(VANESSA, FOR_LEADS)


def test_what_cannot_be_arranged_is_said_with_words_and_a_way_on(group, lead, visitor):
    """A-4 U3."""
    event = make_social(group)
    registration = register(event, AMARA, needs={"bsl": ""})

    lead.open(f"/organise/events/{event.slug}/access/{registration.access_request.pk}/")
    lead.press("Open")
    lead.choose("Where it stands", "Cannot be arranged")
    lead.press(f"Save: {NEED}")
    assert lead.problems_named() == ["Enter why, and what else might help"]
    lead.write("Your words to them", "No interpreter is free. Would live captions help?")
    lead.press(f"Save: {NEED}")

    visitor.open(newest_letter_to(AMARA, FOR_PERSON).link("Read it"))
    have_it_opened(visitor)
    visitor.sees("No interpreter is free.", "access@example.org", "nobody will ask why")
    visitor.follow("Give up my place")


def test_someone_takes_back_all_they_asked_for(group, lead, plain_visitor):
    event = make_social(group)
    registration = register(event, AMARA, needs={"bsl": "", "other": OWN_WORDS})

    plain_visitor.open(f"/registrations/{registration.token}/access/")
    have_it_opened(plain_visitor)
    plain_visitor.follow("Take it all back now")
    plain_visitor.press("Delete it")

    plain_visitor.sees("What you told us about access is deleted.")
    assert AccessRequest.objects.get().needs.count() == 0
    lead.open(f"/organise/events/{event.slug}/access/")
    lead.sees("Amara has taken back what they asked for. Its text is deleted.")


def test_an_organiser_without_the_role_finds_no_such_page(group, lead, new_visitor):
    """O-7 U6: hidden, and there is something to hide."""
    event = make_social(group)
    registration = register(event, AMARA, needs={"bsl": ""})
    organiser = new_visitor().sign_in(make_organiser(group))
    board = f"/organise/events/{event.slug}/access/"

    organiser.open(board, status=404)
    organiser.open(f"{board}{registration.access_request.pk}/", status=404)

    lead.open("/organise/access/")
    lead.follow("Being better allies")
    lead.press("Open Amara")


def test_the_person_sees_each_reading(group, lead, visitor):
    event = make_social(group)
    registration = register(event, AMARA, needs={"bsl": ""})
    page = f"/registrations/{registration.token}/access/"

    lead.open(f"/organise/events/{event.slug}/access/")
    visitor.open(page)
    have_it_opened(visitor)
    visitor.sees("Nobody yet.")
    lead.press("Open it")
    visitor.open(page)

    assert "Nobody yet." not in visitor.text
    visitor.sees("Vanessa,", NEED)
    writing = visitor.another_tab()
    writing.open(page)
    writing.write("Your message", "Could I sit at the front?")
    visitor.follow("My registration")
    visitor.press("Close it now")
    visitor.sees("You told us about one thing. Read by Vanessa,")
    while visitor.path != page.replace("access", "fresh-link"):
        visitor.go_back()
        assert NEED not in visitor.text

    writing.press("Send")
    assert writing.heading == "Nothing was done yet"
    have_it_opened(visitor)
    writing.press("Send it again")
    writing.sees("Could I sit at the front?")


def test_the_mail_for_leads_names_nobody(group, lead):
    register(make_social(group), AMARA, needs={"bsl": ""})

    (letter,) = letters_to(VANESSA)

    assert "Amara" not in letter.text
    assert nothing_of_it_was_mailed()


def test_a_long_list_of_requests_has_pages(group, lead):
    event = make_social(group)
    for number in range(21):
        register(event, f"guest{number}@example.org", needs={"auto_captions": "From the start, please."})

    lead.open(f"/organise/events/{event.slug}/access/")
    lead.press("Open all 20")
    lead.follow("Next page")
    lead.press("Open it")
    lead.sees("Page 2 of 2", "From the start, please.")
