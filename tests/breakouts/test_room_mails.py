"""The mail that a room does not take place."""

from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import host_departures, hosts, review, rooms
from breakouts.models import BreakoutPlan
from events.actions import leaving
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_host,
    make_note_taker,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
    propose,
    sit,
)
from tests.factories import register
from tests.mails import composed, said_in_subject

pytestmark = pytest.mark.django_db

ALL = "everything@example.org"


@pytest.fixture
def event() -> Event:
    return make_social(title="Solidarity Social")


def seated_in_a_folded_room(event: Event) -> Registration:
    topic = make_topic(event, "Allies & *friends*", join_address="https://meeting.example/secret")
    registration = sit(event, topic, "amara@example.org")
    review.fold(topic, by=organiser_of(event), words="Words for whoever proposed it")
    return registration


def written(to: str = "amara@example.org"):
    return composed("room-folded", to)


def test_whoever_sat_there_reads_it_and_can_choose_again(event):
    registration = seated_in_a_folded_room(event)

    mail = written()

    assert said_in_subject(mail) == "a room does not take place"
    assert "Allies & *friends*" in mail.text
    assert "Your place at the event stays yours." in mail.text
    assert reverse("breakouts:room", args=[registration.token]) in mail.text
    assert "meeting.example" not in mail.text + mail.html
    assert "Words for whoever" not in mail.text


def test_when_rooms_can_no_longer_be_chosen_there_is_no_link_to_choose(event):
    registration = seated_in_a_folded_room(event)
    BreakoutPlan.objects.filter(event=event).update(choices_until=timezone.now())

    mail = written()

    assert reverse("breakouts:room", args=[registration.token]) not in mail.text
    assert "the facilitators help you" in mail.text


def test_whoever_chose_another_room_meanwhile_gets_no_mail(event):
    rooms.choose(seated_in_a_folded_room(event), make_topic(event))

    assert written() is None


def test_whoever_hosts_a_room_meanwhile_gets_no_mail(event):
    seated_in_a_folded_room(event)
    make_host(make_topic(event), "amara@example.org")

    assert written() is None


def test_whoever_left_gets_no_mail(event):
    leaving.leave(seated_in_a_folded_room(event))

    assert written() is None


def test_only_those_who_sat_there_are_told(event):
    register(event, "undecided@example.org")
    sit(event, make_topic(event), "elsewhere@example.org")

    seated_in_a_folded_room(event)

    assert told() == Counter(["amara@example.org"])


def told() -> Counter[str]:
    return Counter(OutgoingMail.objects.filter(kind="room-folded").values_list("to_email", flat=True))


def test_everyone_who_has_to_do_with_a_room_hears_once_that_it_is_closed_whatever_they_are(event):
    """Two proposals joined, with all their people; and somebody who does all of it."""
    ruth = organiser_of(event)
    proposer, joined = propose(event, "Listening", email=ALL), propose(event, "Hearing")
    room = review.accept(proposer.topic, by=ruth)
    review.merge(joined.topic, into=room, by=ruth)
    make_host(room, ALL)
    make_host(room, "willing@example.org")
    host_departures.step_down(make_host(room, "stepped-down@example.org"))
    offer_to_host(room, "unconfirmed@example.org")
    hosts.invite(room, name="Asked", email="asked@example.org", as_co_host=True)
    make_note_taker(room, ALL)
    sit(event, room, "sits@example.org")
    propose(event, "Another", email="elsewhere@example.org")
    OutgoingMail.objects.all().delete()

    review.fold(room, by=ruth, words="Too few of us.")

    expected = [ALL, joined.email, "willing@example.org", "asked@example.org", "sits@example.org"]
    assert told() == Counter(expected)
    assert OutgoingMail.objects.count() == len(expected)


def test_each_reads_what_it_means_for_them(event):
    ruth = organiser_of(event)
    room = review.accept(propose(event, "Listening", email="proposer@example.org").topic, by=ruth)
    make_host(room, "host@example.org")
    make_note_taker(room, "notes@example.org")
    sit(event, room, "sits@example.org")
    second = make_topic(event, "Speaking")

    review.fold(room, by=ruth, words="Too few of us.")

    marks = {
        "proposer@example.org": "Too few of us.",
        "host@example.org": "no host is needed",
        "notes@example.org": f"another one for you: Room {second.number}: Speaking",
        "sits@example.org": "You had chosen it.",
    }
    for email, own in marks.items():
        words = " ".join(written(email).text.split())
        assert [mark for mark in marks.values() if mark in words] == [own], email


def test_a_note_taker_for_whom_there_is_no_other_room_reads_so(event):
    room = make_topic(event, "Listening")
    make_note_taker(room, "notes@example.org")

    review.fold(room, by=organiser_of(event))

    assert "There is no other room for you at the moment." in written("notes@example.org").text
