"""O-1: an administrator sets the hub up, makes groups, and knows whether everything works."""

import pytest

from people.actions import faults
from people.models import Group, Membership, Person
from tests.browser.community import make_community, make_social
from tests.browser.inbox import letters_about, newest_letter_to
from tests.factories import make_access_lead, make_organiser, make_person, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEEPER, RUTH, SAM = "keeper@example.org", "ruth@example.org", "sam@example.org"


@pytest.fixture
def keeper(visitor):
    return visitor.sign_in(make_person(KEEPER, is_staff=True, is_superuser=True))


def test_the_first_hour(plain_visitor):
    keeper = plain_visitor.sign_in(make_person(KEEPER, is_staff=True, is_superuser=True))
    keeper.open("/organise/hub/")

    keeper.follow("Change (Your community)")
    keeper.write("Name", "")
    keeper.press("Save")
    assert keeper.problems_named() == ["Enter the name of your community"]
    keeper.write("Name", "Derby Allies")
    keeper.write("One line about it", "Many pieces, one cloth")
    keeper.press("Save")
    keeper.follow("Change (Guiding values)")
    keeper.write("Guiding values", "We listen first.")
    keeper.press("Save")
    keeper.follow("Change (Access: whom to ask, what is always in place)")
    keeper.write("Always in place", "Captions switched on\nA break every 50 minutes")
    keeper.press("Save")
    keeper.follow("Change (Access: what we can offer)")
    keeper.choose("What you can offer", "British Sign Language (BSL) interpreter")
    keeper.press("Save")
    assert keeper.problems_named() == ["Enter how many working days you need, or 0"]
    keeper.write("Working days needed", "10")
    keeper.press("Save")

    keeper.open("/access/")
    keeper.sees("A break every 50 minutes", "British Sign Language (BSL) interpreter", "10 working days")
    keeper.open("/values/")
    keeper.sees("We listen first.")


def test_a_page_to_learn_from_is_written_and_read(plain_visitor):
    keeper = plain_visitor.sign_in(make_person(KEEPER, is_staff=True, is_superuser=True))
    keeper.open("/organise/hub/pages/")
    keeper.follow("Write a page")
    keeper.write("Title", "What allyship is")
    keeper.write("Text", "## In short\n\nDoing, not being.")
    keeper.tick("Everyone can read it")
    keeper.press("Save")

    keeper.follow("Learn")
    keeper.follow("What allyship is")
    keeper.sees("In short", "Doing, not being.")
    keeper.open("/pages/")  # where it stood before
    keeper.follow("What allyship is")


def test_a_group_is_asked_for_and_made(new_visitor, keeper):
    ruth = new_visitor()
    ruth.open("/groups/")
    ruth.follow("Organise with us: ask for a group")
    ruth.write("Your email address", RUTH)
    ruth.press("Send me a code")
    ruth.write("Code from the email", newest_letter_to(RUTH, "Your code to ask for a group").code())
    ruth.press("Go on")
    ruth.write("Name of the group", "Solidarity Socials")
    ruth.write("About the group", "We meet and talk.")
    ruth.write("What would you like to organise here?", "Socials.")
    ruth.press("Ask for this group")
    ruth.sees("We have your request", RUTH)

    keeper.open(newest_letter_to(KEEPER, "Somebody asks for a group").link("Groups waiting for an answer"))
    keeper.follow("Solidarity Socials")
    keeper.tick("Not now")
    keeper.press("Send this answer")
    assert keeper.problems_named() == ["Write a few kind words about why"]
    keeper.tick("Yes, make this group")
    keeper.press("Send this answer")

    ruth.sign_in(Person.objects.get(email=RUTH))
    ruth.open(newest_letter_to(RUTH, "Your group").link("Solidarity Socials"))
    ruth.follow("New event", within="main")


