"""English that looks like no English, to see what a translation will meet: ``Save`` as ``Šáávéé``.

Accented, and 40 % longer, as languages are that say more with more letters; or mirrored, for those that run from right
to left. What a program reads in a text (placeholders, tags, addresses) stays as it is.
"""

import re
from math import ceil

LONGER = 0.4
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
VOWELS = frozenset("aeiouAEIOU")
# Shows what is between them from right to left, whatever its letters (Unicode Standard Annex #9).
MIRROR, AS_BEFORE = "\u202e", "\u202c"

NOT_FOR_PEOPLE = re.compile(
    r"""(
        %\([a-z_]+\)[-#0+]*\d*(?:\.\d+)?[a-z] | %% | %[sd]  # of Python's %
        | \{\w*\}                                          # of str.format
        | </?[a-z][^<>]*>                                  # of HTML
        | &\#?\w+;
        | https?://\S+
        | \]\([^)]*\)                                      # where a link of Markdown leads
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def accented(text: str) -> str:
    """`text`, with vowels said twice until it is long enough, and dots where they do not suffice."""
    parts = NOT_FOR_PEOPLE.split(text)
    more = ceil(LONGER * sum(letter.isalpha() for words in parts[::2] for letter in words))
    for place in range(0, len(parts), 2):
        parts[place], more = _stretched(parts[place], more)
    body = "".join(parts)
    end = len(body.rstrip())
    return f"{body[:end]}{'·' * more}{body[end:]}"


def mirrored(text: str) -> str:
    parts = NOT_FOR_PEOPLE.split(text)
    return "".join(part if place % 2 else _turned(part) for place, part in enumerate(parts))


def _stretched(words: str, more: int) -> tuple[str, int]:
    """The words, and how many letters are owed still."""
    letters = []
    for letter in words:
        twice = more > 0 and letter in VOWELS
        more -= twice
        letters.append(letter * 2 if twice else letter)
    return "".join(letters).translate(ACCENTS), more


def _turned(words: str) -> str:
    """Line by line, since a mark ends with its paragraph."""
    return re.sub(r"\S(?:.*\S)?", lambda line: f"{MIRROR}{line[0].translate(ACCENTS)}{AS_BEFORE}", words)
