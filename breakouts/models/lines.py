"""Lines of a text, so that one of them can be named and taken out."""

import hashlib
import re
from collections.abc import Collection

from kit.markdown import plain

# What stands before the words of a line in Markdown: a list, a heading, a quote.
MARKS = re.compile(r"^(?:\s+|[-*+]\s|#{1,6}\s|>|\d{1,9}[.)]\s)+")


def bare(line: str) -> str:
    """The words of a line alone: "- We want captions" and "We want captions" say the same."""
    return MARKS.sub("", line).strip()


def digest(line: str) -> str:
    """A short name of a line that changes when its words do."""
    return hashlib.sha256(bare(line).casefold().encode()).hexdigest()[:20]


def lines_of(text: str) -> list[tuple[str, str]]:
    """The lines of a text that have words: for each its name and the words, as people read them."""
    return [(digest(line), plain(bare(line)) or bare(line)) for line in text.split("\n") if bare(line)]


def without(text: str, digests: Collection[str]) -> str:
    kept = [line for line in text.split("\n") if not bare(line) or digest(line) not in digests]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
