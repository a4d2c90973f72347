"""A-6, A-7 and D-7, as sources 002 to 004 tell of it: from a page to learn from, through four dates and what lies between
them, to the certificate and to how it goes three months later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from allyhub import clock
from events.models import Event, Registration
from learning.models import LearningPlan
from people.models import Person
from tests import factories
from tests.browser.community import LONDON, make_community
from tests.browser.inbox import letters_to
from tests.browser.visitor import Visitor
from tests.factories import come, make_event, make_organiser, make_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA, BO = "amara@example.org", "bo@example.org"
DOOR = "My first manager knew my uncle."
VOW = "say something in the meeting, not after it"
DATES = {
    7: "Welcome to allies",
    15: "Courage when it is uncomfortable",
    31: "Inclusive language",
    35: "Final session",
}


@pytest.fixture
def ruth(site) -> Person:
    return make_organiser(make_community(), email="ruth@example.org", name="Ruth")


@pytest.fixture
def programme(ruth) -> Event:
    """A draft of four dates from a week from now on; who was not at one can catch up on it, and all four complete it."""
    rules = {"missed_date": "catch_up", "catch_up_task": "Read the summary.", "dates_to_complete": 4}
    event = make_event(
        group=ruth.memberships.get().group,
        title="Inclusive Allyship",
        slug="allyship",
        kind="programme",
        dates=0,
        state=Event.State.DRAFT,
        join_address="https://meeting.example/j/845",
        **rules,
    )
    for days, title in DATES.items():
        make_session(event, on_day(days), hours=1, title=title)
    LearningPlan.objects.create(
        event=event, has_pledges=True, asks_pledge=True, about="What allies leave to others"
    )
    return event


def on_day(days: int) -> datetime:
    return datetime.combine(timezone.localdate(timezone=LONDON) + timedelta(days=days), time(11), LONDON)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Some hours after a date, when the clock has gone round."""
    with time_machine.travel(moment + timedelta(hours=3)):
        clock.run_all()
        yield


def follow_in_letter(visitor: Visitor, heading: str, link: str) -> None:
    """Other emails may have come after it."""
    letters = [letter for letter in letters_to(AMARA) if letter.heading == heading]
    visitor.open(letters[-1].link(link))


def open_by_mail(visitor: Visitor) -> None:
    visitor.press("Send me a link")
    follow_in_letter(visitor, "The link you asked for", "Open my page")
    visitor.press("Open it here")


def take_part(event: Event, email: str, *numbers: int) -> None:
    registration = Registration.objects.get(email=email)
    for number in numbers:
        come(registration, event.sessions.get(number=number))


def test_from_a_page_to_the_certificate_and_on(ruth, programme, either_visitor, new_visitor):
    organiser, amara, days = new_visitor().sign_in(ruth), either_visitor, [on_day(day) for day in DATES]

    organiser.open(f"/organise/events/{programme.slug}/learning/")
    organiser.follow("Make a workbook")
    organiser.follow("Where I come from in this")
    organiser.tick("Welcome to allies")
    organiser.press("Add")
    organiser.open(f"/organise/events/{programme.slug}/")
    organiser.follow("Publish it")
    organiser.press("Publish now")
    organiser.sees("Published. Everyone can see the event now.")
    write_a_page(organiser, programme)
    register(amara, programme)
    factories.register(programme, BO)

    with moved_to(days[0]):
        take_part(programme, AMARA, 1)
        write_in_the_workbook(amara)
    take_part(programme, BO, 2)
    with moved_to(days[1] + timedelta(days=2)):
        catch_up(amara)
    with moved_to(days[3]):
        take_part(programme, AMARA, 3, 4)
        pledge(amara)
    with moved_to(days[3] + timedelta(days=8)):
        graduate(amara, new_visitor)
    with moved_to(days[3] + timedelta(days=100)):
        follow_in_letter(amara, "How does it go?", "Say how it goes")
        amara.tick("Kept")
        amara.press("Send")
        amara.sees("We have your answer.")


