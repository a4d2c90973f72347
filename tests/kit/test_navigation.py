from types import SimpleNamespace

import pytest

from kit.templatetags.navigation import here


def on(view_name):
    return {"request": SimpleNamespace(resolver_match=SimpleNamespace(view_name=view_name))}


@pytest.mark.parametrize(
    ("view_name", "mark"),
    [
        ("events:home", ' aria-current="page"'),
        ("events:month", ' aria-current="true"'),
        ("organise:hub", ' aria-current="true"'),
        ("events:places", ""),
    ],
)
def test_the_link_of_the_page_and_of_its_part_of_the_site_is_marked(view_name, mark):
    assert here(on(view_name), "events:home", "events:month", "organise:") == mark


@pytest.mark.parametrize("context", [{}, {"request": SimpleNamespace(resolver_match=None)}])
def test_a_page_without_an_address_of_its_own_marks_nothing(context):
    assert here(context, "events:home") == ""
