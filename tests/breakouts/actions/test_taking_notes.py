"""Notes as they are taken: nothing that was typed is lost, and nobody overwrites what they have not seen."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import helpers, notes, retention
from breakouts.actions.notes import NothingWritten
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import RoomNote
from kit.meanwhile import ChangedMeanwhile
from tests.breakouts.factories import make_note_taker, make_social, make_topic, write_notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(make_social(), "Names", host="Keli")


def test_each_saving_raises_the_version(topic):
    taker = make_note_taker(topic)

    first = write_notes(taker, came_up="One")
    second = write_notes(taker, came_up="One\nTwo", version=first.version)

    assert [first.version, second.version] == [1, 2]
    assert RoomNote.objects.get().came_up == "One\nTwo"


def test_an_older_page_never_overwrites_unseen(topic):
    taker = make_note_taker(topic)
    write_notes(taker, came_up="From the first tab")

    with pytest.raises(ChangedMeanwhile) as refusal:
        write_notes(taker, came_up="From the second tab", version=0)

    assert refusal.value.now.came_up == "From the first tab"
    assert RoomNote.objects.get().came_up == "From the first tab"


def test_a_page_that_never_heard_the_answer_may_send_the_same_words_again(topic):
    taker = make_note_taker(topic)
    write_notes(taker, came_up="One", sentence="Ask.")

    again = write_notes(taker, came_up="One", sentence="Ask.", version=0)

    assert (again.version, RoomNote.objects.count()) == (1, 1)


def test_two_note_takers_have_a_row_each(topic):
    one, other = make_note_taker(topic), make_note_taker(topic)

    write_notes(one, came_up="Mine")
    write_notes(other, came_up="Theirs")

    assert sorted(topic.notes.values_list("came_up", flat=True)) == ["Mine", "Theirs"]


def test_the_host_writes_a_row_of_their_own(topic):
    write_notes(make_note_taker(topic), came_up="Mine")

    note = write_notes(topic.hosts.get(), came_up="Three sentences")

    assert (note.host, note.helper, topic.notes.count()) == (topic.hosts.get(), None, 2)


def test_whoever_is_finished_can_still_change_what_they_wrote(topic):
    taker = make_note_taker(topic)
    done = write_notes(taker, sentence="Ask first.", finish=True)

    later = write_notes(taker, sentence="Ask first, always.", version=done.version)

    assert later.finished_at == done.finished_at
    assert later.sentence == "Ask first, always."


def test_nobody_is_finished_without_a_word(topic):
    with pytest.raises(NothingWritten):
        write_notes(make_note_taker(topic), finish=True)

    assert RoomNote.objects.exists() is False


def test_thirty_days_after_the_event_notes_are_closed(topic):
    taker = make_note_taker(topic)
    write_notes(taker, came_up="One")

    with time_machine.travel(topic.event.ends_at + timedelta(days=29), tick=False):
        write_notes(taker, came_up="Two", version=1)
    with (
        time_machine.travel(topic.event.ends_at + timedelta(days=31), tick=False),
        pytest.raises(NoLongerPossible),
    ):
        write_notes(taker, came_up="Three", version=2)


def test_what_was_typed_for_a_room_is_saved_for_it_after_another_room_was_given(topic):
    taker = make_note_taker(topic)
    other = make_topic(topic.event, "Captions")
    helpers.assign(taker, other)
    taker.refresh_from_db()

    assert notes.room_of(taker) == other
    assert notes.room_of(taker, str(topic.pk), is_writing=True) == topic
    # To look into it they would have to have written there.
    assert notes.room_of(taker, str(topic.pk)) == other
    notes.save(taker, topic, dict.fromkeys(RoomNote.PARTS, "Text"), version=0)
    assert notes.room_of(taker, str(topic.pk)) == topic


def test_nobody_writes_in_a_room_of_another_event_or_after_they_stepped_down(topic):
    taker = make_note_taker(topic)
    elsewhere = make_topic(make_social())

    assert notes.room_of(taker, str(elsewhere.pk), is_writing=True) == topic
    assert notes.room_of(taker, "9" * 40, is_writing=True) == topic
    gone = helpers.step_down(taker)

    assert notes.room_of(gone, str(topic.pk), is_writing=True) is None


def test_whoever_stepped_down_still_reaches_what_they_wrote(topic):
    taker = make_note_taker(topic)
    write_notes(taker, came_up="Half of it")

    gone = helpers.step_down(taker)

    assert notes.room_of(gone, str(topic.pk), is_writing=True) == topic


def test_raw_notes_are_forgotten_ninety_days_after_the_event(topic):
    write_notes(make_note_taker(topic), came_up="One")

    with time_machine.travel(topic.event.ends_at + timedelta(days=89), tick=False):
        retention.forget_what_is_over()
    assert RoomNote.objects.count() == 1

    with time_machine.travel(topic.event.ends_at + timedelta(days=91), tick=False):
        retention.forget_what_is_over()
    assert RoomNote.objects.count() == 0
    assert timezone.now() < topic.event.starts_at
