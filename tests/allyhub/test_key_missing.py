import logging

import pytest

from tests.factories import make_event, register

pytestmark = pytest.mark.django_db


def test_a_page_whose_key_is_missing_says_so_in_words_and_tells_the_log_no_content(client, settings, caplog):
    registration = register(make_event(), needs={"bsl": "with slides"})
    settings.SEALING_KEYS = {"other": b"0" * 32}

    with caplog.at_level(logging.ERROR):
        response = client.get(f"/registrations/{registration.token}/access/")

    assert response.status_code == 503
    assert "We cannot read this at the moment" in response.content.decode()
    assert "ALLYHUB_KEYS" in caplog.text
    assert "slides" not in caplog.text
