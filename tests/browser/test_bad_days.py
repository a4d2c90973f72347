"""The pages people meet when something went wrong."""

import logging

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trouble(settings, visitor):
    """A visitor of a hub in which things break, who expects no better."""
    logging.disable(logging.ERROR)
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    yield visitor
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    ("what", "status", "heading"),
    [
        ("bad-request", 400, "We could not read that"),
        ("forbidden", 403, "This page is not open to you"),
        ("too-fast", 429, "Please wait a little"),
        ("mistake", 500, "Something went wrong on our side"),
        ("no-database", 503, "We will be back in a moment"),
        ("no-key", 503, "We cannot read this at the moment"),
    ],
)
def test_a_kind_page(what: str, status: int, heading: str, trouble):
    trouble.open(f"/broken/{what}/", status=status)

    assert trouble.heading == heading
