import re
import time

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from kit.markdown import plain, render

REL = 'rel="noopener nofollow"'
ALLOWED = rf"</?(p|code|pre|strong)>|<a( href=\"https://[^\"]*\")? {REL}>|</a>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("[us](https://example.org)", f'<p><a href="https://example.org" {REL}>us</a></p>'),
        ("<hub@example.org>", f'<p><a href="mailto:hub@example.org" {REL}>hub@example.org</a></p>'),
        ("", ""),
        ("   \n", ""),
    ],
)
def test_text_becomes_html(text, html):
    assert render(text) == html
    assert isinstance(render(text), SafeString)


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("See https://example.org/a.", "https://example.org/a", "."),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)", ")"),
        ("(see https://example.org)", "https://example.org", ")"),
        ("HTTPS://example.org?a=1!", "HTTPS://example.org?a=1", "!"),
    ],
)
def test_written_out_addresses_are_links_without_the_end_of_the_sentence(text, address, after):
    assert f">{address}</a>{after}</p>" in render(text)


@pytest.mark.parametrize(
    "text", ["example.org", "hub@example.org", "`https://example.org`", r"https\://x.org"]
)
def test_nothing_else_is_taken_for_a_link(text):
    assert "<a" not in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<p style="position:fixed" onclick="x()">hi</p>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '[x](https://example.org "onmouseover=alert(1)")',
        "![x](https://example.org/x.png)",
        "```html onload=alert(1)\n<script>\n```",
        "&lt;script&gt;",
        "[x]: javascript:alert(1)\n\n[x]",
        "<tel:123>",
    ],
)
def test_nothing_but_words_and_plain_links_comes_out(text):
    html = render(text)

    assert "<" not in re.sub(ALLOWED, "", html)


def test_a_picture_is_told_by_its_description():
    assert render("![A quilt <3](https://example.org/x.png)") == "<p>A quilt &lt;3</p>"
    assert plain("![A quilt](https://example.org/x.png)") == "A quilt"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# a\n## b\n### c", "h2 h3 h4"),
        ("### a\n# b", "h2 h2"),
        ("# a\n#### b\n## c\n### d", "h2 h3 h3 h4"),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", "h2 h3 h4 h5 h6 h6"),
        ("#\n## a", "h2"),
        ("a\n===", "h2"),
    ],
)
def test_headings_start_at_two_and_never_jump(written, shown):
    opened = [piece.partition(">")[0] for piece in render(written).split("<h")[1:]]

    assert " ".join(f"h{level}" for level in opened) == shown


@pytest.mark.parametrize("text", ["[](https://example.org)", "[![](x.png)](https://example.org)"])
def test_a_link_without_words_is_named_by_its_address(text):
    assert f'<a href="https://example.org" {REL}>https://example.org</a>' in render(text)
    assert plain(text) == "https://example.org"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Hello\n\nOne *two* **three** `four`", "Hello\n\nOne two three four"),
        ("one\ntwo  \nthree", "one\ntwo\nthree"),
        ("- a\n- b\n  - c\n\nend", "- a\n- b\n  - c\n\nend"),
        ("9. a\n10. b\n\n    more", "9. a\n10. b\n    more"),
        ("> said\n>\n> again", "> said\n> \n> again"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("```\nx = 1\n```", "x = 1"),
        ("See [us](https://example.org/a?b=1&c=2)", "See us (https://example.org/a?b=1&c=2)"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("see https://example.org.", "see https://example.org."),
        ("<https://example.org>", "https://example.org"),
        ("Do [write](mailto:hub@example.org)", "Do write (hub@example.org)"),
        ("See [the values](/values/)", "See the values (/values/)"),
        ("[x](tel:123)", "x"),
        ("a &amp; b <b>", "a & b <b>"),
        (r"5 \* 5", "5 * 5"),
        ("", ""),
    ],
)
def test_text_becomes_plain(text, words):
    assert plain(text) == words


MARKS = [*"ab \n#*_`[]()<>!-1.&\\\"':/=~|", "http://x", "javascript:", "<img src=x>", "<h1>"]


@given(st.lists(st.sampled_from(MARKS), max_size=60).map("".join))
def test_whatever_is_typed_there_are_words_and_nothing_unsafe(text):
    html = render(text)

    assert not re.search(r"<(h1|img|script)|href=.javascript", html)
    assert isinstance(plain(text), str)


@pytest.mark.parametrize(
    "piece",
    ["*a ", "[", "[a](", "> ", "- ", "`", "![", "<", "https://", "**a_", "](", "(https://a)", "\\", "&"],
)
def test_a_long_text_of_marks_stays_quick(piece):
    text = piece * (20_000 // len(piece))
    began = time.process_time()

    render(text)
    plain(text)

    assert time.process_time() - began < 3


def test_a_link_that_stands_alone_has_its_address_on_a_line_of_its_own():
    text = plain("Read on:\n\n[My place](https://hub.example/a/)\n\nand [more](https://hub.example/b/).")

    assert text == "Read on:\n\nMy place:\nhttps://hub.example/a/\n\nand more (https://hub.example/b/)."
