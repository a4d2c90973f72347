"""HTML that other programs put into texts becomes what people here would have written."""

import pytest

from kit.foreign_html import as_markdown
from kit.zones import offered_zone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 < 5 & 6 > 2", "3 < 5 & 6 > 2"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<p>One</p>\n<p>Two &amp; three</p>", "One\n\nTwo & three"),
        ("<ul><li>One</li><li><b>Two</b></li></ul>", "- One\n- Two"),
        ('<a href="https://example.org/?a=1&amp;b=2">Read</a>', "[Read](https://example.org/?a=1&b=2)"),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ('<p>Hi</p><script>alert(1)</script><a href="javascript:x">y</a>', "Hi\n\ny"),
        ("<span>One <b>two", "One two"),
    ],
)
def test_paragraphs_lists_and_links_stay_and_nothing_else(text, expected):
    assert as_markdown(text) == expected


@pytest.mark.parametrize(
    ("name", "offered"),
    [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/London", "Europe/London"), ("Mars/Base", "")],
)
def test_a_zone_is_found_by_its_older_names(name, offered):
    assert offered_zone(name) == offered
