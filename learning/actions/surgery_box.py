"""From a question without a name to those who answer, and back by a code. Only a Box writes SurgeryQuestion.

Whoever has the database, its files and the keys must not find out who asked, and whoever reads must not tell by when it
came. So nothing notes that somebody asked; with each change all questions of a surgery are written anew (kit.anonymity);
and what comes waits in the box until five first-hand questions do (events.actions.first_hand), which then are given to
those who read together, in an order by lot. What its asker lets be read alone, and what they add later by their code, is
given at moments that nobody's press decides (surgery_moments). docs/decisions/0056 has the whole of it.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from events.actions import first_hand
from events.models import Closed, Registration
from kit import anonymity
from kit.anonymity import may_be_let_in, write_anew
from kit.meanwhile import NothingChanged, NotOpen
from learning.actions import surgery_codes as codes
from learning.actions.surgery_moments import last_moment
from learning.asked import BLOCK, REPLY_BLOCK, Asked, State
from learning.models import Surgery, SurgeryQuestion, SurgeryReply

# Limits against flooding that keep nothing about anybody: so many wait to be read at the most, and of these so many that
# are not first-hand, so that a room full of made-up ones shuts nobody out who has a place.
WAITING_AT_MOST = 60
NOT_FIRST_HAND_AT_MOST = 40
AT_MOST = 200
UNREAD = (State.BOX, State.READ)
LOTS = 10**9


class NoSuchCode(Exception):
    """No question has this code: mistyped, or deleted since."""


@dataclass
class Box:
    """The questions of a surgery, under its lock. What cannot be read stays as it is, for when its key is back."""

    surgery: Surgery
    known: list[SurgeryQuestion]
    asked: list[Asked]

    @classmethod
    def locked(cls, surgery: Surgery) -> "Box":
        fresh = Surgery.objects.select_for_update(of=("self",)).with_event().get(pk=surgery.pk)
        known = _readable(fresh)
        return cls(fresh, known, [Asked.from_text(row.sheet) for row in known])

    def write(self) -> None:
        rows = [SurgeryQuestion(surgery=self.surgery, sheet=one.to_text()) for one in self.asked]
        old = SurgeryQuestion.objects.filter(pk__in=[row.pk for row in self.known])
        write_anew(old, rows, {"sheet": BLOCK})
        replied = set(
            self.surgery.replies.filter(kind=SurgeryReply.Kind.MORE).values_list("question", flat=True)
        )
        waits = (
            one.state == State.READ or (one.more_is_read and one.key not in replied) for one in self.asked
        )
        Surgery.objects.filter(pk=self.surgery.pk).update(has_to_read=any(waits))

    def reply(self, key: str, kind: str, text: str) -> None:
        """Write an answer, or another one in its place. All are written anew: in which order says nothing."""
        rows = [row for row in self._replies() if (row.question, row.kind) != (key, kind)]
        self._write_replies([*rows, SurgeryReply(surgery=self.surgery, question=key, kind=kind, text=text)])

    def forget_replies(self, key: str, kind: str = "") -> None:
        rows = self._replies()
        self._write_replies([row for row in rows if row.question != key or kind not in ("", row.kind)])

    def _replies(self) -> list[SurgeryReply]:
        return [row for row in self.surgery.replies.all() if row.is_readable]

    def _write_replies(self, rows: list[SurgeryReply]) -> None:
        old = SurgeryReply.objects.filter(pk__in=[row.pk for row in self._replies()])
        write_anew(old, rows, {"text": REPLY_BLOCK})

    def put(self, before: Asked, after: Asked) -> None:
        self.asked = [after if one is before else one for one in self.asked]

    def with_code(self, code: str) -> Asked:
        """Raises NoSuchCode."""
        found = _with_code(self.asked, code)
        if found is None:
            raise NoSuchCode
        return found

    def with_key(self, key: str) -> Asked:
        """One that those who read have. Raises NothingChanged."""
        found = next((one for one in self.asked if one.key == key and one.state != State.BOX), None)
        if found is None:
            raise NothingChanged
        return found


def read(surgery: Surgery) -> list[Asked]:
    """What those who read have, in an order by lot; what is in the box is nobody's yet. The only way to any of them."""
    asked = (Asked.from_text(row.sheet) for row in _readable(surgery))
    return sorted((one for one in asked if one.state != State.BOX), key=lambda one: one.lot)


def with_code(surgery: Surgery, code: str) -> Asked:
    """The question that this code leads to, whatever became of it. Raises NoSuchCode."""
    found = _with_code([Asked.from_text(row.sheet) for row in _readable(surgery)], code)
    if found is None:
        raise NoSuchCode
    return found


