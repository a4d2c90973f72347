"""After the last date: the page that says it is whole, the certificate on one sheet, checking it, and the prompts."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from events.models import Registration
from learning.actions.certificate_codes import code_of
from learning.links import SPACING
from tests.browser.visitor import Visitor
from tests.factories import make_group, make_organiser
from tests.permission_world import make_graduation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nadia(running_hub: None) -> Registration:
    group = make_group("Socials", slug="socials")
    make_organiser(group, email="ruth@example.org")
    return make_graduation(group)


def test_from_a_completed_programme_to_a_certificate_that_is_checked(nadia: Registration, visitor: Visitor):
    visitor.open(nadia.get_absolute_url())
    assert visitor.heading == "It is whole. You have completed it, Nadia Rahman."

    visitor.follow("My certificate")
    printed = PdfReader(BytesIO(visitor.page.pdf(format="A4", tagged=True)))
    words = printed.pages[0].extract_text()
    assert (len(printed.pages), code_of(nadia) in words, "Back to your own page" in words) == (1, True, False)

    for name, answer in (("nadia rahman", "Yes. This certificate is real."), ("Nadia", "No. We know no")):
        visitor.open(reverse("learning:check"))
        visitor.write("Name on the certificate", name)
        visitor.write("Check code", code_of(nadia))
        visitor.press("Check")
        visitor.sees(answer)


def test_the_pages_around_it(nadia: Registration, visitor: Visitor):
    visitor.open(reverse("learning:prompts", args=[nadia.token]))
    visitor.open(reverse("learning:no_prompts", args=[nadia.token_for(SPACING)]))
    visitor.press("Stop these emails")
    visitor.sees("You get no prompts")
    visitor.sign_in(nadia.event.group.memberships.get().person)
    for name in ("graduation", "learning", "learning_plan", "learning_prompts"):
        visitor.open(reverse(f"organise:{name}", args=[nadia.event.slug]))
