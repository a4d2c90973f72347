import pytest
from django.core.management import call_command

from tests.factories import make_event


@pytest.mark.django_db
def test_after_a_move_to_another_address_calendars_lead_there_and_ask_nobody_anew(settings, client):
    event = make_event()
    settings.SITE_URL = "https://new.example.org"

    call_command("rewrite_calendars")

    session = event.sessions.get()
    assert (f"https://new.example.org/events/{event.slug}/" in session.vevent, session.sequence) == (True, 0)
