"""A template cut into pieces: elements' tags, Django's tags, words, white space.

Put together again the pieces are the template, to the letter.
"""

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

DJANGO = r"\{%.*?%\}|\{\{.*?\}\}|\{\#.*?\#\}"
NAME = r"[a-zA-Z][\w-]*|\{\{.*?\}\}"
INSIDE_A_TAG = rf"""(?>{DJANGO}|"(?>{DJANGO}|[^"])*"|'(?>{DJANGO}|[^'])*'|[^>"'])*"""
PIECE = re.compile(
    rf"""
    (?P<comment> \{{%\s*comment\b.*?%\}} .*? \{{%\s*endcomment\s*%\}})
    | (?P<words_to_translate> \{{%\s*blocktrans(late)?\b.*?%\}} .*? \{{%\s*endblocktrans(late)?\s*%\}})
    | (?P<verbatim> \{{%\s*verbatim\b.*?%\}} .*? \{{%\s*endverbatim\b.*?%\}})
    | (?P<raw> <(?P<raw_name>pre|textarea|script|style)\b{INSIDE_A_TAG}> .*? </(?P=raw_name)\s*>)
    | (?P<declaration> <!--.*?--> | <![^>]*>)
    | (?P<django> {DJANGO})
    | (?P<element> <(?P<is_end>/?)(?P<name>{NAME}){INSIDE_A_TAG}>)
    | (?P<space> \s+)
    | (?P<word> (?:(?!{DJANGO}|</?(?:{NAME})|<!)\S)+)
    """,
    re.VERBOSE | re.DOTALL,
)

# White space at their edges is nothing, outside and inside (HTML 15.3; of <br>: CSS Text 4.1.2). Parts of a drawing too.
BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "col",
        "colgroup",
        "datalist",
        "dd",
    ),
    *(
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
    ),
    *(
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "menu",
    ),
    *(
        "meta",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "script",
        "search",
        "section",
        "style",
        "summary",
    ),
    *("table", "tbody", "td", "template", "tfoot", "th", "thead", "title", "tr", "ul"),
    *(
        "circle",
        "clippath",
        "defs",
        "desc",
        "ellipse",
        "g",
        "line",
        "lineargradient",
        "mask",
        "path",
        "pattern",
    ),
    *("polygon", "polyline", "rect", "stop", "use"),
}
# What stands directly in a list is an entry of it, wherever it comes from.
LISTS = {"colgroup", "dl", "ol", "optgroup", "select", "table", "tbody", "thead", "tr", "ul"}
ENTRIES = {"caption", "dd", "dt", "li", "option", "td", "th"}
# Stand in a line of words, but begin a line of their own inside.
BOXES = {"button", "select", "svg"}
# Stand in a line of words like a word.
LIKE_WORDS = {"audio", "canvas", "iframe", "img", "input", "object", "textarea", "video", "wbr"}

# Tags around a part that stays where it is; every other pair (block, slot, …) is rendered for itself.
FLOW = {"autoescape", "for", "if", "ifchanged", "kept", "spaceless", "with"}
DIVIDERS = {"elif", "else", "empty"}
# Print nothing, or nothing that is seen.
SILENT = {"csrf_token", "extends", "load"}
# Print whole blocks: fields of forms; and, if there are any, errors.
PRINTS_BLOCKS = re.compile(r"\.(as_field_group|as_div)\s*\}\}$|^\{%\s*crispy\s")
MAY_PRINT_BLOCKS = re.compile(r"\b(errors|non_field_errors|non_form_errors)\s*\}\}$")
# {% url "events:agenda" as url %}
KEPT_FOR_LATER = re.compile(r"\s(as|asvar)\s+\w+(\s+silent)?\s*%\}$")
INCLUDED = re.compile(r"""\{%\s*include\s+["'](?P<file>[^"']+)["']""")
ENDS = re.compile(r"\{%\s*end(\w+)")


class Kind(Enum):
    SPACE = auto()
    WORD = auto()
    SILENT = auto()
    OPENS = auto()
    DIVIDES = auto()
    CLOSES = auto()
    BLOCK = auto()
    BOX = auto()
    INLINE = auto()


