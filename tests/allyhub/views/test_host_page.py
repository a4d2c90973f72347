"""The page of whoever hosts a room: what it tells, and what it must not."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, host_departures, hosts, review
from breakouts.models import BreakoutPlan, Host, Topic
from events.actions import calling_off, leaving
from events.models import AccessInPlace, Event
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    sit,
)
from tests.factories import make_group, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


def link(name: str, host: Host) -> str:
    return reverse(f"breakouts:{name}", args=[host.token])


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page_of(client: Client, host: Host) -> str:
    return said(client.get(host.get_absolute_url(), follow=True))


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


@pytest.fixture
@made_once
def host() -> Host:
    event = make_social(
        group=make_group(guiding_values="We listen."),
        time_zone="UTC",
        plan_brief="Keep it warm.",
        plan_opening_words="Welcome, all.",
        plan_call_name="Nia",
        plan_call_phone="01332 000 000",
    )
    return make_host(make_topic(event, "How do we listen?"), "keli@example.org", name="Keli")


@pytest.fixture
def topic(host: Host) -> Topic:
    return Topic.objects.get(pk=host.topic_id)


@pytest.fixture
def event(host: Host) -> Event:
    return Event.objects.get(pk=host.event.pk)


def test_everything_a_host_needs_is_on_one_page(client, event, topic, host):
    Topic.objects.filter(pk=topic.pk).update(prompts="What brought you here?")
    notes = make_helper(make_role(event), name="Sage Ali", topic=topic)

    page = page_of(client, host)

    assert notes.topic == topic
    for words in (
        "Room 1: How do we listen?",
        "Keep it warm.",
        "Welcome, all.",
        "What brought you here?",
        "We listen.",
        "If somebody is hurt",
        "Nia",
        'href="tel:01332000000"',
        "Sage",
        reverse("concerns:tell", args=[event.group.slug]),
        link("host_place", host),
        reverse("events:join", args=[host.registration.join_token]),
        link("host_departure", host),
    ):
        assert words in page
    assert "Sage Ali" not in page


def test_the_end_of_the_rooms_is_said_in_words(client, event, topic, host):
    start = event.starts_at.replace(hour=15, minute=35, second=0)
    BreakoutPlan.objects.filter(event=event).update(
        rooms_start_at=start, rooms_end_at=start + timedelta(hours=1)
    )
    event.sessions.update(
        starts_at=start - timedelta(minutes=35),
        ends_at=start + timedelta(minutes=85),
        agenda="15:00 Welcome\n15:25 Break\n15:35 Rooms",
    )

    page = page_of(client, host)

    assert "Your room ends at <strong>4.35pm</strong>" in page
    assert "<strong>3.25pm</strong> Break" in page


def test_hosts_read_first_names_and_how_people_take_part_as_numbers_only(client, event, topic, host):
    sit(event, topic, "amara@example.org", name="Amara Okafor", taking_part=["camera_off", "chat_only"])
    sit(event, topic, "bea@example.org", name="Bea", taking_part=["camera_off"])
    sit(event, make_topic(event), "carl@example.org", name="Carl")
    register(event, "dora@example.org", name="Dora")

    page = page_of(client, host)

    assert "<strong>2 people</strong> have chosen this room: Amara, Bea." in page
    assert "Of them, 2 with the camera off, 1 by chat only." in page
    assert "One more person comes to the event" in page
    for hidden in ("Okafor", "amara@example.org", "Carl", "Dora"):
        assert hidden not in page


def test_a_host_who_fears_somebody_among_them_is_shown_a_way_to_say_so(client, event, topic, host):
    sit(event, topic, name="Amara")

    assert "with whom you cannot be in one room?" in page_of(client, host)


def test_whoever_left_is_not_expected_and_neither_is_whoever_waits(client, event, topic, host):
    left = sit(event, topic, name="Amara")
    leaving.leave(left)
    event.capacity = 0
    event.save()
    register(event, name="Waiting")

    page = page_of(client, host)

    assert "Nobody has chosen it yet" in page
    assert "comes to the event" not in page


def test_adjustments_follow_from_what_is_in_place_and_never_from_what_somebody_needs(
    client, event, topic, host
):
    sit(event, topic, name="Amara", needs={"bsl": "Canary need", "quiet": ""})
    AccessInPlace.objects.create(event=event, code="captions", note="Captions by a person")

    page = page_of(client, host)

    assert "Captions are on." in page
    assert "interpreters. Pause" not in page
    assert "There is a quiet space." not in page
    assert page.index("Captions are on.") < page.index("Cameras may be off.")
    assert "Canary" not in page
    assert "Why don’t I see who needs what?" in page


def test_a_meeting_address_never_stands_on_the_page(client, event, host):
    event.join_address = "https://meeting.example/secret"
    event.save()
    Topic.objects.filter(pk=host.topic_id).update()
    review.edit(host.topic, by=organiser_of(event), join_address="https://meeting.example/room")

    assert "meeting.example" not in page_of(client, host)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_three_people_as_for_one(
    client, event, topic, host, number, django_assert_num_queries
):
    for _person in range(number):
        sit(event, topic, taking_part=["camera_off"])
        hosts.invite(topic, name="Co", email=f"co{_person}@example.org", as_co_host=True)

    with django_assert_num_queries(13):  # one of them whether they want to be asked again
        client.get(host.get_absolute_url())


def test_a_room_without_anything_yet_has_a_page_too(client):
    host = make_host(make_topic(make_social()))
    BreakoutPlan.objects.all().delete()

    page = page_of(client, host)

    assert "Nobody has chosen it yet" in page
    assert "have not said yet when the rooms begin" in page


# Giving the room back


def test_a_host_gives_the_room_back_without_blame_and_the_next_is_asked(client, event, topic, host):
    make_host(topic, "next@example.org")

    assert "Can’t you host after all?" in said(client.get(link("host_departure", host)))
    page = said(client.post(link("host_departure", host), follow=True))

    assert "You have given the room back" in page
    assert "Your place at the event" in page
    assert mails("host-asked") == ["next@example.org"]


def test_opening_the_page_to_step_down_changes_nothing(client, host):
    client.get(link("host_departure", host))

    host.refresh_from_db()
    assert host.is_hosting


def test_after_the_start_a_host_is_told_whom_to_call(client, event, host):
    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        page = said(client.get(link("host_departure", host)))
        pressed = said(client.post(link("host_departure", host), follow=True))

    host.refresh_from_db()
    assert "The event has begun" in page
    assert "Nia" in page
    assert "The event has begun" in pressed
    assert host.is_hosting


def test_whoever_is_in_line_takes_their_offer_back(client, topic, host):
    second = make_host(topic)

    page = said(client.post(link("host_departure", second), follow=True))

    second.refresh_from_db()
    assert second.ended_because == Host.Ended.DECLINED
    assert "You said no, and that is fine" in page
    assert mails("host-lost") == []


# How it stands, for everyone else


def test_a_host_whose_room_was_closed_or_taken_back_reads_what_happened(client, event, topic, host):
    other = make_host(make_topic(event))
    host_departures.remove(other, by=organiser_of(event))
    review.fold(topic, by=organiser_of(event))

    assert "This room does not take place" in page_of(client, host)
    assert "You no longer host this room" in page_of(client, other)


def test_a_cancelled_event_and_one_that_is_over_say_so(client, event, host):
    willing = make_host(host.topic)
    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        assert "Thank you for holding the room" in page_of(client, host)
        assert "This event is over" in page_of(client, willing)
        assert client.get(link("host_prompts", host)).url == host.get_absolute_url()
    calling_off.cancel(event, reason="We are ill.", by=organiser_of(event))

    assert "We are ill." in page_of(client, host)
    assert "We are ill." in page_of(client, willing)


@pytest.mark.parametrize("name", ["host_prompts", "host_co_host", "host_materials", "host_ics"])
def test_only_hosts_prepare_a_room(client, topic, host, name):
    willing = make_host(topic)

    assert client.get(link(name, host)).status_code == 200
    assert client.get(link(name, willing)).url == willing.get_absolute_url()


def test_a_host_who_gave_up_their_place_sees_that(client, event, host):
    leaving.leave(host.registration)

    assert "You have given up your place at the event" in page_of(client, host)


def test_a_host_who_was_taken_off_the_list_reads_no_names_any_more(client, event, topic, host):
    sit(event, topic, name="Amara Okafor")
    assert "Amara" in page_of(client, host)

    leaving.remove(host.registration, by=organiser_of(event))

    assert "Amara" not in page_of(client, host)


# Questions to get going


def test_questions_are_written_and_changed(client, host):
    data = {"prompts": "What brought you here?", "before": ""}

    page = said(client.post(link("host_prompts", host), data, follow=True))

    assert "Your questions are saved." in page
    assert "What brought you here?" in page


def test_two_co_hosts_who_write_at_once_do_not_overwrite_each_other(client, topic, host):
    Topic.objects.filter(pk=topic.pk).update(prompts="Theirs")

    page = said(client.post(link("host_prompts", host), {"prompts": "Mine", "before": ""}))

    assert "Your co-host has changed the questions meanwhile" in page
    assert "Theirs" in page
    assert "Mine</textarea>" in page
    client.post(link("host_prompts", host), {"prompts": "Theirs\nMine", "before": "Theirs"})
    topic.refresh_from_db()
    assert topic.prompts == "Theirs\nMine"


def test_the_form_after_a_co_hosts_change_carries_what_was_seen(client, topic, host):
    Topic.objects.filter(pk=topic.pk).update(prompts="Theirs & more")

    page = said(client.post(link("host_prompts", host), {"prompts": "Mine", "before": ""}))

    assert 'value="Theirs &amp; more"' in page


def test_too_many_words_are_not_lost(client, host):
    page = said(client.post(link("host_prompts", host), {"prompts": "x" * 3001}))

    assert "Shorten this to 3000 characters or fewer" in page
    assert "x" * 3001 in page


# Co-hosts


def ask(client: Client, host: Host, **fields: str) -> str:
    data = {"name": "Sam", "email": "sam@example.org"} | fields
    return said(client.post(link("host_co_host", host), data, follow=True))


def test_a_host_asks_a_co_host_and_sees_who_has_not_answered(client, topic, host):
    page = ask(client, host)

    assert "We have asked them." in page
    assert "Has time to answer until" in page
    assert "sam@example.org" not in page
    assert mails("host-asked") == ["sam@example.org"]
    assert "asked, no answer yet" in page_of(client, host)


def test_a_co_host_who_says_no_is_told_of_and_another_can_be_asked(client, topic, host):
    ask(client, host)
    host_departures.step_down(topic.hosts.get(name="Sam"))

    page = said(client.get(link("host_co_host", host)))

    assert mails("co-host-no") == ["keli@example.org"]
    assert "Ask somebody else" in page
    assert "We have asked them." in ask(client, host, name="Ren", email="ren@example.org")


def test_a_host_can_stop_asking_somebody(client, topic, host):
    ask(client, host)
    sam = topic.hosts.get(name="Sam")

    page = said(client.post(link("host_co_host", host), {"take_back": sam.pk}, follow=True))

    assert "They are no longer asked" in page
    assert mails("host-ended") == ["sam@example.org"]
    assert "You are no longer asked" in page_of(client, sam)


@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999", "-1", "²"])
def test_stopping_to_ask_nobody_is_a_message(client, host, number):
    page = said(client.post(link("host_co_host", host), {"take_back": number}, follow=True))

    assert "They have answered meanwhile" in page


def test_nobody_stops_asking_people_of_another_room(client, event, host):
    other = make_host(make_topic(event))
    asked = hosts.invite(other.topic, name="Ren", email="ren@example.org", as_co_host=True, by=other)

    client.post(link("host_co_host", host), {"take_back": asked.pk})

    asked.refresh_from_db()
    assert asked.is_asked


def test_whoever_is_there_already_is_not_asked_again(client, host):
    ask(client, host)

    assert "hosts here, or is asked already" in ask(client, host)
    assert "hosts here, or is asked already" in ask(client, host, email="Keli@example.org")


def test_whoever_was_asked_twice_is_left_in_peace(client, topic, host):
    for _ in range(2):
        ask(client, host)
        host_departures.step_down(topic.hosts.get(state=Host.State.ASKED))

    assert "was asked twice already" in ask(client, host)


def test_a_host_cannot_ask_without_end(client, topic, host):
    for number in range(3):
        ask(client, host, email=f"co{number}@example.org")

    assert "This room has enough hosts" in ask(client, host)
    assert topic.hosts.count() == 4


def test_what_is_wrong_about_a_co_host_is_said(client, host):
    page = ask(client, host, name="", email="sam")

    assert "Enter their name" in page
    assert "Enter an email address in the right form" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_co_hosts_takes_as_many_queries_for_three_as_for_one(
    client, topic, host, number, django_assert_num_queries
):
    for co_host in range(number):
        hosts.invite(topic, name="Co", email=f"co{co_host}@example.org", as_co_host=True)

    with django_assert_num_queries(7):
        client.get(link("host_co_host", host))


# The calendar entry


def test_the_calendar_entry_says_which_room_and_leads_into_no_meeting(client, event, topic, host):
    event.join_address = "https://zoom.us/j/123"
    event.save()
    review.edit(topic, by=organiser_of(event), join_address="https://zoom.us/j/456")
    start = event.starts_at + timedelta(minutes=35)
    BreakoutPlan.objects.filter(event=event).update(
        rooms_start_at=start, rooms_end_at=start + timedelta(hours=1)
    )

    answer = client.get(link("host_ics", host))

    entry = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert str(entry["summary"]) == "I host: Room 1: How do we listen?"
    assert entry.decoded("dtstart") == start
    assert b"zoom.us" not in answer.content
    assert host.key.encode() not in answer.content
    assert host.token.encode() not in answer.content


def test_each_host_has_an_entry_of_their_own_that_stays_the_same(client, event, topic, host):
    sam = hosts.agree(hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True), values=None)

    def uid(of: Host) -> str:
        calendar = icalendar.Calendar.from_ical(client.get(link("host_ics", of)).content)
        return str(calendar.walk("VEVENT")[0]["uid"])

    assert uid(host) == uid(host)
    assert uid(host) != uid(sam)
    assert uid(host) not in {session.uid for session in event.sessions.all()}


def test_without_times_of_rooms_the_entry_is_that_of_the_event(client, event, host):
    entry = icalendar.Calendar.from_ical(client.get(link("host_ics", host)).content).walk("VEVENT")[0]

    assert entry.decoded("dtstart") == event.starts_at


def test_note_takers_who_stepped_down_are_not_named(client, event, topic, host):
    notes = make_helper(make_role(event), name="Sage", topic=topic)
    helpers.step_down(notes)

    assert "Sage" not in page_of(client, host)
