"""Words before and after, with what was taken out and what was put in marked word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from breakouts.models import Topic, TopicStep, TopicVersion

# A word with the blanks behind it, so that putting the pieces together gives the text again.
WORD = re.compile(r"\S+\s*|\s+")
COMPARED = ("title", "why", "content_note")


@dataclass(frozen=True)
class Piece:
    text: str
    is_changed: bool


@dataclass(frozen=True)
class Comparison:
    """One field of a topic. `before` and `now` are its words in pieces."""

    label: str
    before: list[Piece]
    now: list[Piece]


def comparison_of(topic: Topic) -> list[Comparison]:
    """The fields that have changed since the organisers last asked for it, or with the last change. Empty without a
    change. Two queries."""
    earlier = _version_to_compare(topic)
    if earlier is None:
        return []
    both = ((name, getattr(earlier, name), getattr(topic, name)) for name in COMPARED)
    return [_comparison(name, before, now) for name, before, now in both if before != now]


def compare(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    old, new = WORD.findall(before), WORD.findall(now)
    changes = difflib.SequenceMatcher(None, _bare(old), _bare(new), autojunk=False).get_opcodes()
    was = [("".join(old[a:b]), tag != "equal") for tag, a, b, _c, _d in changes]
    is_now = [("".join(new[c:d]), tag != "equal") for tag, _a, _b, c, d in changes]
    return [*_pieces(was)], [*_pieces(is_now)]


def _comparison(name: str, before: str, now: str) -> Comparison:
    label = capfirst(str(getattr(Topic._meta.get_field(name), "verbose_name", name)))
    was, is_now = compare(before, now)
    nothing = [Piece(_("(nothing)"), is_changed=False)]
    return Comparison(label, was or nothing, is_now or nothing)


def _version_to_compare(topic: Topic) -> TopicVersion | None:
    """The words that were there when a change was asked for the last time; else those before the last change."""
    versions: Any = topic.versions.all()
    asked = topic.steps.filter(kind=TopicStep.Kind.CHANGE_WANTED).last()
    since = versions.filter(until__gte=asked.at).first() if asked else None
    return since or versions.last()


def _bare(words: list[str]) -> list[str]:
    return [word.strip() for word in words]


def _pieces(texts: list[tuple[str, bool]]) -> Iterator[Piece]:
    return (Piece(text, is_changed) for text, is_changed in texts if text)
