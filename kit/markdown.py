"""Markdown that people write, as HTML for pages and as plain text for mails and calendars.

Two locks on one door: the parser takes no HTML from anybody, and whatever it wrote is cleaned once more.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from textwrap import indent
from typing import Any, NamedTuple, cast

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TAGS = HEADINGS | {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
TOP_HEADING, LAST_HEADING = 2, 6  # the page itself has the h1

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'*`|\\^{}\[\]]+", re.IGNORECASE)
BELONGS_TO_THE_SENTENCE = ".,;:!?…’”»*_~"


@lru_cache(maxsize=512)
def render(text: str) -> SafeString:
    """HTML that is safe to show: headings from h2 down without a jump, links that lend no reputation, no
    pictures (their description is shown instead)."""
    return _cleaned(PARSER.render(text))


class Chapter(NamedTuple):
    """What stands under a heading of the first level; before the first one `title` is empty."""

    title: str
    html: SafeString


@lru_cache(maxsize=128)
def chapters(text: str) -> tuple[Chapter, ...]:
    """The same HTML, taken apart at its h2: for pages that number them and list what they hold."""
    tokens = PARSER.parse(text)
    starts = [
        at for at, token in enumerate(tokens) if token.tag == "h2" and token.nesting == 1 and not token.level
    ]
    bounds = [0, *starts, len(tokens)]
    parts = (tokens[start:end] for start, end in itertools.pairwise(bounds))
    return tuple(_chapter(part) for part in parts if part)


def _chapter(tokens: Sequence[Token]) -> Chapter:
    """A heading comes as three tokens: its beginning, its words, its end."""
    has_title = tokens[0].tag == "h2" and not tokens[0].level
    title = _line(SyntaxTreeNode(tokens[:3]).children[0].children[0]) if has_title else ""
    html = PARSER.renderer.render(tokens[3:] if has_title else tokens, PARSER.options, {})
    return Chapter(title, _cleaned(html))


def _cleaned(html: str) -> SafeString:
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean.strip())  # noqa: S308 (nh3 has just cleaned it)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """The same words without marks: lists as lines with "-", a link as "its text (its address)"."""
    return _blocks(SyntaxTreeNode(PARSER.parse(text)))


# --- Parsing ---


class WebAddress(NamedTuple):
    url: str


class WebAddresses:
    """What finds the addresses in a text, in place of markdown-it's own: only what is written out with http:// or
    https://, and nothing that merely looks like an address."""

    def match_at_start(self, text: str) -> WebAddress | None:
        found = WEB_ADDRESS.match(text)
        return WebAddress(_without_end_of_sentence(found[0])) if found else None


def _without_end_of_sentence(url: str) -> str:
    url = url.rstrip(BELONGS_TO_THE_SENTENCE)
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(BELONGS_TO_THE_SENTENCE)
    return url


def level_headings(state: StateCore) -> None:
    """Put the headings in order: the first becomes h2, each further one at most one deeper than the one before it, so
    that people who jump from heading to heading miss none (WCAG 2.2, 1.3.1). Headings without words go."""
    above: list[str] = []
    kept: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type != "heading_open":
            kept.append(token)
            continue
        inline, close = next(tokens), next(tokens)
        if not inline.content.strip():
            continue
        while above and above[-1] >= token.tag:
            above.pop()
        above.append(token.tag)
        level = min(TOP_HEADING + len(above) - 1, LAST_HEADING)
        token.tag = close.tag = f"h{level}"
        kept += [token, inline, close]
    state.tokens = kept


def name_empty_links(state: StateCore) -> None:
    """Give a link without words its address for a text: it would be read out as nothing (WCAG 2.2, 2.4.4)."""
    for inline in state.tokens:
        children = inline.children or []
        inline.children = list(_with_named_links(children))


def _with_named_links(tokens: Sequence[Token]) -> Iterator[Token]:
    for position, token in enumerate(tokens):
        yield token
        if token.type == "link_open" and not _words(tokens[position + 1 :]):
            yield Token("text", "", 0, content=str(token.attrs.get("href", "")), level=token.level + 1)


def _words(tokens: Sequence[Token]) -> str:
    """The text that stands between here and the end of the link that these tokens stand in."""
    end = next(number for number, token in enumerate(tokens) if token.type == "link_close")
    return "".join(token.content for token in tokens[:end]).strip()


def show_description(self: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    return escape(tokens[position].content)


def new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.inline.ruler.enable("linkify")
    parser.linkify = cast(Any, WebAddresses())
    parser.core.ruler.push("level_headings", level_headings)
    parser.core.ruler.push("name_empty_links", name_empty_links)
    parser.add_render_rule("image", show_description)
    return parser


PARSER = new_parser()


# --- Plain text ---


def _blocks(node: SyntaxTreeNode, between: str = "\n\n") -> str:
    written = (_block(child) for child in node.children)
    return between.join(block for block in written if block)


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "paragraph" | "heading":
            return _line(node.children[0])
        case "bullet_list":
            return "\n".join(_item(item, "- ") for item in node.children)
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return "\n".join(_item(item, f"{first + n}. ") for n, item in enumerate(node.children))
        case "blockquote":
            return indent(_blocks(node), "> ", lambda line: True)
        case "hr":
            return "---"
        case _:
            return node.content.rstrip()


def _line(node: SyntaxTreeNode) -> str:
    """One paragraph as plain text. A link that stands alone gets its address on a line of its own, where every mail
    program finds it whole."""
    inline = node.children
    text = "".join(_inline(child) for child in inline).strip()
    if len(inline) == 1 and inline[0].type == "link" and text.endswith(")"):
        words, address = text[:-1].rsplit(" (", 1)
        return f"{words}:\n{address}"
    return text


def _item(node: SyntaxTreeNode, mark: str) -> str:
    return mark + indent(_blocks(node, "\n"), " " * len(mark)).lstrip()


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link(node)
        case "em" | "strong":
            return "".join(_inline(child) for child in node.children)
        case _:
            return node.content


def _link(node: SyntaxTreeNode) -> str:
    words = "".join(_inline(child) for child in node.children)
    url = str(node.attrs["href"])
    if url.partition(":")[0].lower() not in SCHEMES and not url.startswith("/"):
        return words
    address = url.removeprefix("mailto:")
    is_its_own_text = node.markup in ("autolink", "linkify") or words == address
    return address if is_its_own_text else f"{words} ({address})"
