"""The words of the mails about notes and the recap: what they lead to, what they never hold, when they make no sense."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from breakouts.actions import note_reminders, recaps, take_outs
from breakouts.mails import note_mails
from breakouts.models import BreakoutPlan, TakeOut
from breakouts.models.lines import lines_of
from events.actions import leaving
from events.models import Registration
from events.pages.organise import messages
from mail.kinds import kinds_in
from mail.models import OutgoingMail
from people.models import Membership
from tests.breakouts.factories import (
    make_note_taker,
    make_recap,
    make_social,
    make_topic,
    organiser_of,
    write_notes,
)
from tests.factories import register
from tests.mails import as_it_leaves, composed

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(make_social(title="Allies & *friends*"), "What is in a name?", host="Keli")


def after_end(topic, **delta: float):
    return time_machine.travel(topic.event.ends_at + timedelta(**delta), tick=False)


def page_of(name: str, *of: str) -> str:
    return reverse(f"breakouts:{name}", args=of)


def test_every_kind_has_a_name_for_organisers():
    assert all(kind.is_listed for kind in kinds_in(note_mails).values())


def test_the_recap_stands_among_the_mails_of_its_event(topic):
    make_recap(topic)
    recaps.mail(topic.event)

    assert "recap" in messages.mails_of_event(topic.event).values_list("kind", flat=True)


def test_the_nudge_leads_to_the_notes_and_is_dropped_once_it_is_late_or_done(topic):
    taker = make_note_taker(topic, name="Sage")
    with after_end(topic, minutes=-4):
        note_reminders.send_due()
        mail = composed("notes-nudge")
        assert page_of("helper_notes", taker.token) in mail.text
        assert "What is in a name?" in mail.text
        write_notes(taker, sentence="Ask first.")
        assert composed("notes-nudge") is None
    with after_end(topic, minutes=1):
        assert composed("notes-nudge") is None


def test_the_reminder_is_dropped_when_somebody_of_the_room_has_finished_meanwhile(topic):
    taker = make_note_taker(topic)
    with after_end(topic, hours=3):
        note_reminders.send_due()
        assert page_of("helper_notes", taker.token) in composed("notes-chase").text
        write_notes(taker, came_up="Enough", finish=True)
        assert composed("notes-chase") is None


def test_the_host_is_asked_for_three_sentences_unless_somebody_wrote_meanwhile(topic):
    taker = make_note_taker(topic)
    with after_end(topic, hours=49):
        note_reminders.send_due()
        mail = composed("notes-ask-host")
        assert page_of("host_notes", topic.hosts.get().token) in mail.text
        assert "three sentences" in mail.text
        write_notes(taker, came_up="Late, but here")
        assert composed("notes-ask-host") is None


def test_the_recap_is_mailed_as_a_link_with_a_way_to_take_something_out(topic):
    there = register(topic.event, "amara@example.org")
    make_recap(topic, "- Canary line", sentence="Canary sentence")
    recaps.mail(topic.event)
    OutgoingMail.objects.filter(kind="recap").exclude(about=there.pk).delete()

    mail = composed("recap")

    assert page_of("recap", topic.event.slug) in mail.text
    assert page_of("take_out", there.token) in mail.text
    assert "Canary" not in f"{mail.text}{mail.html}"
    assert "Allies & *friends*" in mail.text
    assert "Allies" not in mail.subject


def test_a_recap_that_was_taken_back_and_somebody_who_left_get_no_mail(topic):
    there = register(topic.event)
    make_recap(topic)
    recaps.mail(topic.event)
    owed = OutgoingMail.objects.get(kind="recap", about=there.pk)

    recaps.take_back(topic.event)
    assert as_it_leaves(owed) is None

    recaps.publish(topic.event, intro="")
    leaving.leave(Registration.objects.get(pk=there.pk))
    assert as_it_leaves(owed) is None


def test_organisers_hear_that_something_was_taken_out_and_not_what_or_by_whom(topic):
    there = register(topic.event, "amara@example.org", name="Amara")
    part = make_recap(topic, "- Canary line")
    with after_end(topic, hours=3):
        take_outs.take_lines(there, {topic.pk: [line for line, _words in lines_of(part.text)]})

    mail = composed("take-out")

    everything = f"{mail.subject}{mail.text}{mail.html}"
    assert "Something was taken out of room 1" in mail.text
    assert "Canary" not in everything
    assert "amara" not in everything.lower()


def test_organisers_hear_of_a_request_without_its_words_and_only_while_they_organise(topic):
    there = register(topic.event)
    with after_end(topic, hours=3):
        take_outs.ask(there, "Canary words", topic)

    mail = composed("take-out")
    assert "Somebody asks you to take something out of the notes of room 1" in mail.text
    assert "Canary" not in f"{mail.subject}{mail.text}{mail.html}"

    Membership.objects.filter(person=organiser_of(topic.event)).delete()
    assert composed("take-out") is None


def test_a_request_about_no_room_says_none(topic):
    there = register(topic.event)
    with after_end(topic, hours=3):
        take_outs.ask(there, "Words", None)

    assert "room" not in composed("take-out").text.split("[")[0].split("http")[0]
    assert TakeOut.objects.get().topic is None
    assert BreakoutPlan.objects.get().has_recap is False
