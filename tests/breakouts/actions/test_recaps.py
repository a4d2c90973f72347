from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import recaps, review, take_outs
from breakouts.actions.recaps import NothingChecked
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan
from breakouts.models.lines import lines_of
from events.actions import leaving
from kit.meanwhile import ChangedMeanwhile
from mail.models import OutgoingMail
from tests.breakouts.factories import make_part, make_recap, make_social, make_topic, organiser_of
from tests.factories import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_social()


def mailed() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="recap").values_list("to_email", flat=True))


def test_only_parts_with_their_tick_are_ever_shown(event):
    ready, draft = make_topic(event), make_topic(event)
    make_part(ready)
    make_part(draft, is_checked=False)

    recaps.publish(event, intro="")

    assert [part.topic for part in recaps.shown_parts(event)] == [ready]


def test_without_a_tick_there_is_nothing_to_publish(event):
    make_part(make_topic(event), is_checked=False)

    with pytest.raises(NothingChecked):
        recaps.publish(event, intro="Words")

    assert BreakoutPlan.objects.get().has_recap is False


def test_a_part_without_words_and_a_room_that_was_closed_are_not_shown(event):
    empty, closed = make_topic(event), make_topic(event)
    make_part(empty, "", sentence="")
    make_part(closed)

    assert [part.topic for part in recaps.shown_parts(event)] == [closed]
    review.fold(closed, by=organiser_of(event))
    assert list(recaps.shown_parts(event)) == []


def test_publishing_again_keeps_the_day_and_taking_back_ends_it(event):
    make_recap(make_topic(event))
    first = BreakoutPlan.objects.get().recap_published_at

    recaps.publish(event, intro="More words")
    assert BreakoutPlan.objects.get().recap_published_at == first

    recaps.take_back(event)
    assert BreakoutPlan.objects.get().has_recap is False


def test_an_old_page_does_not_bring_back_what_was_taken_out(event):
    topic = make_topic(event)
    part = make_recap(topic, "- Keli said this\n- Captions")
    opened = part.edition
    there = register(event)

    with time_machine.travel(event.ends_at, tick=False):
        lines = [line for line, words in lines_of(part.text) if "Keli" in words]
        take_outs.take_lines(there, {topic.pk: lines})
    with pytest.raises(ChangedMeanwhile) as refusal:
        recaps.write_part(
            topic, text=part.text, sentence="", is_checked=True, opened=opened, by=organiser_of(event)
        )

    assert refusal.value.now.text == "- Captions"


def test_everyone_with_a_place_gets_the_mail_once(event):
    make_recap(make_topic(event))
    register(event, "a@example.org")
    register(event, "b@example.org")
    register(event, "never@example.org", confirmed=False)
    leaving.leave(register(event, "left@example.org"))

    assert [recaps.mail(event), recaps.mail(event)] == [2, 0]

    assert mailed() == ["a@example.org", "b@example.org"]


def test_whoever_came_to_the_list_later_gets_it_alone(event):
    make_recap(make_topic(event))
    register(event, "a@example.org")
    recaps.mail(event)
    register(event, "late@example.org")

    assert recaps.to_be_mailed(event).count() == 1
    assert recaps.mail(event) == 1


def test_an_unpublished_recap_is_not_mailed_and_an_old_one_not_again(event):
    make_recap(make_topic(event))
    register(event, "a@example.org")
    recaps.take_back(event)
    with pytest.raises(NoLongerPossible):
        recaps.mail(event)

    recaps.publish(event, intro="")
    recaps.mail(event)
    # The outbox forgets who had it after 90 days.
    OutgoingMail.objects.all().delete()
    with (
        time_machine.travel(timezone.now() + timedelta(days=61), tick=False),
        pytest.raises(NoLongerPossible),
    ):
        recaps.mail(event)
