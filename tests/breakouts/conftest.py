"""After every test here: what the page of an event shows is what it would show if it were written anew."""

from collections.abc import Generator

import pytest

from breakouts.actions import rooms
from breakouts.models import BreakoutPlan


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    result = yield
    if item.get_closest_marker("django_db"):
        for plan in BreakoutPlan.objects.select_related("event"):
            assert plan.on_the_page == rooms.summary_of(plan.event), "shown.rewrite() was not called"
    return result
