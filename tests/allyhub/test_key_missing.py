import logging

import pytest

from tests.factories import make_event, make_organiser

pytestmark = pytest.mark.django_db


def test_a_page_whose_key_is_missing_says_so_in_words_and_tells_the_log_no_content(client, settings, caplog):
    event = make_event(join_address="https://meeting.example/secret-room")
    client.force_login(make_organiser(event.group), backend=settings.AUTHENTICATION_BACKENDS[0])
    settings.SEALING_KEYS = {"other": b"0" * 32}

    with caplog.at_level(logging.ERROR):
        response = client.get(f"/organise/events/{event.slug}/join-door/")

    assert response.status_code == 503
    assert "We cannot read this at the moment" in response.content.decode()
    assert "ALLYHUB_KEYS" in caplog.text
    assert "secret-room" not in caplog.text