class Piece(NamedTuple):
    kind: Kind
    text: str
    # Of an element or of Django's tag; of a pair's end the name of the pair.
    name: str = ""
    is_end: bool = False

    @property
    def is_element(self) -> bool:
        return self.text.startswith("<") and self.name != ""

    @property
    def is_raw(self) -> bool:
        """An element with all that is in it, where each character counts."""
        return self.is_element and self.text.endswith(f"</{self.name}>") and not self.is_end

    @property
    def breaks_line(self) -> bool:
        return "\n" in self.text


class Unreadable(ValueError):
    """A template that cannot be cut: a tag that never ends, say."""


def cut(source: str, kind_of_included: Callable[[str], Kind] = lambda name: Kind.WORD) -> list[Piece]:
    """`kind_of_included` may know what a file prints that is included by its name."""
    paired = set(ENDS.findall(source))
    pieces, at, is_in_list = [], 0, False
    for match in PIECE.finditer(source):
        if match.start() != at:
            break
        piece = _piece(match, paired)
        if included := INCLUDED.match(piece.text):
            piece = piece._replace(kind=kind_of_included(included["file"]))
        if piece.is_element and piece.kind in (Kind.BLOCK, Kind.BOX):
            is_in_list = piece.name in (ENTRIES if piece.is_end else LISTS)
        elif is_in_list and piece.kind is Kind.WORD and piece.text.startswith("{"):
            piece = piece._replace(kind=Kind.BLOCK)
        pieces.append(piece)
        at = match.end()
    if at != len(source):
        line = source.count("\n", 0, at) + 1
        raise Unreadable(f"line {line}: cannot read on from {source[at : at + 40]!r}")
    return pieces


def _piece(match: re.Match[str], paired: set[str]) -> Piece:
    text = match[0]
    if match["element"]:
        return _element(text, match["name"].lower(), bool(match["is_end"]))
    if match["raw"]:
        kind = Kind.WORD if match["raw_name"] == "textarea" else Kind.BLOCK
        return Piece(kind, text, match["raw_name"])
    if match["django"]:
        return _django(text, paired)
    if match["space"]:
        return Piece(Kind.SPACE, text)
    if match["comment"]:
        return Piece(Kind.SILENT, text, "comment")
    if match["declaration"]:
        return Piece(Kind.SILENT if text.startswith("<!--") else Kind.BLOCK, text)
    if match["words_to_translate"]:
        is_silent = re.search(r"\basvar\b", text.partition("%}")[0])
        return Piece(Kind.SILENT if is_silent else Kind.WORD, text, "blocktranslate")
    return Piece(Kind.WORD, text)


def _element(text: str, name: str, is_end: bool) -> Piece:
    if name in BLOCKS or name.startswith("{{"):  # <{{ heading }}>
        return Piece(Kind.BLOCK, text, name, is_end)
    if name in BOXES:
        return Piece(Kind.BOX, text, name, is_end)
    return Piece(Kind.WORD if name in LIKE_WORDS else Kind.INLINE, text, name, is_end)


def _django(text: str, paired: set[str]) -> Piece:
    if PRINTS_BLOCKS.search(text):
        return Piece(Kind.BLOCK, text)
    if MAY_PRINT_BLOCKS.search(text):
        return Piece(Kind.SILENT, text)
    if text.startswith("{{"):
        return Piece(Kind.WORD, text)
    words = text[2:-2].split()
    name = words[0] if words else ""
    if text.startswith("{#"):
        return Piece(Kind.SILENT, text, "comment")
    if name in DIVIDERS:
        return Piece(Kind.DIVIDES, text, name)
    if name.startswith("end"):
        return Piece(Kind.CLOSES, text, name.removeprefix("end"), is_end=True)
    if name in paired:
        return Piece(Kind.OPENS, text, name)
    is_silent = name in SILENT or KEPT_FOR_LATER.search(text)
    return Piece(Kind.SILENT if is_silent else Kind.WORD, text, name)