def write_a_page(organiser: Visitor, event: Event) -> None:
    """Source 004: what it is about, for whoever does not come."""
    organiser.open(f"/organise/groups/{event.group.slug}/learn/")
    organiser.follow("Write a page")
    organiser.write("Title", "What is allyship?")
    organiser.write("In one or two sentences", "Standing beside people who are treated unfairly.")
    organiser.write(
        "Text", "## Listen first\n\nMake room, and leave it empty.\n\n## Use what you have\n\nPass it on."
    )
    organiser.tick(event.title)
    organiser.press("Save and look at it")
    organiser.follow("Go on writing")
    organiser.press("Publish it")


def register(amara: Visitor, event: Event) -> None:
    """Sources 002 and 003: from the page to the programme, where all four dates are said yes to."""
    amara.open("/learn/")
    amara.follow("What is allyship?")
    amara.follow(event.title)
    amara.follow("Save my place", within="aside")
    for date in amara.page.get_by_label("I can come").all():
        date.check()
    amara.write("Your name", "Amara")
    amara.write("Your email address", AMARA)
    amara.tick("I will keep to the guiding values")
    amara.press("Save my place")
    follow_in_letter(amara, "Please confirm your place", "Keep my place")
    amara.press("Yes, keep my place")


def write_in_the_workbook(amara: Visitor) -> None:
    """A-6 with U1: she comes back to what she has written, on another day and with the link from the email alone."""
    follow_in_letter(amara, "Your space for reflection", "Open my workbook")
    amara.sees("Only you can read this")
    amara.follow("Open my workbook here")
    open_by_mail(amara)
    amara.go(amara.page.get_by_role("link", name="Where I come from in this"))
    amara.write("When did a door open for me", DOOR)
    amara.press("Save and leave")
    amara.follow("Read it again, or go on writing: Where I come from in this")
    assert amara.field("When did a door open for me").input_value() == DOOR
    amara.follow("Not today")
    amara.forget_everything()
    amara.open(Registration.objects.get(email=AMARA).get_absolute_url())
    assert DOOR not in amara.text


def catch_up(amara: Visitor) -> None:
    """U4: she was not there on the second date, keeps her place, and makes up for it in writing."""
    amara.open(Registration.objects.get(email=AMARA).get_absolute_url())
    amara.sees("That happens.")
    amara.tick("Read and write")
    amara.press("That’s my way")
    amara.press(f"I have caught up: {day_of(2)}")
    amara.sees("You have caught up on this date. Thank you.")


def day_of(number: int) -> str:
    starts_at = Event.objects.get().sessions.get(number=number).starts_at.astimezone(LONDON)
    return f"{starts_at:%A} {starts_at.day} {starts_at:%B}"


def pledge(amara: Visitor) -> None:
    amara.open(Registration.objects.get(email=AMARA).get_absolute_url())
    amara.follow("Write it: Your pledge")
    open_by_mail(amara)
    amara.write("For the next 12 months I will …", VOW)
    amara.tick("After 3 months")
    amara.press("Make my pledge")
    amara.sees("Your pledge is made.")


def graduate(amara: Visitor, new_visitor) -> None:
    """U5: the certificate says what is true; a stranger who is shown it hears yes or no."""
    follow_in_letter(amara, "You have completed it", "My certificate")
    assert amara.heading == "has completed Inclusive Allyship"
    amara.sees(
        "Amara", "What allies leave to others", "3 of 4 dates", f"Caught up on afterwards: {day_of(2)}"
    )
    code = amara.page.locator(".cert__code").inner_text()
    stranger = new_visitor(scripts=False)
    stranger.open("/check/")
    for name, answer in {
        "Amara": "Yes. This certificate is real.",
        "Ruth": "No. We know no certificate",
    }.items():
        stranger.write("Name on the certificate", name)
        stranger.write("Check code", code)
        stranger.press("Check")
        stranger.sees(answer)
