"""From somebody's answers to results in which nobody can be found again.

1. `hand_in` marks the link as used and puts the answers among those that wait: in one transaction, so that nothing is
   lost and nothing counts twice. All that wait are written anew each time: in a new order, under new random keys, sealed
   anew, padded to one of few sizes. Neither row nor order, time nor length tells which of them came last.
2. `let_in`, run by the clock and never by whoever answers, opens them together: five the first time, two at least after
   that. A sheet is taken apart; each answer is a number in a tally, each text stands by itself. Then the sheets are gone.

docs/decisions/0014 has the whole of it.
"""

import json
import random
from collections.abc import Iterable

from django.db import transaction

from events.actions import places
from events.models import Registration
from feedback.actions import tallies
from feedback.actions.refusals import AlreadyReceived, NotOpen
from feedback.actions.tallies import Answers
from feedback.models import Link, Round, Text, Waiting

# A ciphertext is as long as its text: both are filled up to a multiple of these.
SHEET_BLOCK, TEXT_BLOCK = 8192, 2048


@transaction.atomic
def hand_in(link: Link, answers: Answers) -> None:
    """`answers` maps the key of a question to the place of an option, a list of places, or words; what was skipped is
    left out. Raises AlreadyReceived, NotOpen."""
    round = _lock(link.round)
    link = Link.objects.select_for_update().get(pk=link.pk)
    if link.is_used:
        raise AlreadyReceived
    _require_open(round)
    link.is_used = True
    link.save(update_fields=["is_used"])
    _put(round, answers)


@transaction.atomic
def hand_in_on_screen(round: Round, answers: Answers) -> None:
    """For whoever answers at the address that was shown in the room: no link, so no more sheets than people who had a
    place. Raises NotOpen."""
    round = _lock(round)
    if round.screen_closed_because():
        raise NotOpen(round.screen_closed_because())
    if round.shown + round.waiting.count() >= Registration.objects.filter(event=round.event).coming().count():
        raise NotOpen("enough")
    _put(round, answers)


@transaction.atomic
def let_in(round: Round) -> int:
    """Open what waits, if enough wait. Returns how many people's answers were let in."""
    round = _lock(round)
    waiting = list(round.waiting.all())
    if not tallies.may_be_let_in(round.shown, len(waiting)):
        return 0
    sheets = [json.loads(sheet.answers) for sheet in waiting]
    questions = list(round.form.questions.all())
    kept = tallies.read(round)
    tallies.add(kept, sheets, questions)
    _rewrite_texts(
        round, sheets, {str(question.pk): question.pk for question in questions if question.is_in_words}
    )
    round.tallies, round.shown = json.dumps(kept), round.shown + len(sheets)
    round.save(update_fields=["tallies", "shown"])
    round.waiting.all().delete()
    return len(sheets)


def shuffled(rows: Iterable) -> list:
    """By the system's own randomness, which nobody can run again."""
    found = list(rows)
    random.SystemRandom().shuffle(found)
    return found


def padded(text: str, block: int) -> str:
    """With blanks at its end, so that its length in bytes says little."""
    return text + " " * (-len(text.encode()) % block)


def _put(round: Round, answers: Answers) -> None:
    everything = [sheet.answers for sheet in round.waiting.all()]
    everything.append(padded(json.dumps(dict(answers), ensure_ascii=False), SHEET_BLOCK))
    round.waiting.all().delete()
    Waiting.objects.bulk_create(Waiting(round=round, answers=sheet) for sheet in shuffled(everything))


def _rewrite_texts(round: Round, sheets: list[Answers], in_words: dict[str, int]) -> None:
    """All texts of the round anew, old and new ones mixed: which came together is not kept."""
    kept = list(round.texts.all())
    texts = [
        Text(round=round, question_id=one.question_id, text=one.text, is_let_in=one.is_let_in) for one in kept
    ]
    for text, old in zip(texts, kept, strict=True):
        text.themes, text.hidden_because = old.themes, old.hidden_because
    for sheet in sheets:
        for key, question in in_words.items():
            if words := str(sheet.get(key) or "").strip():
                texts.append(Text(round=round, question_id=question, text=padded(words, TEXT_BLOCK)))
    for question in in_words.values():
        held = [text for text in texts if text.question_id == question and not text.is_let_in]
        already = sum(text.question_id == question and text.is_let_in for text in texts)
        if tallies.may_be_let_in(already, len(held)):
            for text in held:
                text.is_let_in = True
    round.texts.all().delete()
    Text.objects.bulk_create(shuffled(texts))


def _require_open(round: Round) -> None:
    if reason := round.closed_because():
        raise NotOpen(reason)


def _lock(round: Round) -> Round:
    """The lock of the event, as everywhere: two who answer in one instant take turns."""
    event = places.lock(round.event)
    fresh = Round.objects.select_related("form").get(pk=round.pk)
    fresh.event = event
    return fresh