def test_a_group_is_started_for_somebody_who_is_invited(new_visitor, keeper):
    keeper.open("/organise/hub/groups/")
    keeper.follow("Start a group")
    keeper.write("Name of the group", "Inclusive Allyship")
    keeper.write("Contact address", "programme@example.org")
    keeper.write("Who will organise it?", RUTH)
    keeper.press("Start the group")

    ruth = new_visitor()
    ruth.open(newest_letter_to(RUTH, "An invitation").link("The invitation"))
    ruth.press("Yes, I will")
    assert ruth.problems_named() == ["Enter the name you would like us to use"]
    ruth.write("Your name", "Ruth")
    ruth.press("Yes, I will")
    if "Code from the email" not in ruth.text:
        ruth.press("Send me a code")
    ruth.write("Code from the email", newest_letter_to(RUTH, "Your code to log in").code())
    ruth.press("Log in")

    assert Membership.objects.get().person.email == RUTH


def test_members_come_change_and_go(new_visitor):
    group = make_community()
    ruth = new_visitor().sign_in(make_organiser(group, email=RUTH, name="Ruth"))
    for name in ("Vanessa", "Mo"):
        make_access_lead(group, name=name)
    ruth.open(f"/organise/groups/{group.slug}/members/")

    ruth.write("Their email address", SAM)
    ruth.tick("Access lead")
    ruth.press("Send the invitation")
    ruth.sees(SAM)
    ruth.press(f"Withdraw ({SAM})")
    ruth.follow("End this role (Access lead, Vanessa)")
    ruth.press("End this role")
    ruth.sees("Mo")
    # The last one stays until there is another: somebody has to be able to read what people need.
    ruth.follow("End this role (Access lead, Mo)")
    ruth.sees("Invite somebody else first")

    assert letters_about(SAM) == []
    left = Membership.objects.filter(role=Membership.Role.ACCESS_LEAD)
    assert [membership.person.name for membership in left] == ["Mo"]


def test_a_group_says_who_it_is(new_visitor):
    group = make_community()
    ruth = new_visitor().sign_in(make_organiser(group))

    ruth.open(f"/organise/groups/{group.slug}/settings/")
    ruth.write("About the group", "We meet and **talk**.")
    ruth.press("Save")

    assert Group.objects.get().about == "We meet and **talk**."


def test_whether_everything_works_is_on_one_page(keeper):
    keeper.open("/organise/working/")
    keeper.sees("Clock: fine", "Email: fine", "Backup: to do")
    keeper.press("Send me a test email")

    assert letters_about(KEEPER) == ["A test"]


def test_what_went_wrong_is_on_that_page_and_in_a_mail(keeper):
    faults.note(ZeroDivisionError(), "events:event")
    faults.tell_administrators()

    keeper.open("/organise/working/")

    keeper.sees("Errors: not working", "ZeroDivisionError in events:event, once")
    assert letters_about(KEEPER) == ["Something went wrong inside of the hub"]


def test_a_name_that_looks_like_the_organisers_is_shown_to_them(new_visitor):
    event = make_social()
    register(event, name="Ruth P\N{CYRILLIC SMALL LETTER A}ramor")
    ruth = new_visitor().sign_in(make_organiser(event.group, name="Ruth Paramor"))

    ruth.open(f"/organise/events/{event.slug}/registrations/")
    ruth.sees("Whose name?")
    ruth.follow("Ruth P\N{CYRILLIC SMALL LETTER A}ramor")

    ruth.sees("This name looks like that of Ruth Paramor")


def test_django_s_admin_opens_for_administrators(keeper):
    """Its pages are Django's own and are not checked; that our rules let them work is."""
    keeper.page.route(
        "**/favicon.ico", lambda route: route.fulfill(status=204)
    )  # asked for by Django's pages
    keeper.page.goto(f"{keeper.site}/admin/people/person/")

    assert keeper.page.get_by_role("link", name=KEEPER).is_visible()
    assert keeper.troubles == []