@transaction.atomic
def ask(
    surgery: Surgery,
    words: str,
    *,
    may_aloud: bool,
    alone: bool,
    registration: Registration | None = None,
    once: str = "",
) -> str:
    """Put a question into the box. Returns its code, which is kept nowhere. The same `once` again is the same question.
    `registration`: by the link of whose own page; nothing of it is kept. Raises NotOpen."""
    code = codes.make(f"{surgery.code}/{once}" if once else "")
    box = Box.locked(surgery)
    if once and _with_code(box.asked, code):
        return code
    if not box.surgery.takes_questions(timezone.now()):
        raise NotOpen(Closed.TOO_LATE)
    is_first_hand = registration is not None and first_hand.is_of(box.surgery.event, registration.pk)
    _require_room(box, is_first_hand=is_first_hand)
    box.asked.append(Asked(words, codes.digest(code), may_aloud, alone, is_first_hand))
    box.write()
    return code


@transaction.atomic
def rewrite(surgery: Surgery, code: str, words: str) -> None:
    """Put it in other words, which were asked for: read at the next moment. Raises NoSuchCode, NothingChanged."""

    def rewritten(one: Asked) -> Asked:
        if one.state != State.WORDS:
            raise NothingChanged
        return one.but(words=words, state=State.BOX, alone=True)

    box = _change(surgery, code, rewritten)
    box.forget_replies(box.with_code(code).key, SurgeryReply.Kind.NOTE)


def let_be_read(surgery: Surgery, code: str) -> None:
    """Let it be read though fewer than five were asked. Raises NoSuchCode, NothingChanged."""

    def allowed(one: Asked) -> Asked:
        if one.state != State.BOX or one.alone:
            raise NothingChanged
        return one.but(alone=True)

    _change(surgery, code, allowed)


def say_that_it_helped(surgery: Surgery, code: str) -> None:
    """Raises NoSuchCode, NothingChanged."""

    def helped(one: Asked) -> Asked:
        if one.helped or one.state not in (State.ALOUD, State.WRITTEN):
            raise NothingChanged
        return one.but(helped=True)

    _change(surgery, code, helped)


def ask_one_thing_more(surgery: Surgery, code: str, words: str) -> None:
    """Once, after the answer. It is read at the next moment. Raises NoSuchCode, NothingChanged."""

    def more(one: Asked) -> Asked:
        if one.more or one.state not in (State.ALOUD, State.WRITTEN):
            raise NothingChanged
        return one.but(more=words)

    _change(surgery, code, more)


@transaction.atomic
def delete(surgery: Surgery, code: str) -> None:
    """Delete a question and what was answered, at once. What is on the large page goes from it. Raises NoSuchCode."""
    box = Box.locked(surgery)
    gone = box.with_code(code)
    box.asked = [one for one in box.asked if one is not gone]
    box.forget_replies(gone.key)
    box.write()
    if gone.is_shown:
        show_anew(box.surgery)


@transaction.atomic
def let_in(surgery: Surgery) -> bool:
    """Give those who read what may be given now. Run by the clock. Returns whether anything was."""
    now, box = timezone.now(), Box.locked(surgery)
    waiting = [one for one in box.asked if one.state == State.BOX]
    moment = last_moment(box.surgery, now)
    is_time = box.surgery.read_at is None or moment > box.surgery.read_at
    if is_time:
        Surgery.objects.filter(pk=surgery.pk).update(read_at=moment)
    if may_be_let_in(sum(one.is_first_hand for one in waiting)):
        given = waiting
    else:
        given = [one for one in waiting if one.alone] if is_time else []
    more = [one for one in box.asked if one.waits_for_more] if is_time else []
    if not given and not more:
        return False
    _give(box, given)
    for one in more:
        box.put(one, one.but(more_is_read=True))
    box.write()
    return True


def forget_traces() -> None:
    anonymity.forget_traces(SurgeryQuestion, SurgeryReply, Surgery)


def show_anew(surgery: Surgery) -> None:
    """Something that the large page shows has changed."""
    Surgery.objects.filter(pk=surgery.pk).update(screen=F("screen") + 1)


def _give(box: Box, given: Iterable[Asked]) -> None:
    for one in given:
        new = one.but(state=State.READ, is_first_hand=False)
        # Rewritten, it has its key and its lot already.
        box.put(one, new if one.key else new.but(key=secrets.token_hex(8), lot=secrets.randbelow(LOTS)))


@transaction.atomic
def _change(surgery: Surgery, code: str, changed: Callable[[Asked], Asked]) -> Box:
    box = Box.locked(surgery)
    one = box.with_code(code)
    box.put(one, changed(one))
    box.write()
    return box


def _require_room(box: Box, *, is_first_hand: bool) -> None:
    unread = [one for one in box.asked if one.state in UNREAD]
    # Whether it was first-hand is forgotten once those who read have it.
    others = sum(one.state == State.BOX and not one.is_first_hand for one in unread)
    is_full = len(unread) >= WAITING_AT_MOST or len(box.asked) >= AT_MOST
    if is_full or (not is_first_hand and others >= NOT_FIRST_HAND_AT_MOST):
        raise NotOpen(Closed.FULL)


def _readable(surgery: Surgery) -> list[SurgeryQuestion]:
    return [row for row in surgery.questions.all() if row.is_readable]


def _with_code(asked: Iterable[Asked], code: str) -> Asked | None:
    known = list(codes.digests(code))
    found = [one for one in asked if any(constant_time_compare(one.code, digest) for digest in known)]
    return found[0] if found else None
