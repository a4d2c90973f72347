"""How a piece of a template is written: in one line, or, if it is too long for one, in several."""

import re

from kit.markup.attributes import Bit, Classes, Role, Tag, apart, one_line, together
from kit.markup.pieces import Piece

MOST_COLUMNS = 120
STEP = "  "
# Attributes in lines of their own stand further in than what is in the element.
FURTHER = STEP * 2

TRANSLATE = re.compile(
    r"""\{%\s*trans(?:late)?\s+(?P<quote>["'])(?P<words>(?:(?!(?P=quote))[^\\])*)(?P=quote)"""
    r"""(?P<context>\s+context\s+(?:"[^"]*"|'[^']*'))?(?:\s+as\s+(?P<name>\w+))?\s*%\}"""
)
BLOCK_TRANSLATE = re.compile(
    r"\{%\s*blocktrans(?:late)?(?P<options>\b.*?)\s*%\}(?P<words>.*)\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
COMMENT = re.compile(r"\{%\s*comment\s*%\}(?P<words>.*)\{%\s*endcomment\s*%\}", re.DOTALL)
# What stands between spaces; a tag of Django's stays together.
WORD = re.compile(r"(?:\{\{.*?\}\}|\{%.*?%\}|\S)+", re.DOTALL)


def fits(indent: str, text: str) -> bool:
    return len(indent) + len(text) <= MOST_COLUMNS and "\n" not in text


def flat(piece: Piece) -> str:
    """In one line, if it can be: what is in a <pre> or <script> stays as it is."""
    if piece.is_element:
        return one_line(piece.text)
    if found := words_to_translate(piece):
        options, parts = found
        return f"{opening(options)}{'{% plural %}'.join(_one_spaced(part) for part in parts)}{{% endblocktranslate %}}"
    if comment := COMMENT.fullmatch(piece.text):
        return f"{{% comment %}} {_one_spaced(comment['words'])} {{% endcomment %}}"
    return piece.text


def in_lines(piece: Piece, indent: str) -> list[str]:
    """Of a piece that is too long for one line; none if it cannot have several."""
    if found := words_to_translate(in_a_block(piece)):
        return _words_in_lines(*found, indent)
    if comment := COMMENT.fullmatch(piece.text):
        return ["{% comment %}", *wrapped(comment["words"], indent), "{% endcomment %}"]
    return _tag_in_lines(Tag(piece.text), indent) if piece.is_element else []


# --- Words to translate ---


def in_a_block(piece: Piece) -> Piece:
    """A {% translate %} as {% blocktranslate trimmed %}, which may have several lines. Translators see the same words."""
    tag = TRANSLATE.fullmatch(piece.text)
    if not tag or "{" in tag["words"] or tag["words"] != _one_spaced(tag["words"]):
        return piece
    options = ["trimmed", *(tag["context"] or "").split(), *(["asvar", tag["name"]] if tag["name"] else [])]
    text = f"{opening(' '.join(options))}{tag['words']}{{% endblocktranslate %}}"
    return Piece(piece.kind, text, "blocktranslate")


def words_to_translate(piece: Piece) -> tuple[str, list[str]] | None:
    """The options of a blocktranslate in which lines may be broken, and its words (for one, for many)."""
    block = BLOCK_TRANSLATE.fullmatch(piece.text)
    if not block:
        return None
    options, parts = block["options"].split(), PLURAL.split(block["words"])
    if "trimmed" not in options:
        if any(part != _one_spaced(part) for part in parts):
            return None  # its white space is part of what is translated
        options.insert(0, "trimmed")
    return " ".join(options), parts


def opening(options: str) -> str:
    return f"{{% blocktranslate {options} %}}"


def _words_in_lines(options: str, parts: list[str], indent: str) -> list[str]:
    lines = [opening(options)]
    for number, part in enumerate(parts):
        lines += ["{% plural %}"] if number else []
        lines += wrapped(part, indent, STEP)
    return [*lines, "{% endblocktranslate %}"]


def wrapped(words: str, indent: str, step: str = "") -> list[str]:
    lines: list[str] = []
    for word in WORD.findall(words):
        if lines and fits(indent, f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(step + word)
    return lines


def _one_spaced(words: str) -> str:
    return " ".join(WORD.findall(words))


# --- Tags of elements ---


def _tag_in_lines(tag: Tag, indent: str) -> list[str]:
    lines = [tag.head, *_bits_in_lines(tag.bits, indent, FURTHER)]
    lines[-1] += tag.tail + tag.content
    return lines if len(lines) > 1 else []


def _bits_in_lines(bits: list[Bit], indent: str, step: str) -> list[str]:
    lines: list[str] = []
    for group in apart(bits):
        text = together(group)
        if fits(indent, step + text):
            lines.append(step + text)
        elif Classes.are_in(text):
            lines += [f'{step}class="', *_bits_in_lines(Classes(text).bits, indent, step + STEP), f'{step}"']
        elif group[0].role is Role.OPENS and group[-1].role is Role.CLOSES:
            lines += _condition_in_lines(group, indent, step)
        else:
            lines.append(step + text)
    return lines


def _condition_in_lines(group: list[Bit], indent: str, step: str) -> list[str]:
    lines: list[str] = []
    inside: list[Bit] = []
    depth = 0
    for bit in group:
        depth += bit.role is Role.OPENS
        if bit.role is not Role.ATTRIBUTE and depth == 1:
            lines += [*_bits_in_lines(inside, indent, step + STEP), step + bit.text]
            inside = []
        else:
            inside.append(bit)
        depth -= bit.role is Role.CLOSES
    return lines
