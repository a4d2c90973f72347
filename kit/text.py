"""What people type, made safe to keep and to show, with nothing of their language taken away."""

import html
import re
import unicodedata
from typing import Any

from django import forms
from django.core.validators import validate_email

from kit.links import normalise_email

# Control characters, lone surrogates, and the marks that turn the direction of whatever stands around them
# (so that "exe.txt" may be something else). Emoji with their joiners, right-to-left letters and their marks
# (U+200E, U+200F) are left alone.
UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls; tab and line breaks are looked at below
    "\ud800-\udfff"  # half a character: cannot be written as UTF-8
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates
    "\ufeff\ufffe\uffff"  # byte order marks, and what is no character at all
    "]"
)
# Blank though Unicode counts them among letters, marks or signs: fillers of Hangul, the empty pattern of Braille, a
# note without a head, and what joins or selects a form of what stands before (Default_Ignorable_Code_Point).
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U000e0000-\U000e0fff]"
)
# Categories of what shows nothing by itself: controls, formats, halves, private use, blanks, marks without a letter.
SHOWS_NOTHING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs", "Me", "Mn"}
# At the ends of a text nothing that is blank does anything, except to make one name look like another. A variation
# selector belongs to the emoji before it, and a mark of direction to the stop before it.
AT_THE_ENDS = "\u00ad\u034f\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2800\u3164\uffa0"
AT_THE_ENDS += "".join(filter(str.isspace, map(chr, range(0x3001))))
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str, *, multiline: bool = False) -> str:
    """A text in composed form (NFC), without what cannot be seen, without blanks at its ends. Line breaks become a
    line feed each, or a blank when it is to be one line; there a tab becomes a blank too. A text of which nothing would
    be seen is an empty one."""
    text = LINE_BREAK.sub("\n", UNSEEN.sub("", text))
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    text = unicodedata.normalize("NFC", text).strip(AT_THE_ENDS)
    return text if is_visible(html.unescape(text) if multiline else text) else ""


def is_visible(text: str) -> bool:
    """Whether somebody who looks sees anything, and a screen reader may say something."""
    return any(
        unicodedata.category(letter) not in SHOWS_NOTHING and not BLANK.match(letter) for letter in text
    )


# Letters that Unicode does not take apart, as people type them who do not have them on their keyboard.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
)
APOSTROPHES = re.compile("['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+")
JOINED = re.compile(r"\w+(?:-\w+)+")


def searchable(text: str) -> str:
    """The words of a text as they are searched for, with a blank before, between and after them: "Café O’Brien" is "
    cafe obrien ".

    People leave out accents and apostrophes, write "cohost" for "co-host" and "ss" for "ß". What is searched and what
    is typed both go through this, so SQLite, which folds ASCII only, and Postgres find the same.
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(PLAIN_LETTERS)
    text = unicodedata.normalize("NFC", APOSTROPHES.sub("", text)).replace("‐", "-").replace("‑", "-")
    together = " ".join(word.replace("-", "") for word in JOINED.findall(text))
    return f" {' '.join(WORD.findall(f'{text} {together}'))} "


def words_searched(search: str, *, most: int = 6) -> list[str]:
    """The words somebody looks for, in the form of `searchable`. Each has to be found, as a word or as a part of one."""
    return searchable(search.replace("-", " ")).split()[:most]


def are_the_same(one: str, other: str) -> bool:
    """Whether two names are one to people who type them: "Über uns" and "uber uns"."""
    words = searchable(one), searchable(other)
    return words[0] == words[1] if words[0].strip() else one.casefold() == other.casefold()


def is_found(search: str, *texts: str) -> bool:
    """Whether every word of the search is in one of the texts; for lists that are short enough to be read whole."""
    within, words = searchable(" ".join(texts)), words_searched(search)
    return bool(words) and all(word in within for word in words)


SENTENCES_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"”’)])\s+|\n+")


def first_sentences(text: str, most_words: int) -> str:
    """As many whole sentences from the beginning as have so many words at most; the first one however long it is."""
    sentences = [sentence for sentence in SENTENCES_END.split(text.strip()) if sentence]
    shown, words = sentences[:1], len(" ".join(sentences[:1]).split())
    for sentence in sentences[1:]:
        words += len(sentence.split())
        if words > most_words:
            break
        shown.append(sentence)
    return " ".join(shown)


class PlainCharField(forms.CharField):
    """A field for one line of text. What cannot be stored or shown is taken out instead of being held against
    anybody."""

    multiline = False

    def to_python(self, value: Any) -> str | None:
        return super().to_python(self._cleaned(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        # A form with mistakes shows the text once more: what cannot be written must not be in it either.
        return self._cleaned(super().bound_data(data, initial))

    def _cleaned(self, value: Any) -> Any:
        return clean_text(value, multiline=self.multiline) if isinstance(value, str) else value


class PlainTextField(PlainCharField):
    """A field for text of several lines."""

    multiline = True
    widget = forms.Textarea


class MarkdownField(PlainTextField):
    """A field for Markdown. Lists that were pasted as other programs write them become lists."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return with_lists(text) if text else text


# What stands before a point of a list in Word, in mails, on other pages. A dash also begins a line of a dialogue, or the
# name under a quotation: it is a list only where the next line has one too.
BULLET = re.compile(r"^[ \t]*[•·●▪◦‣∙][ \t]*(?=\S)")
DASH = re.compile(r"^[ \t]*[–—][ \t]+(?=\S)")


def with_lists(text: str) -> str:
    """Markdown in which "• one" and, of several that follow one another, "– one" are points of a list."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    dashed = [bool(DASH.match(line)) for line in filled]
    beside = [
        (dashed[at - 1] if at else False) or dashed[at + 1 : at + 2] == [True] for at in range(len(dashed))
    ]
    listed = iter([here and near for here, near in zip(dashed, beside, strict=True)])
    return "\n".join(_point(line, is_listed=next(listed)) if line.strip() else line for line in lines)


def _point(line: str, *, is_listed: bool) -> str:
    line = DASH.sub("- ", line) if is_listed else line
    return BULLET.sub("- ", line)


# Domains that lead to no mailbox out there: names that are nobody's (".invalid" is ours for people who were forgotten) or
# somebody's own network's (RFC 2606, 6761, 6762, 8375, 9476), and machines by their number, in brackets or without.
NOWHERE = re.compile(
    r"@(?:\[.*|(?:.*\.)?(?:invalid|localhost|localdomain|local|internal|home\.arpa|in-addr\.arpa|ip6\.arpa|onion|alt|\d+))\.?$",
    re.IGNORECASE,
)


def refuse_what_no_mail_reaches(address: str) -> None:
    """Refuse addresses whose domain is none out there: our server would talk to itself, or to a machine beside it."""
    if NOWHERE.search(address):
        raise forms.ValidationError(validate_email.message, code="invalid")


class PlainEmailField(PlainCharField, forms.EmailField):
    """A field for an address, with what cannot be seen taken out of it, and in its one spelling."""

    default_validators = [*forms.EmailField.default_validators, refuse_what_no_mail_reaches]

    def to_python(self, value: Any) -> str | None:
        return normalise_email(super().to_python(value) or "")


def whole_number(text: str) -> int:
    """What stands in an address or a hidden input as a number; 0 for what is none, or too large for a database."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
