"""Two tabs of the same note-taker press Save in the same instant, on the real database."""

import pytest

from breakouts.actions import notes
from breakouts.actions.notes import ChangedMeanwhile
from breakouts.models import Helper, RoomNote
from tests.breakouts.factories import make_note_taker, make_social, make_topic
from tests.events.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TABS = 6


def test_one_text_is_kept_and_every_other_tab_is_told_what_it_is():
    topic = make_topic(make_social())
    taker = make_note_taker(topic)

    def save(tab: int) -> RoomNote:
        writer = Helper.objects.select_related("role__event").get(pk=taker.pk)
        texts = dict.fromkeys(RoomNote.PARTS, f"Tab {tab}")
        return notes.save(writer, topic, texts, version=0)

    answers = at_once(save, TABS)

    saved = RoomNote.objects.get()
    refused = [answer for answer in answers if isinstance(answer, ChangedMeanwhile)]
    assert (saved.version, len(refused)) == (1, TABS - 1)
    assert {refusal.note.came_up for refusal in refused} == {saved.came_up}
