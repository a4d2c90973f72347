"""A-7, 3 and 5, and U3: a pledge is made behind the second link, shared, answered about, and taken back for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.actions import check_ins
from learning.models import CheckIn, Pledge
from tests.browser.community import make_community
from tests.browser.inbox import newest_letter_to
from tests.factories import make_event, make_organiser, register
from tests.learning.factories import offer_pledges, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMARA, IMANI = "amara@example.org", "imani@example.org"
VOW = "For the next 12 months I will …"
WORDS = "say something in the meeting, not after it"


def have_it_opened(visitor) -> None:
    visitor.press("Send me a link")
    visitor.open(newest_letter_to(AMARA, "The link you asked for").link("Open my page"))
    visitor.press("Open it here")


def test_a_pledge_from_the_first_word_to_taking_it_back(site, either_visitor, new_visitor):
    group = make_community()
    imani = make_organiser(group, email=IMANI, name="Imani")
    event = make_event(group=group, title="Inclusive Allyship", dates=4, starts_in=timedelta(days=-20))
    amara = register(offer_pledges(event), AMARA, name="Amara")
    hers, theirs = either_visitor, new_visitor().sign_in(imani)

    hers.open(amara.get_absolute_url())
    hers.follow("Write it: Your pledge")
    have_it_opened(hers)
    hers.press("Make my pledge")
    assert "Write what you will do" in hers.text
    hers.write(VOW, WORDS)
    hers.tick("Everybody")
    hers.tick("The organisers, for their news")
    hers.page.set_input_files(
        "#id_upload", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    )
    hers.press("Make my pledge")
    assert "Say in a sentence what can be seen in the picture" in hers.text
    hers.page.set_input_files(
        "#id_upload", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    )
    hers.write("What can be seen in it?", "A knot in a handkerchief")
    hers.tick("After 3 months")
    hers.press("Make my pledge")
    hers.sees("Your pledge is made.", "Everybody, until the end of")

    theirs.open(f"/organise/events/{event.slug}/learning/")
    theirs.follow("Look after pledges")
    theirs.sees("Fewer than five people have made a pledge.", WORDS)
    theirs.follow(f"Note where it was used: I will {WORDS}")
    theirs.write("Where was it used?", "Staff news of March")
    theirs.press("Note it")

    hers.open(event.get_absolute_url())
    hers.follow("What people have pledged")
    hers.sees(WORDS)
    hers.follow("As a list")
    hers.sees(WORDS)

    CheckIn.objects.update(due_on=timezone.localdate())
    check_ins.ask_due()
    hers.open(newest_letter_to(AMARA, "How does it go?").link("Say how it goes"))
    hers.tick("Stuck")
    hers.write("What would help?", "A buddy")
    hers.press("Send")
    hers.sees("We have your answer.")

    hers.follow("Open your pledge")
    hers.follow("Take the whole pledge back")
    hers.press("Take it back")
    hers.sees("Your pledge is taken back, and deleted.")
    assert not Pledge.objects.exists()
    theirs.open(newest_letter_to(IMANI, "Please take something out").link("Pledges of this event"))
    theirs.sees("Staff news of March")
    assert WORDS not in theirs.text
    theirs.press("It is taken out: Staff news of March")
    theirs.sees("The note of it is deleted.")
