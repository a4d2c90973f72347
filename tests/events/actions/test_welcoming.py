"""A place for whoever does something for an event."""

from datetime import timedelta

import pytest

from events.actions.registrations import RegistrationClosed
from events.actions.volunteers import welcome
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_event, register

pytestmark = pytest.mark.django_db


def sage_is_welcome(event: Event) -> Registration:
    return welcome(event, name="Sage", email="sage@example.org", reason="Hosts room 3")


def test_a_full_event_has_a_place_for_whoever_does_something():
    event = make_event(places=1)
    register(event)

    sage = sage_is_welcome(event)

    assert sage.has_place
    assert list(sage.steps.exclude(note="").values_list("note", flat=True)) == ["Hosts room 3"]


def test_twice_is_once_and_no_mail_is_owed():
    event = make_event()

    assert sage_is_welcome(event) == sage_is_welcome(event)

    assert not OutgoingMail.objects.exists()


def test_whoever_waits_gets_the_place_of_their_own_registration():
    event = make_event(places=1)
    register(event)
    waiting = register(event, "sage@example.org")

    assert sage_is_welcome(event) == waiting
    waiting.refresh_from_db()
    assert waiting.has_place


def test_what_they_asked_for_before_they_confirmed_reaches_the_access_leads():
    event = make_event()
    lead = make_access_lead(event.group)
    register(event, "sage@example.org", confirmed=False, needs={"captions": ""})

    sage_is_welcome(event)

    assert list(OutgoingMail.objects.filter(kind="access-for-leads").values_list("to_email", flat=True)) == [
        lead.email
    ]


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled"}, {"state": "draft"}, {"starts_in": timedelta(days=-2)}]
)
def test_there_must_be_something_to_come_to(fields):
    with pytest.raises(RegistrationClosed):
        sage_is_welcome(make_event(**fields))
