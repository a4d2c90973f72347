"""HTML that other programs put into texts, as the Markdown that people here write."""

import html
import re

import nh3

from kit.markdown import SCHEMES

KEPT = {"a", "br", "p", "div", "li", "ul", "ol", "tr", *(f"h{level}" for level in range(1, 7))}
# Text that merely has a "<" in it stays as it is.
IS_HTML = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|html|i|li|ol|p|span|strong|table|u|ul)(?:\s[^<>]*)?/?>", re.I
)
# What nh3 writes is well formed, so simple patterns find everything.
LINK = re.compile(r'<a(?: href="([^"]*)")?>([^<]*)</a>')
BLOCK = re.compile(r"</?(?:p|div|ul|ol|tr|h[1-6])>")
TAG = re.compile(r"<[^<>]*>")
BLANKS = re.compile(r"[ \t\u00a0]+")
EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")


def as_markdown(text: str) -> str:
    """The words of a text that holds HTML: its paragraphs, points of lists and links stay. Any other text as it is."""
    if not IS_HTML.search(text):
        return text
    clean = nh3.clean(text, tags=KEPT, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    clean = BLANKS.sub(" ", clean.replace("\n", " ") if "<br" in clean or "<p" in clean else clean)
    clean = LINK.sub(_link, clean).replace("<br>", "\n").replace("<li>", "\n- ")
    words = html.unescape(TAG.sub("", BLOCK.sub("\n\n", clean)))
    lines = (line.strip() for line in EMPTY_LINES.sub("\n\n", words).split("\n"))
    return "\n".join(lines).strip()


def _link(found: re.Match[str]) -> str:
    address, words = found[1] or "", found[2].strip()
    if not address or html.unescape(address).removeprefix("mailto:") in ("", html.unescape(words)):
        return words
    return f"[{words}]({address})" if words else address
