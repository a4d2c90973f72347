"""Somebody is kept out, asks for a place all the same, and is let in: from both sides, with and without JavaScript."""

import pytest

from tests.browser.community import make_community, make_social
from tests.browser.inbox import newest_letter_to
from tests.factories import make_named_contact, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VANESSA, NADIA = "vanessa@example.org", "nadia@example.org"
WHY = "They shouted at two people in room 3, and went on when asked to stop."


def test_somebody_is_kept_out_asks_and_is_let_in(site, new_visitor, either_visitor):
    group = make_community()
    event = make_social(group)
    own = register(event, NADIA, name="Nadia")
    vanessa = new_visitor().sign_in(make_named_contact(group, email=VANESSA, name="Vanessa"))

    vanessa.open(f"/organise/groups/{group.slug}/concerns/")
    vanessa.follow("Who is kept out")
    vanessa.follow("Keep somebody out")
    vanessa.sees("What it cannot do", "under another name", "An organiser of the group can set both.")
    vanessa.press("Keep them out")
    assert vanessa.problems_named()[0] == "Enter an email address"
    vanessa.write("Their email address", "Nadia+socials@Example.org")
    vanessa.write("Why?", WHY)
    vanessa.press("Keep them out")
    vanessa.sees("It counts from now on.", "Who it is and why are covered.")
    vanessa.press("Open")
    vanessa.sees(WHY, "Opened it")

    either_visitor.open(
        newest_letter_to(NADIA, "The organisers decide about your request").link("My registration")
    )
    either_visitor.sees(
        "Your request is with the organisers", "Until then you hold no place here", "Write to"
    )
    either_visitor.open(f"/join/{own.join_token}/")
    either_visitor.sees("this page leads nowhere now")
    either_visitor.open(own.get_absolute_url())
    either_visitor.follow("Take my request back")
    either_visitor.press("Take my request back")
    either_visitor.sees("You have taken your request back")
    either_visitor.press("Ask for a place again")
    either_visitor.sees("Your request is with the organisers")
    assert "shouted" not in either_visitor.text

    vanessa.open(newest_letter_to(VANESSA, "A request waits for you").link("Who is kept out"))
    vanessa.sees("1 request waits")
    vanessa.go(vanessa.page.locator("main .tasks a"))
    vanessa.sees("Nadia, asked on")
    vanessa.press("Agree, for this event")
    vanessa.sees("Agreed, for this event.", "Agreed to a request")

    either_visitor.open(newest_letter_to(NADIA, "Your place is saved").link("My registration"))
    either_visitor.sees("Your place is saved", "Your way into the meeting")
