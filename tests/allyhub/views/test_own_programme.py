"""The own page of an event of several dates: each date in words, and what somebody can say of it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import attendance, date_questions
from events.models import Attendance, Event, Registration, Session
from events.pages.programme import Programme, programme_of
from tests.factories import come, make_event, make_person, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

TASK = "Read the summary, and answer three questions."
HOW = Attendance.How


@pytest.fixture
@made_once
def amara() -> Registration:
    # At noon: none ends on the day after it begins, at whatever hour this runs.
    now = timezone.now()
    in_a_week = timedelta(days=7) + (now.replace(hour=12) - now)
    rules = {"missed_date": "catch_up", "catch_up_task": TASK, "dates_to_complete": 4}
    event = make_event(starts_in=in_a_week, dates=4, kind="programme", **rules)
    register(event, name="Kit")
    return register(event, name="Amara")


def dates(of: Registration) -> list[Session]:
    return list(of.event.sessions.all())


def look(who: Registration) -> dict[str, object]:
    return Client().get(who.get_absolute_url()).context


def programme(who: Registration) -> Programme | None:
    fresh = Registration.objects.select_related("event").get(pk=who.pk)
    return programme_of(fresh, timezone.now())


def tags(who: Registration) -> list[str]:
    return [date.tag for date in programme(who).dates]


def say(who: Registration, number: int, answer: str) -> str:
    address = reverse("events:attendance", args=[who.token, number])
    request = Client().post(address, {"answer": answer}).wsgi_request
    return " ".join(str(message) for message in get_messages(request))


def close(date: Session) -> None:
    Session.objects.filter(pk=date.pk).update(attendance_closed_at=date.ends_at + timedelta(days=1))


def others_came(event: Event, *which: Session) -> None:
    for date in which:
        come(event.registrations.get(name="Kit"), date, HOW.ORGANISER)


def test_each_date_says_how_it_stands_with_somebody(amara):
    first, second, third, fourth = dates(amara)
    assert tags(amara) == ["You are coming"] * 4

    date_questions.answer(amara, fourth, can_come=False)
    with time_machine.travel(third.opens_at, tick=False):
        come(amara, first)
        assert tags(amara) == ["You were there", "It is over", "Now", "You can’t come"]
        others_came(amara.event, second)
        assert tags(amara)[1] == "It is over"
        close(second)
        assert tags(amara)[1] == "Not with us that day"
    with time_machine.travel(fourth.starts_at, tick=False):
        # Where nobody was noted, nobody is known to have been away, unless they said so.
        close(third)
        assert tags(amara)[2] == "It is over"
        attendance.end_early(third, because="Fire alarm", by=make_person())
        assert tags(amara)[2] == "It counts for everyone"
    with time_machine.travel(fourth.ends_at, tick=False):
        assert tags(amara)[3] == "Not with us that day"


def test_the_next_date_to_which_they_come_stands_first(amara):
    _first, second, third, fourth = dates(amara)
    date_questions.answer(amara, third, can_come=False)
    an_hour = timedelta(hours=1)
    for moment, number, countdown in (
        (second.starts_at - an_hour, 2, "Now: today"),
        (second.ends_at, 4, "Now: 7 days to go"),
    ):
        with time_machine.travel(moment, tick=False):
            page = look(amara)
            html = Client().get(amara.get_absolute_url()).content.decode()
        assert (page["programme"].next.number, page["heading"]) == (number, "Your programme")
        assert (f"Date {number} of 4" in html, countdown in html) == (True, True)
    with time_machine.travel(fourth.ends_at, tick=False):
        assert (look(amara)["programme"].next, look(amara)["heading"]) == (None, "This event is over")


def test_a_date_that_was_missed_is_caught_up_on_or_left_out_or_was_not_missed(amara):
    first, second, *_rest = dates(amara)
    others_came(amara.event, first)
    close(first)
    with time_machine.travel(second.starts_at - timedelta(hours=1), tick=False):
        html = Client().get(amara.get_absolute_url()).content.decode()
        assert "That happens. How would you like to catch up?" in html
        assert TASK in html
        for answers, words, counted in (
            (["chosen"], "tell us when you have caught up", 0),
            (["chosen", "done"], "You have caught up on this date", 1),
            (["chosen", "left_out"], "You go on as you are", 0),
            (["left_out", "chosen", "done"], "You have caught up on this date", 1),
            (["there"], "You were there", 1),
            (["there", "done"], "Nothing was changed.", 1),
            (["done", "done"], "Nothing was changed.", 1),
            (["rubbish"], "Nothing was changed.", 0),
        ):
            with nothing_stays():
                said = [say(amara, 1, answer) for answer in answers]
                assert (answers, words in said[-1]) == (answers, True)
                assert (answers, programme(amara).standing.counted) == (answers, counted)


def test_by_the_rule_of_the_event_nothing_is_asked(amara):
    first, second, *_rest = dates(amara)
    others_came(amara.event, first)
    close(first)
    with time_machine.travel(second.starts_at - timedelta(hours=1), tick=False):
        for rule in ("allow", "release"):
            Event.objects.update(missed_date=rule)
            html = Client().get(amara.get_absolute_url()).content.decode()
            assert (rule, "You keep your place" in html, "How would you like" in html) == (rule, True, False)
            assert "Nothing was changed." in say(amara, 1, "chosen")


def test_somebody_says_that_they_were_there_until_a_week_after(amara):
    date = dates(amara)[0]
    week = timedelta(days=7)
    for moment, holds in ((date.ends_at, True), (date.ends_at + week, False)):
        with nothing_stays(), time_machine.travel(moment, tick=False):
            assert ("Thank you for telling us. You were there." in say(amara, 1, "there")) == holds
            assert amara.attendances.there().filter(noted_how=HOW.OWN_WORD).exists() == holds
    assert "Nothing was changed." in say(amara, 9, "there")


def test_all_dates_or_an_organisers_word_complete_it(amara):
    for number, date in enumerate(dates(amara), start=1):
        assert not programme(amara).standing.is_complete
        come(amara, date, HOW.OWN_WORD)
        assert programme(amara).sewn == tuple(range(number))
    assert programme(amara).standing.is_complete

    amara.attendances.all().delete()
    amara.complete_because = "Was ill on one date."
    amara.save()
    assert programme(amara).standing.is_complete


def test_an_event_of_one_date_and_whoever_has_no_place_have_the_page_they_had():
    one = register(make_event())
    waiting = register(make_event(dates=2, places=0))
    off = register(make_event(dates=2))
    Event.objects.filter(pk=off.event_id).update(state="postponed", called_off_at=timezone.now())
    for who in (one, waiting, off):
        assert programme(who) is None
        assert "Nothing was changed." in say(who, 1, "there")
