"""What every test stands on."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache

from tests import chromium

# The same examples each time; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None)
hypothesis.settings.load_profile("steady")

IN_CI = bool(os.environ.get("CI") or os.environ.get("ALLYHUB_CI"))
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
NO_CHROMIUM = "no Chromium found: install it, or set CHROMIUM to its path"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a database of its own (the second run) only tests that meet a database say anything new. Browser tests are
    skipped where there is no browser, except in CI, where that is a failure."""
    if os.environ.get("DATABASE_URL_TEST"):
        told_already = [item for item in items if not _meets_the_database(item)]
        config.hook.pytest_deselected(items=told_already)
        items[:] = [item for item in items if _meets_the_database(item)]
    driving = [item for item in items if item.get_closest_marker("browser")]
    if not driving or IN_CI or chromium.find():
        return
    for item in driving:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def _meets_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def _forgotten_rate_limits(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache's table is no model, so the flush after a test with real transactions leaves it alone."""
    yield
    marker = request.node.get_closest_marker("django_db")
    is_transactional = marker is not None and marker.kwargs.get("transaction")
    if is_transactional or "transactional_db" in request.fixturenames:
        cache.clear()
