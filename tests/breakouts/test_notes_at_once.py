"""Two tabs of the same note-taker press Save in the same instant, on the real database."""

from collections.abc import Callable
from typing import Any

import pytest

from breakouts.actions import notes
from breakouts.models import Helper, RoomNote
from kit.meanwhile import ChangedMeanwhile
from tests.breakouts.factories import make_note_taker, make_social, make_topic
from tests.breakouts.test_concurrency import PEOPLE, in_deferred_transactions, unlocked
from tests.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TABS = PEOPLE


def make_save() -> Callable[[int], RoomNote]:
    topic = make_topic(make_social())
    taker = make_note_taker(topic)

    def save(tab: int) -> RoomNote:
        writer = Helper.objects.select_related("role__event").get(pk=taker.pk)
        texts = dict.fromkeys(RoomNote.PARTS, f"Tab {tab}")
        return notes.save(writer, topic, texts, version=0)

    return save


def refusals(answers: list[Any]) -> list[ChangedMeanwhile]:
    return [answer for answer in answers if isinstance(answer, ChangedMeanwhile)]


def test_one_text_is_kept_and_every_other_tab_is_told_what_it_is():
    answers = at_once(make_save(), TABS)

    saved = RoomNote.objects.get()
    assert (saved.version, len(refusals(answers))) == (1, TABS - 1)
    assert {refusal.now.came_up for refusal in refusals(answers)} == {saved.came_up}


def test_without_the_lock_the_other_tabs_would_only_see_an_error(monkeypatch: pytest.MonkeyPatch):
    save = make_save()
    unlocked(monkeypatch, notes, "note_of")

    answers = at_once(in_deferred_transactions(save), TABS)

    assert len(refusals(answers)) < TABS - 1
