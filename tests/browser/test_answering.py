"""A-8: feedback in three minutes, without a name. With and without JavaScript; what was begun stays on the device."""

import pytest
from django.test import Client

from feedback.models import AnswerLink, WaitingSheet
from tests.browser.visitor import Visitor
from tests.feedback.factories import make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEEP = "One thing to keep"
BROUGHT_BACK = "Here is what you had begun on this device."


@pytest.fixture
def link(site) -> AnswerLink:
    return make_round(6, title="Being better allies").links.order_by("pk")[0]


def address(link: AnswerLink) -> str:
    return f"/feedback/{link.token}/"


def kept(visitor: Visitor) -> list[str]:
    return visitor.page.evaluate("Object.values(localStorage)")


def test_somebody_answers_and_the_link_is_used(link, either_visitor):
    either_visitor.open(address(link))
    either_visitor.sees(
        "How this is kept", "Nobody can tell which answers are yours", "Skip whatever you like"
    )
    either_visitor.press("Send my answers")
    either_visitor.sees("you need not answer at all")
    either_visitor.tick("Mostly")
    either_visitor.write(KEEP, "ö" * 1501)
    either_visitor.press("Send my answers")
    assert either_visitor.problems_named() == ["Shorten this to 1500 characters or fewer"]
    assert either_visitor.field("Mostly").is_checked()
    assert either_visitor.field(KEEP).input_value() == "ö" * 1501

    either_visitor.write(KEEP, "The breaks")
    either_visitor.press("Send my answers")
    either_visitor.sees("Thank you. It is in.")
    either_visitor.open(address(link))
    either_visitor.sees("Thank you. It is in.", "The link is good for one answer.")
    assert "The breaks" not in either_visitor.text
    assert either_visitor.context.cookies() == []
    assert [row.answers.count("The breaks") for row in WaitingSheet.objects.all()] == [1]


def test_what_was_begun_comes_back_on_this_device_and_nothing_is_sent_before_the_button(link, new_visitor):
    visitor, sent = new_visitor(), []
    visitor.page.on("request", lambda request: sent.append(request.method))
    visitor.open(address(link))
    visitor.sees("kept on this device alone")
    visitor.tick("Partly")
    visitor.write(KEEP, "The breaks")

    visitor.open(address(link))
    visitor.sees(BROUGHT_BACK)
    assert visitor.field("Partly").is_checked()
    assert visitor.field(KEEP).input_value() == "The breaks"
    assert set(sent) == {"GET"}
    assert link.key not in visitor.page.evaluate("JSON.stringify(localStorage)")

    visitor.press("Send my answers")
    visitor.sees("Thank you. It is in.")
    visitor.page.wait_for_function("localStorage.length === 0")


def test_what_was_begun_can_be_thrown_away(link, new_visitor):
    visitor = new_visitor()
    visitor.open(address(link))
    visitor.write(KEEP, "The breaks")
    visitor.open(address(link))

    visitor.page.get_by_role("button", name="Begin again").click()

    assert visitor.field(KEEP).input_value() == ""
    assert kept(visitor) == []
    assert BROUGHT_BACK not in visitor.text


def test_answered_meanwhile_on_another_device(link, new_visitor):
    visitor = new_visitor()
    visitor.open(address(link))
    visitor.write(KEEP, "The breaks")
    Client().post(address(link), {f"question_{link.round.form.questions.get(text=KEEP).pk}": "The tea"})

    visitor.press("Send my answers")

    visitor.sees("Thank you. It is in.")
    assert "The tea" not in visitor.text
    visitor.page.wait_for_function("localStorage.length === 0")
