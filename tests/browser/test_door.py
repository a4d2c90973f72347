"""A-5: through the door into the meeting, which is on another host."""

from datetime import timedelta

import pytest

from events.models import Registration
from tests.browser.visitor import Visitor
from tests.factories import came, make_event, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETING = "https://meeting.example/j/1?pwd=secret"


@pytest.fixture
def registration() -> Registration:
    event = make_event(starts_in=timedelta(minutes=5), join_address=MEETING, join_help="Passcode: tea")
    return register(event)


def go_in(visitor: Visitor) -> None:
    """There is no other host here, so the browser finds nobody there; that it asks is what counts."""
    with visitor.page.expect_event("requestfailed", lambda request: request.url == MEETING) as failed:
        visitor.page.get_by_role("button", name="Go in").click()
    assert failed.value.failure == "net::ERR_NAME_NOT_RESOLVED"
    # It shows a page of its own instead, and is on its way there still.
    visitor.page.wait_for_url("chrome-error://**")
    assert set(visitor.troubles) == {f"it asks another host: {MEETING}"}
    visitor.troubles.clear()


def test_the_door_leads_to_the_meeting_though_forms_may_only_lead_here(either_visitor, registration):
    either_visitor.open(f"/join/{registration.join_token}/")
    either_visitor.sees("The meeting is open", "Passcode: tea")
    assert "meeting.example" not in either_visitor.page.content()
    either_visitor.open(registration.get_absolute_url())
    assert "meeting.example" not in either_visitor.page.content()

    go_in(either_visitor)

    registration.refresh_from_db()
    assert came(registration)


def test_after_a_lost_connection_the_same_door_leads_back_in(plain_visitor, registration):
    """A-5 U4 and U5."""
    plain_visitor.open(f"/join/{registration.join_token}/")
    go_in(plain_visitor)
    again = plain_visitor.another_tab()

    again.open(f"/join/{registration.join_token}/")

    again.sees("Someone went in with this link at", "If that was you, just go in again.")
    go_in(again)
