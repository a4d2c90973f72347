"""The ground of what nobody can join to a person: answers, words of thanks, questions asked without a name.

Three promises, each a few lines here and a test in whatever stands on them:

1. **Nothing tells which came last.** With each that comes all of a kind are written anew (`write_anew`): under new keys,
   sealed anew, of one length, in an order that nobody can run again. Rows that say *that* somebody took part are written
   all together too, because Postgres keeps with each row the transaction that wrote it.
2. **Five at a time.** What was given is counted and held (`Tally`), and opened when five of those that wait count towards
   five (`may_be_let_in`): the others are opened with them, and open nothing. Which count, the app says; for people of an
   event it asks events.actions.first_hand.
3. **Deleted means overwritten** (`forget_traces`).

Rows of a model that inherits from `Unjoined` have no key, order or time that could join them to anything.
docs/decisions/0055 says what each app does itself, 0014 how it was found.
"""

import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self, TypeVar

from django.db import connection, models

from kit.sealing import Sealed

# So many are opened together, the first time and each time after it: below five a number is nearly a name, and so is the
# difference of two pages.
THRESHOLD = 5


class Unjoined(Sealed):
    """Base of a row that nobody can join to a person: its key is random, and it is written anew with its neighbours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Unjoined)


def shuffled(rows: Iterable) -> list:
    """The rows in an order by the system's own randomness, which nobody can run again."""
    found = list(rows)
    random.SystemRandom().shuffle(found)
    return found


def padded(text: str, block: int) -> str:
    """The text with blanks at its end, so that its length in bytes says little."""
    return text + " " * (-len(text.encode()) % block)


def anew(row: Row, blocks: Mapping[str, int]) -> Row:
    """The same as a row that was never written: under a new key, to be sealed anew. Raises CannotUnseal."""
    fields = [field.attname for field in row._meta.concrete_fields if field.attname not in {"id", "seal_id"}]
    return type(row)(**{name: _filled_up(getattr(row, name), blocks.get(name, 0)) for name in fields})


def write_anew(old: models.QuerySet[Row], new: Iterable[Row], blocks: Mapping[str, int]) -> None:
    """Write `new`, all that are to stand there, in the place of `old`, all that stand there now. `blocks`: to how many
    bytes each sealed text is filled up; a ciphertext is as long as its text, so to the longest that anybody may write, a
    character being four bytes at most.

    In a transaction of the caller's, with what they are about locked. Raises CannotUnseal: leave out of both what cannot
    be read, for when its key is back."""
    rows = [anew(row, blocks) for row in new]
    old.delete()
    old.model._default_manager.bulk_create(shuffled(rows))


def may_be_let_in(first_hand: int, threshold: int = THRESHOLD) -> bool:
    """Whether what waits may be opened together, so many of which count towards five. The others are opened with them,
    and open nothing: whoever made those up could take them off again, and would have the rest."""
    return first_hand >= threshold


@dataclass
class Tally:
    """How often each of some options was chosen. `counts` is what may be seen, of `people`; what is `held` waits until
    enough have chosen who count towards five: somebody who skips must not leave another alone in the difference between
    two days. Kept as JSON, sealed (`kept`, `of`)."""

    people: int
    counts: list[int]
    held_people: int
    held_first_hand: int
    held: list[int]

    @classmethod
    def nothing(cls, options: int) -> Self:
        return cls(0, [0] * options, 0, 0, [0] * options)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None, options: int) -> Self:
        """What was kept; nothing for None."""
        return cls(**kept) if kept else cls.nothing(options)

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    def hold(self, chosen: Sequence[int], *, is_first_hand: bool) -> None:
        """Count what one person chose: the places of one option or of several. Nothing chosen is nobody."""
        self.held_people += bool(chosen)
        self.held_first_hand += bool(chosen) and is_first_hand
        for option in chosen:
            self.held[option] += 1

    def let_in(self, threshold: int = THRESHOLD) -> bool:
        """Open what is held, if enough is. By the clock, or when all is closed at once: never because of the press of one
        who answers."""
        if not may_be_let_in(self.held_first_hand, threshold):
            return False
        self.people += self.held_people
        self.counts = [sum(pair) for pair in zip(self.counts, self.held, strict=True)]
        self.forget_held()
        return True

    def forget_held(self) -> None:
        """Forget what waits for others who will not come any more."""
        self.held_people, self.held_first_hand, self.held = 0, 0, [0] * len(self.held)

    def shown(self, threshold: int = THRESHOLD) -> tuple[int, tuple[int, ...]] | None:
        """How many people, and how often each was chosen; None while too few have. The only way to any number."""
        return (self.people, tuple(self.counts)) if self.people >= threshold else None


def forget_traces(*tables: type[models.Model]) -> None:
    """See to it that what is deleted from these tables does not stand in the database's files any more."""
    # Neither a vacuum nor cutting off the log is possible inside a transaction.
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Deleted rows stay where they were until a vacuum.
            for model in tables:
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
        else:
            # Deleted rows are overwritten (secure_delete in the settings), but the log
            # of changes shows how the rows stood after each answer, until it is cut off.
            # Whoever reads at this moment is not waited for: the next round of the clock tries again.
            cursor.execute("PRAGMA busy_timeout = 500")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {1000 * connection.settings_dict['OPTIONS']['timeout']}")


def _filled_up(value: Any, block: int) -> Any:
    # What is empty would not be sealed at all, which anybody could see.
    return padded(value.rstrip(), block) or " " * block if block else value
