"""What is kept of a question that was asked without a name: one text, sealed, as long as any other."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

LONGEST_QUESTION = 600
# The words and one thing more, at four bytes a letter, and what stands around them.
BLOCK = 4 * 2 * LONGEST_QUESTION + 1344
LONGEST_REPLY = 2000
REPLY_BLOCK = 4 * LONGEST_REPLY + 192


class State(StrEnum):
    BOX = "box"  # nobody has it yet
    READ = "read"  # those who read have it, and have not decided
    LINE = "line"
    WORDS = "words"  # other words were asked for
    CODE = "code"  # answered by code alone
    OUT = "out"
    NOW = "now"
    ALOUD = "aloud"
    WRITTEN = "written"
    PARKED = "parked"


# What everybody at the surgery may read.
SHOWN = (State.LINE, State.NOW)
# What is not decided or answered yet.
OPEN = (State.READ, State.LINE, State.NOW, State.PARKED, State.CODE)


@dataclass(frozen=True)
class Asked:
    """`code` is a keyed digest. `may_aloud`: aloud and by code, else by code alone. `alone`: it may be read though fewer
    than five were asked. `is_first_hand` is forgotten once it is read. `key` and `lot`, the place among equals, are drawn
    then: the order of coming, or a day, would lead whoever has the database back to a handful. `more`: one thing more,
    after the answer; `more_is_read` once those who read have it."""

    words: str
    code: str
    may_aloud: bool
    alone: bool
    is_first_hand: bool
    state: State = State.BOX
    key: str = ""
    lot: int = 0
    more: str = ""
    more_is_read: bool = False
    helped: bool = False

    def to_text(self) -> str:
        # The numbers of no and yes are of one length.
        kept = {
            name: int(value) if isinstance(value, bool) else value for name, value in asdict(self).items()
        }
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        kept = json.loads(text)
        flags = ("may_aloud", "alone", "is_first_hand", "more_is_read", "helped")
        kept |= {name: bool(kept[name]) for name in flags}
        return cls(**kept | {"state": State(kept["state"])})

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)

    @property
    def is_shown(self) -> bool:
        """Whether everybody at the surgery may read it."""
        return self.may_aloud and self.state in SHOWN

    @property
    def waits_for_more(self) -> bool:
        return bool(self.more) and not self.more_is_read
