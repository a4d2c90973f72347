"""What those who read do with a question: into the line, on the large page, answered; other words asked for, or left out.

Each press names the question and where it is to go. What was moved meanwhile, or does not go there, changes nothing.
"""

from collections.abc import Mapping

from django.db import transaction

from kit.meanwhile import NothingChanged
from learning.actions.surgery_box import Box, show_anew
from learning.asked import Asked, State
from learning.models import PublishedAnswer, Surgery, SurgeryReply

Kind = SurgeryReply.Kind
# From where to where a press can move a question.
MOVES: Mapping[State, tuple[State, ...]] = {
    State.READ: (State.LINE, State.CODE, State.OUT),
    State.LINE: (State.NOW, State.PARKED, State.CODE, State.OUT),
    State.NOW: (State.ALOUD, State.PARKED, State.LINE, State.CODE),
    State.PARKED: (State.LINE, State.CODE, State.OUT),
    State.CODE: (State.LINE, State.OUT),
    State.WORDS: (State.READ, State.OUT),
    State.OUT: (State.READ,),
    State.ALOUD: (State.LINE,),
    State.WRITTEN: (),
    State.BOX: (),
}
# Not for what may be answered by code alone.
FOR_ALL = (State.LINE, State.NOW, State.PARKED)
# Where an answer in writing ends it. Answered aloud it stays so, with words besides.
ANSWERABLE = (State.READ, State.LINE, State.NOW, State.PARKED, State.CODE, State.ALOUD, State.WRITTEN)

REWORDABLE = (State.READ, State.LINE, State.NOW, State.PARKED, State.CODE, State.WORDS)


class TheSameWords(Exception):
    """A question is published in other words than those that were given to this surgery alone."""


def may_go(one: Asked, to: State) -> bool:
    return to in MOVES[one.state] and (one.may_aloud or to not in FOR_ALL)


@transaction.atomic
def move(surgery: Surgery, key: str, to: State) -> None:
    """Raises NothingChanged."""
    box = Box.locked(surgery)
    one = box.with_key(key)
    if not may_go(one, to):
        raise NothingChanged
    if to == State.NOW:
        _take_off_the_screen(box)
    box.put(one, one.but(state=to))
    box.write()
    show_anew(box.surgery)


@transaction.atomic
def ask_for_other_words(surgery: Surgery, key: str, note: str) -> None:
    """It is shown to nobody until it is rewritten. Raises NothingChanged."""
    box = Box.locked(surgery)
    one = box.with_key(key)
    if one.state not in REWORDABLE:
        raise NothingChanged
    box.reply(one.key, Kind.NOTE, note)
    box.put(one, one.but(state=State.WORDS))
    box.write()
    show_anew(box.surgery)


@transaction.atomic
def answer(surgery: Surgery, key: str, text: str) -> None:
    """Answer in writing, or anew. Raises NothingChanged."""
    box = Box.locked(surgery)
    one = box.with_key(key)
    if one.state not in ANSWERABLE:
        raise NothingChanged
    box.reply(one.key, Kind.ANSWER, text)
    if one.state != State.ALOUD:
        box.put(one, one.but(state=State.WRITTEN))
    box.write()
    show_anew(box.surgery)


@transaction.atomic
def answer_more(surgery: Surgery, key: str, text: str) -> None:
    """Answer the one thing more. Raises NothingChanged."""
    box = Box.locked(surgery)
    one = box.with_key(key)
    if not one.more_is_read:
        raise NothingChanged
    box.reply(one.key, Kind.MORE, text)
    box.write()


@transaction.atomic
def publish(surgery: Surgery, key: str, *, question: str, answer: str) -> PublishedAnswer:
    """Show everyone a question, in the organisers' words, with its answer. Raises TheSameWords, NothingChanged."""
    box = Box.locked(surgery)
    one = box.with_key(key)
    if not one.may_aloud or one.state not in (State.ALOUD, State.WRITTEN):
        raise NothingChanged
    if _bare(one.words) in _bare(question):
        raise TheSameWords
    return PublishedAnswer.objects.create(event=box.surgery.event, question=question, answer=answer)


def take_down(answer: PublishedAnswer) -> None:
    answer.delete()


def replies(surgery: Surgery) -> dict[tuple[str, str], str]:
    """What was written, by question and kind; what cannot be read now is left out. One query."""
    rows = [reply for reply in surgery.replies.all() if reply.is_readable]
    return {(reply.question, reply.kind): reply.text.rstrip() for reply in rows}


def _take_off_the_screen(box: Box) -> None:
    for one in list(box.asked):
        if one.state == State.NOW:
            box.put(one, one.but(state=State.LINE))


def _bare(words: str) -> str:
    """The letters alone, so that a stop more is not another question."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())
