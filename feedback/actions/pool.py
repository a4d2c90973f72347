"""From somebody's answers to results in which nobody can be found again.

1. `hand_in` marks the link as used and puts the answers among those that wait: in one transaction, so that nothing is
   lost and nothing counts twice. All that wait are written anew each time: in a new order, under new random keys, sealed
   anew, filled up to one length. Neither row nor order, time nor length tells which of them came last. All links are
   written anew too: Postgres keeps the number of the transaction that last wrote a row.
2. `release`, run by the clock and never by whoever answers, opens them together once five of them are first-hand
   (events.actions.first_hand). A sheet is taken apart; each answer is a number in a tally, each text stands by itself.
   Then the sheets are gone.
3. `forget_traces`, after that, sees to it that the database's files do not hold what was written before.

docs/decisions/0014 has the whole of it.
"""

import json

from django.db import transaction
from django.db.models import Case, F, Value, When

from events.actions import first_hand
from events.models import Closed, Registration
from feedback.actions import tallies
from feedback.actions.refusals import AlreadyReceived
from feedback.actions.tallies import Answers, Sheet
from feedback.models import AnswerLink, AnswerText, FeedbackRound, Question, Thanks, ThanksGiven, WaitingSheet
from kit import anonymity
from kit.anonymity import write_anew
from kit.meanwhile import NotOpen

# Texts are filled up to the longest that anybody may write, and a sheet to what its form can hold.
LONGEST_TEXT = 1500
TEXT_BLOCK = 4 * LONGEST_TEXT + 144
SHEET_BLOCK = 2048


@transaction.atomic
def hand_in(link: AnswerLink, answers: Answers) -> None:
    """Take somebody's answers in. `answers` maps the key of a question to the place of an option, a list of places,
    or words; what was skipped is left out. Raises AlreadyReceived, NotOpen."""
    round = _lock(link.round)
    if AnswerLink.objects.get(pk=link.pk).is_used:
        raise AlreadyReceived
    _require_open(round)
    _use(link)
    _put(round, Sheet(answers, first_hand.is_of(round.event, link.registration_id)))


@transaction.atomic
def hand_in_on_screen(round: FeedbackRound, answers: Answers) -> None:
    """Take answers in from the address that was shown in the room. Raises NotOpen."""
    round = _lock(round)
    if reason := round.screen_closed_because():
        raise NotOpen(reason)
    came = Registration.objects.filter(event=round.event).coming().count()
    # There is no link to use up, so no more sheets are taken than people had a place. Those that came by links do not
    # count: how many they are is for nobody to find out here.
    if round.room_answers >= came:
        raise NotOpen(Closed.FULL)
    FeedbackRound.objects.filter(pk=round.pk).update(room_answers=F("room_answers") + 1)
    _put(round, Sheet(answers, is_first_hand=False))


@transaction.atomic
def release(round: FeedbackRound) -> int:
    """Open what waits, if enough wait. Returns how many people's answers were released."""
    round = _lock(round)
    sheets = [_unpacked(sheet.answers) for sheet in round.waiting.all()]
    if not tallies.may_be_let_in(sum(sheet.is_first_hand for sheet in sheets)):
        return 0
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


@transaction.atomic
def settle(round: FeedbackRound) -> None:
    """End a round for good: release what can be, forget what never will be (what fewer than five said since), and
    who could answer. The results stay."""
    release(round)
    round = _lock(round)
    kept = tallies.read(round)
    tallies.forget_held(kept)
    round.tallies, round.is_settled = json.dumps(kept), True
    round.save(update_fields=["tallies", "is_settled"])
    round.texts.filter(is_released=False).delete()
    round.waiting.all().delete()
    round.links.all().delete()


def forget_traces() -> None:
    """See to it that what is deleted does not stand in the database's files any more."""
    anonymity.forget_traces(WaitingSheet, AnswerText, AnswerLink, FeedbackRound, Thanks, ThanksGiven)


def _use(link: AnswerLink) -> None:
    """Mark a link as used."""
    # All links of the round are written, so that none is the one that was written last.
    is_this = When(pk=link.pk, then=Value(True))
    AnswerLink.objects.filter(round=link.round_id).update(is_used=Case(is_this, default=F("is_used")))


def _put(round: FeedbackRound, sheet: Sheet) -> None:
    """Put somebody's answers among those that wait."""
    in_words = round.form.questions.filter(kind=Question.Kind.WORDS).count()
    block = SHEET_BLOCK + in_words * TEXT_BLOCK
    waiting = round.waiting.all()
    write_anew(waiting, [*waiting, WaitingSheet(round=round, answers=_packed(sheet))], {"answers": block})


def _packed(sheet: Sheet) -> str:
    # The numbers of no and yes are of one length.
    return json.dumps([int(sheet.is_first_hand), dict(sheet.answers)], ensure_ascii=False)


def _unpacked(text: str) -> Sheet:
    is_first_hand, answers = json.loads(text)
    return Sheet(answers, bool(is_first_hand))


def _rewrite_texts(round: FeedbackRound, sheets: list[Sheet], in_words: dict[str, int]) -> None:
    """Write all texts of the round anew, old and new ones mixed: which came together is not kept."""
    before = round.texts.all()
    texts = list(before)
    for sheet in sheets:
        for key, question in in_words.items():
            if words := str(sheet.answers.get(key) or "").strip():
                text = AnswerText(round=round, question_id=question, text=words)
                text.is_first_hand = sheet.is_first_hand
                texts.append(text)
    for question in in_words.values():
        _let_in([text for text in texts if text.question_id == question and not text.is_released])
    write_anew(before, texts, {"text": TEXT_BLOCK})


def _let_in(held: list[AnswerText]) -> None:
    """Release texts to one question, if enough of them are first-hand; which were is then forgotten."""
    if tallies.may_be_let_in(sum(text.is_first_hand for text in held)):
        for text in held:
            text.is_released, text.is_first_hand = True, False


def _require_open(round: FeedbackRound) -> None:
    if reason := round.closed_because():
        raise NotOpen(reason)


def _lock(round: FeedbackRound) -> FeedbackRound:
    """The round, read again under the lock of its event: two who answer in one instant take turns."""
    event = round.event.locked()
    fresh = FeedbackRound.objects.select_related("form").get(pk=round.pk)
    fresh.event = event
    return fresh
