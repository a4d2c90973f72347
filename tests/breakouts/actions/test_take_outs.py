from datetime import timedelta

import pytest
import time_machine
from django.core import serializers

from breakouts.actions import recaps, retention, take_outs
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import RecapPart, RoomNote, TakeOut
from breakouts.models.lines import lines_of, without
from events.actions import leaving
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_note_taker,
    make_part,
    make_recap,
    make_social,
    make_topic,
    organiser_of,
    write_notes,
)
from tests.factories import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_social(starts_in=timedelta(hours=-3))


@pytest.fixture
def there(event):
    """Somebody who was there. They registered before the event began."""
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        return register(event, "amara@example.org", name="Amara")


@pytest.fixture
def topic(event):
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        return make_topic(event, "Names")


def named(text: str, words: str) -> list[str]:
    return [line for line, found in lines_of(text) if words in found]


def take(registration, part: RecapPart, words: str) -> int:
    lines = named(f"{part.sentence}\n{part.text}", words)
    return take_outs.take_lines(registration, {part.topic_id: lines})


def told() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="take-out"))


def test_ticked_lines_go_at_once_and_nothing_says_what_or_who(event, topic, there):
    part = make_recap(topic, "## Points\n\n- Amara's team is small\n- Captions help")

    assert take(there, part, "team") == 1

    part.refresh_from_db()
    assert part.text == "## Points\n\n- Captions help"
    row = TakeOut.objects.get()
    assert (row.topic, row.was_published, row.words, row.is_done) == (topic, True, "", True)
    assert [mail.about for mail in told()] == [row.pk]
    kept = serializers.serialize("json", [row, *told()])
    assert "team is" not in kept
    assert "amara" not in kept.lower()


def test_the_one_sentence_can_be_taken_out_too(topic, there):
    part = make_recap(topic, sentence="Amara first.")

    take(there, part, "Amara")

    part.refresh_from_db()
    assert part.sentence == ""
    assert part.text


def test_the_line_goes_from_the_notes_as_well(event, topic, there):
    with time_machine.travel(event.starts_at - timedelta(hours=1)):
        taker = make_note_taker(topic)
    note = write_notes(taker, came_up="Amara's team is small\nCaptions help")
    part = make_recap(topic, f"- {note.came_up.replace(chr(10), chr(10) + '- ')}")

    take(there, part, "team")

    note = RoomNote.objects.get()
    assert (note.came_up, note.version) == ("Captions help", 2)


def test_the_same_words_in_another_room_stay(event, topic, there):
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        other = make_topic(event, "Captions")
    part = make_recap(topic)
    make_part(other)

    take(there, part, "captions")

    assert RecapPart.objects.get(topic=other).text == "- We want captions."
    assert [row.topic for row in TakeOut.objects.all()] == [topic]


def test_a_line_that_is_gone_already_is_no_second_entry(topic, there):
    part = make_recap(topic)
    lines = {topic.pk: named(part.text, "captions")}

    assert take_outs.take_lines(there, lines) == 1
    with pytest.raises(NoLongerPossible):
        take_outs.take_lines(there, lines)

    assert TakeOut.objects.count() == len(told()) == 1


def test_a_part_that_is_not_shown_cannot_be_touched(event, topic, there):
    part = make_part(topic, is_checked=False)
    with pytest.raises(NoLongerPossible):
        take(there, part, "captions")

    with time_machine.travel(event.starts_at - timedelta(days=1)):
        other = make_topic(event)
    make_recap(other)
    with pytest.raises(NoLongerPossible):
        take(there, part, "captions")

    assert RecapPart.objects.get(topic=topic).text == part.text


def test_a_request_in_own_words_waits_for_an_organiser_and_then_loses_its_words(event, topic, there):
    row = take_outs.ask(there, "What I said about my team", topic)
    assert (row.is_done, row.was_published, row.topic) == (False, False, topic)
    assert "my team" not in serializers.serialize("json", told())

    take_outs.done(row, by=organiser_of(event))
    with pytest.raises(NoLongerPossible):
        take_outs.done(row, by=organiser_of(event))

    row.refresh_from_db()
    assert (row.words, row.done_by, row.is_done) == ("", organiser_of(event), True)


def test_only_whoever_has_a_place_and_only_after_the_start(event, there):
    with time_machine.travel(event.starts_at - timedelta(minutes=1)), pytest.raises(NoLongerPossible):
        take_outs.ask(there, "Words", None)
    with time_machine.travel(event.starts_at - timedelta(hours=1)):
        leaving.leave(there)

    with pytest.raises(NoLongerPossible):
        take_outs.ask(there, "Words", None)


def test_words_nobody_saw_to_are_forgotten_with_the_notes_and_the_line_stays(event, topic, there):
    take_outs.ask(there, "What I said", topic)

    with time_machine.travel(event.ends_at + timedelta(days=91), tick=False):
        retention.forget_what_is_over()

    row = TakeOut.objects.get()
    assert (row.words, row.is_done) == ("", False)


def test_lines_are_known_by_their_words_whatever_stands_before_them():
    text = "## Points\n1. First\n- second\n\n> third\n**What helped**"

    assert [words for _name, words in lines_of(text)] == ["Points", "First", "second", "third", "What helped"]
    assert without(text, named(text, "second")) == "## Points\n1. First\n\n> third\n**What helped**"
    assert named("* First", "First") == named(text, "First")


def test_mail_and_recap_stay_as_they_are_when_nothing_was_ticked(topic, there):
    make_recap(topic)

    with pytest.raises(NoLongerPossible):
        take_outs.take_lines(there, {topic.pk: ["no such line"]})
    assert recaps.shown_parts(topic.event).get().text
    assert told() == []
