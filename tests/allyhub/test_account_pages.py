"""The pages of allauth in our words."""

import re

import pytest
from django.conf import settings

PAGES = sorted(
    path
    for folder in ("account", "mfa", "errors")
    for path in (settings.BASE_DIR / "templates" / folder).rglob("*.html")
    if re.search(r"<h1>", path.read_text())
)
TITLE = re.compile(r'block (?:head_title|title|reauthenticate_title) %}\{% translate "([^"]+)"')


def title_of(path):
    return TITLE.search(path.read_text())


def test_no_two_pages_share_a_title():
    titles = [found[1] for found in map(title_of, PAGES) if found]

    assert len(titles) > 20
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_brings_its_own_styles_or_scripts(path):
    html = path.read_text()

    assert "style=" not in html
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", html) == []
    assert re.findall(r"\son\w+=", html) == []
