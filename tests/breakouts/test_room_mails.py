"""The mail that a room does not take place."""

import pytest
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import review, rooms
from breakouts.models import BreakoutPlan
from events.actions import leaving
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of, sit
from tests.factories import register
from tests.mails import composed

pytestmark = pytest.mark.django_db


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

    assert mail.subject == "A room does not take place"
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

    told = OutgoingMail.objects.filter(kind="room-folded").values_list("to_email", flat=True)
    assert [*told] == ["amara@example.org"]
