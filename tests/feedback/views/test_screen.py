"""Answering at the address in the room: D-7."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions import calling_off
from events.models import Closed, Event
from feedback.actions import rounds
from feedback.models import AnswerLink, FeedbackRound, WaitingSheet
from tests.factories import make_event as make
from tests.factories import make_hub, make_organiser, make_session, register
from tests.feedback.factories import questions
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

END = datetime(2026, 5, 3, 16, tzinfo=UTC)
KEEP = "One thing to keep"


@pytest.fixture
@made_once
def round() -> FeedbackRound:
    make_hub()
    with time_machine.travel(END - timedelta(days=7), tick=False):
        event = make(dates=0, time_zone="Europe/London", title="The social")
        make_session(event, END - timedelta(hours=2))
        for _person in range(2):
            register(event)
        return rounds.round_of(event)


def at(moment):
    return time_machine.travel(moment, tick=False)


def address(round):
    return reverse("feedback:screen", args=[round.room_code])


def given(round, text="The breaks"):
    return {f"question_{questions(round.form)[KEEP].pk}": text}


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (END - timedelta(minutes=31), False),
        (END - timedelta(minutes=30), True),
        (datetime(2026, 5, 3, 22, 59, tzinfo=UTC), True),  # a minute before midnight in London
        (datetime(2026, 5, 3, 23, 1, tzinfo=UTC), False),
    ],
)
def test_it_is_open_from_half_an_hour_before_the_end_to_the_end_of_that_day(client, round, moment, is_open):
    with at(moment):
        page = client.get(address(round)).content.decode()
        client.post(address(round), given(round))

    assert ("<form" in page) is is_open
    assert WaitingSheet.objects.count() == int(is_open)


@pytest.mark.parametrize(
    ("ends_at", "open_until"),
    [
        (datetime(2026, 5, 3, 16, tzinfo=UTC), datetime(2026, 5, 3, 23, tzinfo=UTC)),
        (datetime(2026, 5, 3, 19, 59, tzinfo=UTC), datetime(2026, 5, 3, 23, tzinfo=UTC)),
        (
            datetime(2026, 5, 3, 22, 50, tzinfo=UTC),
            datetime(2026, 5, 4, 1, 50, tzinfo=UTC),
        ),  # 11.50pm in London
        (datetime(2026, 5, 3, 23, tzinfo=UTC), datetime(2026, 5, 4, 2, tzinfo=UTC)),  # midnight itself
        (
            datetime(2026, 5, 3, 23, 30, tzinfo=UTC),
            datetime(2026, 5, 4, 23, tzinfo=UTC),
        ),  # half an hour into a day
    ],
)
def test_it_stays_open_to_the_end_of_the_day_and_three_hours_at_least(round, ends_at, open_until):
    event = round.event
    event.sessions.update(starts_at=ends_at - timedelta(hours=2), ends_at=ends_at)

    last = round.screen_closed_because(open_until - timedelta(seconds=1))

    assert (last, round.screen_closed_because(open_until)) == (None, Closed.TOO_LATE)


def test_late_in_the_evening_everyone_reads_that_it_closes_in_the_night(client, round):
    late = END + timedelta(hours=6, minutes=50)
    round.event.sessions.update(ends_at=late)
    organiser = Client()
    organiser.force_login(make_organiser(round.event.group))
    page = reverse("organise:feedback_screen", args=[round.event.slug])

    with at(late - timedelta(hours=1)):
        before = organiser.get(page).content.decode()
    with at(late + timedelta(hours=1)):
        in_the_night = organiser.get(page).content.decode()

    assert "closes at 2.50am in the night after it" in before
    assert "Open until 2.50am" in in_the_night


def test_when_the_links_are_over_too_nobody_is_sent_to_them(client, round):
    with at(END + timedelta(days=1)):
        day_after = client.get(address(round)).content.decode()
    with at(END + timedelta(days=round.days_open)):
        at_last = client.get(address(round)).content.decode()

    assert "The link in your email is good for longer" in day_after
    assert "The link in your email" not in at_last


def test_whoever_answers_is_thanked_and_told_to_leave_the_mail_alone(client, round):
    with at(END):
        page = client.get(address(round))
        sent = client.post(address(round), given(round), follow=True)

    assert "leave the link in your email alone" in page.content.decode()
    assert "Thank you. It is in." in sent.content.decode()
    assert "The breaks" not in sent.content.decode()
    assert not AnswerLink.objects.filter(is_used=True).exists()
    for answer in (page, sent):
        assert answer.cookies == {}
        assert "no-store" in answer.headers["Cache-Control"]


def test_small_letters_do_as_well(client, round):
    with at(END):
        page = client.get(address(round).lower())

    assert page.status_code == 200
    assert client.get(reverse("feedback:screen", args=["no-such-code"])).status_code == 404


def test_no_more_answers_than_people_and_what_was_typed_is_not_lost(client, round):
    with at(END):
        for text in ("one", "two"):
            client.post(address(round), given(round, text))
        refused = client.post(address(round), given(round, "My third text"))

    assert "The link in your email works still" in refused.content.decode()
    assert "My third text" in refused.content.decode()
    assert WaitingSheet.objects.count() == 2


def test_organisers_find_the_address_large_and_only_they(round):
    organiser = Client()
    organiser.force_login(make_organiser(round.event.group))
    page = reverse("organise:feedback_screen", args=[round.event.slug])

    with at(END - timedelta(hours=1)):
        shown = organiser.get(page).content.decode()

    assert "localhost:8000<wbr>" in shown
    assert f">/f/{round.room_code}</span></a>" in shown
    assert "It opens at 4.30pm" in shown
    assert Client().get(page).status_code == 302


def test_looking_makes_no_address_and_the_button_does(round):
    event = round.event
    round.delete()
    organiser = Client()
    organiser.force_login(make_organiser(event.group))
    page = reverse("organise:feedback_screen", args=[event.slug])

    with at(END - timedelta(days=6)):
        before = organiser.get(page).content.decode()
        made_by_looking = type(round).objects.filter(event=event).exists()
        after = organiser.post(page, follow=True).content.decode()

    assert "Make the address" in before
    assert made_by_looking is False
    assert type(round).objects.get(event=event).room_code in after


def test_the_clock_makes_the_address_before_the_end(round):
    event = round.event
    round.delete()

    with at(END - timedelta(hours=1)):
        rounds.open_due()

    assert type(round).objects.filter(event=event).exists()
    assert not AnswerLink.objects.exists()


def test_an_event_that_is_broken_off_in_the_middle_is_answered_on_and_one_that_never_began_is_not(
    client, round
):
    for moment, kept in ((END - timedelta(minutes=20), 1), (END - timedelta(days=1), 0)):
        with at(moment):
            calling_off.cancel(round.event, reason="The heating broke.", by=None)
        with at(END - timedelta(minutes=10)):
            page = client.post(address(round), given(round))
        assert (page.status_code, WaitingSheet.objects.count()) == (302 if kept else 200, kept)
        Event.objects.update(state="published", called_off_at=None)
        WaitingSheet.objects.all().delete()
